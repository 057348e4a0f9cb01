import Activations
import JSON

/// A value of a parameter as a request gives it, before it is checked against the parameter's kind.
enum RawParameterValue {
    case number(DecimalNumber)
    case word(String)
}

/// The reason why a parameter rejects a value.
struct ParameterError: Error {
    let type: ProblemType
    let detail: String
}

extension Parameter {
    /// Returns the given value, a number rounded to the dtype.
    func value(_ given: RawParameterValue, in dtype: DType) throws(ParameterError) -> ParameterValue {
        let value: ParameterValue
        switch (kind, given) {
        case (.number, .number(let number)):
            let rounded = number.rounded(to: dtype)
            guard rounded.isFinite else {
                throw ParameterError(
                    type: .numberOutOfRange, detail: "Rounded to \(dtype.rawValue), \(name) would be infinite.")
            }
            value = .number(rounded)
        case (.integer, .number(let number)):
            guard let integer = number.clampedInteger else {
                throw ParameterError(type: .wrongType, detail: "\(name) is an integer.")
            }
            value = .integer(integer)
        case (.choice, .word(let word)): value = .choice(word)
        case (.number, .word), (.integer, .word):
            throw ParameterError(type: .wrongType, detail: "Expected a number, not a string.")
        case (.choice, .number): throw ParameterError(type: .wrongType, detail: "Expected a string, not a number.")
        }
        guard accepts(value) else {
            let given = String(decoding: value.document(in: dtype).json, as: UTF8.self)
            throw ParameterError(type: .invalidParameter, detail: "\(name) is \(acceptedValues), not \(given).")
        }
        return value
    }

    /// Returns the default, a number rounded to the dtype.
    func defaultValue(in dtype: DType) -> ParameterValue {
        guard case .number(let number) = defaultValue else { return defaultValue }
        return .number(DecimalNumber(number).rounded(to: dtype))
    }

    /// The kind of value that a JSON reader looks for.
    var jsonKind: JSONObjectSchema.Kind {
        switch kind {
        case .number, .integer: .number
        case .choice: .string
        }
    }

    /// The schema of its values; the range is only in words, since one query parameter serves all activations.
    var schema: Document {
        switch kind {
        case .number: ["type": "number"]
        case .integer: ["type": "integer"]
        case .choice(_, let words): ["type": "string", "enum": .array(words.map { .string($0) })]
        }
    }

    /// The kind's name in the catalogue.
    var kindName: String {
        switch kind {
        case .number: "number"
        case .integer: "integer"
        case .choice: "choice"
        }
    }
}

extension ParameterValue {
    /// Returns the value as answers and the catalogue write it.
    func document(in dtype: DType = .float64) -> Document {
        var text: [UInt8] = []
        append(in: dtype, to: &text)
        return .json(String(decoding: text, as: UTF8.self))
    }

    /// Appends the value as JSON.
    func append(in dtype: DType, to bytes: inout [UInt8]) {
        switch self {
        case .number(let number): dtype.append(number, to: &bytes)
        case .integer(let integer): bytes.append(decimal: integer)
        case .choice(let word): JSONText.append(word, to: &bytes)
        }
    }
}

extension DecimalNumber {
    /// The integer, clamped if it overflows `Int`; nil if the number is not one.
    var clampedInteger: Int? { isInteger ? exactInteger ?? (value < 0 ? .min : .max) : nil }
}

extension ParameterConflict {
    /// Returns the name of the first parameter in conflict that a request has given, of which there is at least one as
    /// defaults go together.
    func offender(given names: [String]) -> String {
        (parameters.first { names.contains($0.name) } ?? parameters[0]).name
    }
}

extension DType {
    /// Appends a number of this format in the shortest form that reads back to it.
    func append(_ number: Double, to bytes: inout [UInt8]) {
        switch self {
        case .float64: JSONText.append(number, to: &bytes)
        case .float32: JSONText.append(Float(number), to: &bytes)
        }
    }
}
