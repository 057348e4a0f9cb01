/// Every activation there is.
public enum ActivationRegistry {
    /// In the order of the catalogue and of the documentation.
    ///
    /// One line an activation.
    public static let all: [any Activation.Type] = [
        Sigmoid.self,
        Tanh.self,
        ReLU.self,
        LeakyReLU.self,
        Softmax.self,
    ]

    /// The activation of that name.
    public static func activation(named name: String) -> (any Activation.Type)? {
        all.first { $0.name == name }
    }
}
