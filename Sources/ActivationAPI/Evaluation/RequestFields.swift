import Activations
import JSON

/// The fields of requests for the activations of a registry.
final class RequestFields: Sendable {
    /// Every field that at least one activation accepts.
    let all: [EvaluationField]
    /// The schema for the reader of bodies; a member's index is the field's in ``all``.
    let schema: JSONObjectSchema
    private let kinds: [JSONObjectSchema.Kind]

    /// - Parameter parameters: The parameters of all activations, of which several may have the same name.
    init(_ parameters: [Parameter]) {
        var names: [String] = []
        for parameter in parameters where !names.contains(parameter.name) { names.append(parameter.name) }
        let all = [.input, .dtype, .axis, .atKink, .row, .column] + names.map { EvaluationField.parameter($0) }
        let kinds = all.map { Self.kind(of: $0, parameters) }
        self.all = all
        self.kinds = kinds
        schema = JSONObjectSchema(zip(all, kinds).map { JSONObjectSchema.Member($0.name, $1) })
    }

    /// Returns the field with a name.
    func named(_ name: String) -> EvaluationField? { all.first { $0.name == name } }

    /// Returns the kind of a field's values.
    func kind(of field: EvaluationField) -> JSONObjectSchema.Kind {
        all.firstIndex(of: field).map { kinds[$0] } ?? .string
    }

    private static func kind(of field: EvaluationField, _ parameters: [Parameter]) -> JSONObjectSchema.Kind {
        switch field {
        case .input: .tensor
        case .dtype: .string
        case .axis, .row, .column: .number
        case .atKink: .numberOrString
        case .parameter(let name): kind(ofParameter: name, in: parameters)
        }
    }

    /// Returns the kind of values of a name that several activations may use, perhaps for different kinds.
    private static func kind(ofParameter name: String, in parameters: [Parameter]) -> JSONObjectSchema.Kind {
        let kinds = Set(parameters.filter { $0.name == name }.map(\.jsonKind))
        return kinds.count == 1 ? kinds.first ?? .numberOrString : .numberOrString
    }
}
