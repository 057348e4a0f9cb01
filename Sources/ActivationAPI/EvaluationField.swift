import Activations
import JSON

/// A field of an evaluate request, whether it comes as a member of a body or as an item of a query.
enum EvaluationField: Equatable, Sendable {
    case input
    case dtype
    case axis
    case atKink
    /// `i`: a row of a vector function's derivative.
    case row
    /// `j`: a column of it.
    case column
    /// A number that shapes an activation, by name.
    case parameter(String)

    /// Every field that any activation takes.
    static let all: [EvaluationField] = {
        var names: [String] = []
        for parameter in RegisteredActivation.all.flatMap(\.parameters) where !names.contains(parameter.name) {
            names.append(parameter.name)
        }
        return [.input, .dtype, .axis, .atKink, .row, .column] + names.map { .parameter($0) }
    }()

    /// What the reader of bodies looks for; a member's index is the field's in ``all``.
    static let schema = JSONObjectSchema(all.map { JSONObjectSchema.Member($0.name, $0.kind) })

    static func named(_ name: String) -> EvaluationField? { all.first { $0.name == name } }

    var name: String {
        switch self {
        case .input: "input"
        case .dtype: "dtype"
        case .axis: "axis"
        case .atKink: "at_kink"
        case .row: "i"
        case .column: "j"
        case .parameter(let name): name
        }
    }

    var kind: JSONObjectSchema.Kind {
        switch self {
        case .input: .tensor
        case .dtype: .string
        case .axis, .row, .column, .parameter: .number
        case .atKink: .numberOrString
        }
    }

    /// Whether the field means something there; where it does not, a request that has it is refused.
    func applies(to activation: RegisteredActivation, _ operation: Operation) -> Bool {
        switch self {
        case .input, .dtype: true
        case .axis: activation.isVectorFunction || operation == .jacobian
        case .atKink: activation.hasKinks && operation != .forward
        case .row, .column: activation.isVectorFunction && operation == .derivative
        case .parameter(let name): activation.parameters.contains { $0.name == name }
        }
    }

    /// The fields that mean something there.
    static func applying(to activation: RegisteredActivation, _ operation: Operation) -> [EvaluationField] {
        all.filter { $0.applies(to: activation, operation) }
    }
}
