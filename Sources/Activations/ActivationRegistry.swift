/// The list of all activations.
public enum ActivationRegistry {
    /// All activations in the order of the catalogue and of the documentation.
    ///
    /// Each activation has one line.
    public static let all: [any Activation.Type] = [
        Sigmoid.self,
        Tanh.self,
        ReLU.self,
        LeakyReLU.self,
        Softmax.self,
    ]

    /// Returns the activation of that name, or nil.
    public static func activation(named name: String) -> (any Activation.Type)? {
        all.first { $0.name == name }
    }
}
