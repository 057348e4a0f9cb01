import Activations
import JSON

/// Everything of an answer that comes before its output: `{"activation":"tanh", … ,"output":`.
enum AnswerBeginning {
    /// The part that only path and dtype decide, ready to be copied: by ``EvaluationTarget/label`` and dtype.
    private static let constants: [[UInt8]] = RegisteredActivation.all.flatMap { activation in
        Operation.allCases.flatMap { operation in
            DType.allCases.map { dtype in
                let names = "{\"activation\":\"\(activation.name)\",\"operation\":\"\(operation.rawValue)\""
                return Array("\(names),\"dtype\":\"\(dtype.rawValue)\",\"shape\":[".utf8)
            }
        }
    }

    /// The fields that are echoed, in order: by ``EvaluationTarget/label``.
    private static let echoes: [[EvaluationField]] = RegisteredActivation.all.flatMap { activation in
        Operation.allCases.map { operation in
            let fields = EvaluationField.applying(to: activation, operation)
            let parameters = activation.parameters.map { EvaluationField.parameter($0.name) }
            return parameters + [.axis, .atKink, .row, .column].filter(fields.contains)
        }
    }

    // As arrays, since these are appended several times faster than the text of a literal.
    private static let parametersStart = Array("],\"parameters\":{".utf8)
    private static let outputStart = Array("},\"output\":".utf8)

    /// Room that nearly every beginning fits into, in bytes.
    static let usualByteCountMax = 256

    /// The beginning of an answer to `request` before and behind what says its shape.
    static func parts(of request: EvaluationRequest) -> (beforeShape: [UInt8], behindShape: [UInt8]) {
        var whole: [UInt8] = []
        append(of: request, shape: [], to: &whole)
        let shapeStart = constant(of: request).count
        return (Array(whole[..<shapeStart]), Array(whole[shapeStart...]))
    }

    private static func constant(of request: EvaluationRequest) -> [UInt8] {
        constants[Int(request.target.label) * DType.caseCount + request.dtype.position]
    }

    static func append(of request: EvaluationRequest, shape: [Int], to bytes: inout [UInt8]) {
        bytes += constant(of: request)
        for (axis, length) in shape.enumerated() {
            if axis > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(decimal: length)
        }
        bytes += parametersStart
        var parameterCount = 0
        for field in echoes[Int(request.target.label)] {
            let byteCount = bytes.count
            if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
            let isGiven = append(field, of: request, parameter: parameterCount, to: &bytes)
            if !isGiven { bytes.removeLast(bytes.count - byteCount) }
            if case .parameter = field { parameterCount += 1 }
        }
        bytes += outputStart
    }

    /// Appends a field as a member; false where the request leaves it out and it has no default.
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
        case .input, .dtype: preconditionFailure("Not one of the parameters.")
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

extension DType {
    fileprivate static let caseCount = allCases.count

    /// In ``allCases``.
    fileprivate var position: Int {
        switch self {
        case .float64: 0
        case .float32: 1
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
