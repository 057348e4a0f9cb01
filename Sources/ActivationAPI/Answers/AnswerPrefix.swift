import Activations
import JSON

/// Writes the part of an answer before its output: `{"activation":"tanh", … ,"output":`.
enum AnswerPrefix {
    // These are arrays, since appending them is several times faster than appending a literal's text.
    private static let parametersPrefix = Array("],\"parameters\":{".utf8)
    private static let outputStart = Array("},\"output\":".utf8)

    /// Capacity that is enough for nearly every prefix, in bytes.
    static let typicalByteCountMax = 256

    /// Returns the prefix of an answer to `request` up to its shape, and from there on.
    static func parts(of request: EvaluationRequest) -> (beforeShape: [UInt8], afterShape: [UInt8]) {
        var whole: [UInt8] = []
        append(of: request, shape: [], to: &whole)
        let shapeStart = request.target.answerPrefix(request.dtype).count
        return (Array(whole[..<shapeStart]), Array(whole[shapeStart...]))
    }

    static func append(of request: EvaluationRequest, shape: [Int], to bytes: inout [UInt8]) {
        bytes += request.target.answerPrefix(request.dtype)
        for (axis, length) in shape.enumerated() {
            if axis > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(decimal: length)
        }
        bytes += parametersPrefix
        var parameterCount = 0
        for field in request.target.echoes {
            let byteCount = bytes.count
            if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
            let isGiven = append(field, of: request, parameter: parameterCount, to: &bytes)
            if !isGiven { bytes.removeLast(bytes.count - byteCount) }
            if case .parameter = field { parameterCount += 1 }
        }
        bytes += outputStart
    }

    /// Appends a field as a member; returns false if the request leaves it out and it has no default.
    private static func append(
        _ field: EvaluationField, of request: EvaluationRequest, parameter: Int, to bytes: inout [UInt8]
    ) -> Bool {
        bytes.append(UInt8(ascii: "\""))
        bytes += field.name.utf8
        bytes += "\":".utf8
        switch field {
        case .axis: bytes.append(decimal: request.axis)
        case .atKink: append(request.atKink, in: request.dtype, to: &bytes)
        case .row:
            guard let i = request.index.i else { return false }
            bytes.append(decimal: i)
        case .column:
            guard let j = request.index.j else { return false }
            bytes.append(decimal: j)
        case .parameter: request.parameterValues[parameter].append(in: request.dtype, to: &bytes)
        case .input, .dtype: preconditionFailure("The field is not an echoed parameter.")
        }
        return true
    }

    private static func append(_ policy: KinkPolicy, in dtype: DType, to bytes: inout [UInt8]) {
        switch policy {
        case .undefined: bytes += "\"undefined\"".utf8
        case .left: bytes += "\"left\"".utf8
        case .right: bytes += "\"right\"".utf8
        case .value(let value): dtype.append(value, to: &bytes)
        }
    }
}

extension [UInt8] {
    /// Appends an integer in decimal digits.
    mutating func append(decimal number: Int) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var magnitude = number.magnitude
        let start = count
        repeat {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude % 10))
            magnitude /= 10
        } while magnitude > 0
        self[start...].reverse()
    }
}
