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
    /// A parameter of some activations, by name.
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
        case .axis, .row, .column: .number
        case .atKink: .numberOrString
        case .parameter(let name): Self.kind(ofParameter: name, in: RegisteredActivation.all.flatMap(\.parameters))
        }
    }

    /// What values of a name are if several activations have a parameter of that name, perhaps of different kinds.
    static func kind(ofParameter name: String, in parameters: [Parameter]) -> JSONObjectSchema.Kind {
        let kinds = Set(parameters.filter { $0.name == name }.map(\.jsonKind))
        return kinds.count == 1 ? kinds.first ?? .numberOrString : .numberOrString
    }

    /// Whether the field means something there; where it does not, a request that has it is refused.
    func applies(to activation: RegisteredActivation, _ operation: Operation) -> Bool {
        switch self {
        case .input, .dtype: true
        case .axis: activation.isVectorFunction || operation.isOfSlices
        case .atKink: activation.canHaveKinks && operation.dependsOnDerivative
        case .row, .column: activation.isVectorFunction && operation.hasEntries
        case .parameter(let name): activation.parameters.contains { $0.name == name }
        }
    }

    /// The fields that mean something there.
    static func applying(to activation: RegisteredActivation, _ operation: Operation) -> [EvaluationField] {
        all.filter { $0.applies(to: activation, operation) }
    }
}
