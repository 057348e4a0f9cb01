import Activations

/// An activation of the registry with what each request asks about it, found out once.
///
/// A class, so that a request passes it on by one reference.
final class RegisteredActivation: Sendable {
    let type: any Activation.Type
    let name: String
    /// The name as it stands in a path.
    let nameBytes: [UInt8]
    let isVectorFunction: Bool
    let parameters: [Parameter]
    /// The function when its parameters have their defaults.
    let defaultFunction: any Activation
    /// The points at which the function, its parameters having their defaults, or its derivative is not differentiable.
    let kinks: [Kink]

    init(_ type: any Activation.Type) {
        self.type = type
        name = type.name
        nameBytes = Array(type.name.utf8)
        parameters = type.parameters
        isVectorFunction = type.isVectorFunction
        defaultFunction = type.init(ParameterValues())
        kinks = (defaultFunction as? any ElementwiseActivation)?.kinks ?? []
    }

    /// Whether there are points without a derivative, for some values of the parameters.
    var canHaveKinks: Bool { type.canHaveKinks }

    /// In the registry's order.
    static let all: [RegisteredActivation] = ActivationRegistry.all.map { RegisteredActivation($0) }

    /// The position in the registry of the activation with that name, which is compared where it lies.
    static func index(of name: Span<UInt8>) -> Int? {
        for index in all.indices where name.equals(all[index].nameBytes) { return index }
        return nil
    }
}

/// What an evaluate path names.
struct EvaluationTarget: Equatable, Sendable {
    /// Position in the registry.
    let index: Int
    let operation: Operation
    let activation: RegisteredActivation

    init(index: Int, operation: Operation) {
        self.index = index
        self.operation = operation
        activation = RegisteredActivation.all[index]
    }

    static func == (left: EvaluationTarget, right: EvaluationTarget) -> Bool {
        left.label == right.label
    }

    /// `/v1/{activation}/{operation}`.
    var path: String { "/v1/\(activation.name)/\(operation.rawValue)" }
}
