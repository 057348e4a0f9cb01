import Activations

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

    /// Whether the field applies there; a request that has it elsewhere is refused.
    func applies(to activation: RegisteredActivation, _ operation: Operation) -> Bool {
        switch self {
        case .input, .dtype: true
        case .axis: activation.isVectorFunction || operation.isOfSlices
        case .atKink: activation.canHaveKinks && operation.dependsOnDerivative
        case .row, .column: activation.isVectorFunction && operation.hasEntries
        case .parameter(let name): activation.parameters.contains { $0.name == name }
        }
    }
}
