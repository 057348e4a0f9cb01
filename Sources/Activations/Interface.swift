// The types of an activation are in a separate module, which the modules of the other vector widths share.
@_exported public import ActivationInterface
