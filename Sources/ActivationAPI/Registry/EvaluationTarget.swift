import Activations

/// The target of an evaluate path, with everything about its requests that does not depend on a request.
final class EvaluationTarget: Sendable {
    let activation: RegisteredActivation
    let operation: Operation
    /// The position in the registry's targets and in ``RequestLabels/evaluations``.
    let label: UInt16
    /// The path `/v1/{activation}/{operation}`.
    let path: String
    /// The fields that requests to this target may have.
    let applying: [EvaluationField]
    /// The fields that its answers echo, in order.
    let echoes: [EvaluationField]
    /// The prefixes of its answers up to the shape, by dtype.
    private let answerPrefixes: [[UInt8]]

    init(_ activation: RegisteredActivation, _ operation: Operation, label: UInt16) {
        self.activation = activation
        self.operation = operation
        self.label = label
        path = "/v1/\(activation.name)/\(operation.rawValue)"
        let applying = activation.fields.all.filter { $0.applies(to: activation, operation) }
        self.applying = applying
        let parameters = activation.parameters.map { EvaluationField.parameter($0.name) }
        echoes = parameters + [.axis, .atKink, .row, .column].filter(applying.contains)
        let names = "{\"activation\":\"\(activation.name)\",\"operation\":\"\(operation.rawValue)\""
        answerPrefixes = DType.allCases.map { Array("\(names),\"dtype\":\"\($0.rawValue)\",\"shape\":[".utf8) }
    }

    /// Returns the prefix of an answer up to the shape.
    func answerPrefix(_ dtype: DType) -> [UInt8] { answerPrefixes[dtype.position] }

    /// Returns whether requests may have a field.
    func accepts(_ field: EvaluationField) -> Bool { field.applies(to: activation, operation) }
}

extension EvaluationTarget: Equatable {
    static func == (left: EvaluationTarget, right: EvaluationTarget) -> Bool { left === right }
}

extension DType {
    /// The position in ``allCases``.
    fileprivate var position: Int {
        switch self {
        case .float64: 0
        case .float32: 1
        }
    }
}
