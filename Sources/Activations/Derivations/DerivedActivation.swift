/// An activation whose formulas come with their derivation.
public protocol DerivedActivation: Activation {
    /// How its formula and its derivative come about, as chains of equal formulas.
    static var derivations: [Derivation] { get }
}

extension Activation {
    /// How its formula and its derivative come about; empty for an activation that does not say.
    public static var derivations: [Derivation] { (self as? any DerivedActivation.Type)?.derivations ?? [] }
}
