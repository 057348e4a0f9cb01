import Activations

/// An activation of a registry with the properties that each request needs, computed once.
///
/// It is a class, so that a request passes it by one reference.
final class RegisteredActivation: Sendable {
    let type: any Activation.Type
    /// The position in the registry.
    let index: Int
    /// The position of its first target in the registry.
    let firstTarget: Int
    /// The fields of requests for any activation of the registry.
    let fields: RequestFields
    let name: String
    /// The name as it appears in a path.
    let nameBytes: [UInt8]
    let isVectorFunction: Bool
    /// Whether there are points without a derivative, for some values of the parameters.
    let canHaveKinks: Bool
    let operations: [Operation]
    let parameters: [Parameter]
    /// The function with default parameters.
    let defaultFunction: any Activation
    /// The points at which the function with default parameters or its derivative is not differentiable.
    let kinks: [Kink]

    init(_ type: any Activation.Type, index: Int, firstTarget: Int, fields: RequestFields) {
        self.type = type
        self.index = index
        self.firstTarget = firstTarget
        self.fields = fields
        name = type.name
        nameBytes = Array(type.name.utf8)
        isVectorFunction = type.isVectorFunction
        canHaveKinks = type.canHaveKinks
        operations = type.operations
        parameters = type.parameters
        defaultFunction = type.init(ParameterValues())
        kinks =
            switch defaultFunction.form {
            case .elementwise(let function): function.kinks
            case .vector: []
            }
    }
}

extension RegisteredActivation: Equatable {
    static func == (left: RegisteredActivation, right: RegisteredActivation) -> Bool { left === right }
}
