import Activations

/// The schemas and descriptions of the request fields, for bodies and for queries.
///
/// Only `dtype` has the keyword `default`, since generated clients send a default in each request, even to activations
/// that do not accept the field; and a parameter's default differs between activations. The descriptions contain the
/// defaults.
struct OpenAPIFields {
    /// The activations whose requests are described.
    let activations: [RegisteredActivation]

    /// The schemas that fields reference by name.
    var named: [Document.Member] {
        [
            .member(
                "Input",
                [
                    // The schema is not recursive: client generators drop or break schemas that refer to themselves.
                    "description": """
                    A number, or a nested rectangular array of numbers, of rank 0 to 32. The strings "NaN", "Infinity" and \
                    "-Infinity" are numbers too.
                    """
                ]),
            .member(
                "DType",
                [
                    "description": "The floating-point format of input and output",
                    "type": "string", "enum": .array(DType.allCases.map { .string($0.rawValue) }), "default": "float64",
                ]),
            // The schema has no type: for a string or a number, generators make a wrapper, or a type that holds
            // nothing.
            .member("AtKink", ["description": .string(description(of: .atKink))]),
            .member(
                "Operation",
                [
                    "description": """
                    What to compute. The derivative of a function of vectors is entries of its Jacobian.
                    """,
                    "type": "string", "enum": .array(Operation.allCases.map { .string($0.rawValue) }),
                ]),
        ]
    }

    func schema(of field: EvaluationField) -> Document {
        switch field {
        case .input: .reference("schemas", "Input")
        case .dtype: .reference("schemas", "DType")
        // The bounds are those of the highest rank; a schema cannot express those for the rank of the input.
        case .axis: ["type": "integer", "minimum": -32, "maximum": 31]
        case .row, .column: ["type": "integer"]
        case .atKink: .reference("schemas", "AtKink")
        case .parameter(let name): Self.schema(ofParameter: name, in: activations.flatMap(\.parameters))
        }
    }

    /// Returns the schema that parameters of one name share; it has no keywords if they have none in common.
    static func schema(ofParameter name: String, in parameters: [Parameter]) -> Document {
        let schemas = parameters.filter { $0.name == name }.map(\.schema)
        guard let first = schemas.first, schemas.allSatisfy({ $0 == first }) else { return .object([]) }
        return first
    }

    /// Returns what a field means, which of the activations accept it, and its default.
    func description(of field: EvaluationField) -> String {
        switch field {
        case .input: "What to evaluate"
        case .dtype: "The floating-point format of input and output"
        case .axis:
            "The axis of the vectors, from -rank to rank - 1; -1 unless given. \(owners(of: field))"
        case .atKink:
            """
            What to answer where the derivative does not exist: "undefined" (null, the default), "left", "right", or a \
            number between the one-sided derivatives. \(owners(of: field))
            """
        case .row:
            "The row of the derivative, from 0, or from -1 at the end. \(owners(of: field))"
        case .column:
            "The column of the derivative, from 0, or from -1 at the end. \(owners(of: field))"
        case .parameter(let name):
            Self.description(ofParameter: name, in: activations.map { (name: $0.name, parameters: $0.parameters) })
        }
    }

    /// Returns a sentence for each meaning of a parameter's name; activations for which it means the same share one.
    static func description(
        ofParameter name: String, in activations: [(name: String, parameters: [Parameter])]
    ) -> String {
        var meanings: [(owners: [String], parameter: Parameter)] = []
        for activation in activations {
            guard let parameter = activation.parameters.first(where: { $0.name == name }) else { continue }
            if let index = meanings.firstIndex(where: { $0.parameter == parameter }) {
                meanings[index].owners.append(activation.name)
            } else {
                meanings.append((owners: [activation.name], parameter: parameter))
            }
        }
        return meanings.map { owners, parameter in
            let summary = parameter.summary.hasSuffix(".") ? String(parameter.summary.dropLast()) : parameter.summary
            let value = String(decoding: parameter.defaultValue.document().json, as: UTF8.self)
            return "\(owners.joined(separator: ", ")): \(summary), \(value) unless given."
        }.joined(separator: " ")
    }

    /// Returns which operations of which activations accept a field.
    ///
    /// `Taken by derivative, jacobian of relu, leaky_relu.`
    private func owners(of field: EvaluationField) -> String {
        var groups: [(operations: [Operation], names: [String])] = []
        for activation in activations {
            let operations = activation.operations.filter { field.applies(to: activation, $0) }
            guard !operations.isEmpty else { continue }
            if let index = groups.firstIndex(where: { $0.operations == operations }) {
                groups[index].names.append(activation.name)
            } else {
                groups.append((operations, [activation.name]))
            }
        }
        let texts = groups.map { operations, names in
            "\(operations.map(\.rawValue).joined(separator: ", ")) of \(names.joined(separator: ", "))"
        }
        return "Taken by \(texts.joined(separator: "; "))."
    }
}
