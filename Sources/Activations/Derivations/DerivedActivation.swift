/// An activation whose formulas come with their derivation.
public protocol DerivedActivation: Activation {
    /// The derivations of its formula and of its derivative, as chains of equal formulas.
    static var derivations: [Derivation] { get }
}

extension Activation {
    /// The derivations of its formula and of its derivative; empty for an activation without derivations.
    public static var derivations: [Derivation] { (self as? any DerivedActivation.Type)?.derivations ?? [] }
}
