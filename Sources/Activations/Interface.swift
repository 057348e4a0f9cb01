// What an activation is, in a module of its own: the modules of the other vector widths use the same types.
@_exported public import ActivationInterface
