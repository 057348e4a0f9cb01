import Activations

/// A field of an evaluate request, a member of a body or an item of a query.
enum EvaluationField: Equatable, Sendable {
    case input
    case dtype
    case axis
    case atKink
    /// `i`: the row of a vector function's derivative.
    case row
    /// `j`: the column of a vector function's derivative.
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

    /// Returns whether the field applies there; elsewhere a request that contains it is rejected.
    func applies(to activation: RegisteredActivation, _ operation: Operation) -> Bool {
        switch self {
        case .input, .dtype: true
        case .axis: activation.isVectorFunction || operation.appliesAlongAxis
        case .atKink: activation.canHaveKinks && operation.dependsOnDerivative
        case .row, .column: activation.isVectorFunction && operation.hasEntries
        case .parameter(let name): activation.parameters.contains { $0.name == name }
        }
    }
}
