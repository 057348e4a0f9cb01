import JSON

/// The fields of an evaluation request.
let requestSchema = JSONObjectSchema([
    .init("input", .tensor), .init("alpha", .number), .init("dtype", .string), .init("at_kink", .numberOrString),
])

/// Reads a text in pieces of `pieceByteCount` bytes.
///
/// - Parameter isAhead: Whether the numbers of each piece are read ahead.
func read(
    _ text: [UInt8], schema: JSONObjectSchema = requestSchema, pieceByteCount: Int = .max, isAhead: Bool = false
) throws(JSONSyntaxError) -> JSONObject {
    var reader = JSONObjectReader(schema: schema)
    var start = 0
    while start < text.count {
        let end = start + min(pieceByteCount, text.count - start)
        let piece = text.span.extracting(start..<end)
        if isAhead { reader.feed(piece, ahead: NumberRunsAhead(piece)) } else { reader.feed(piece) }
        start = end
    }
    return try reader.finish()
}

/// Reads a text that is cut in two.
func read(_ text: [UInt8], cutAt position: Int) throws(JSONSyntaxError) -> JSONObject {
    var reader = JSONObjectReader(schema: requestSchema)
    reader.feed(text.span.extracting(0..<position))
    reader.feed(text.span.extracting(position..<text.count))
    return try reader.finish()
}

func read(_ text: String) throws(JSONSyntaxError) -> JSONObject { try read(Array(text.utf8)) }

/// Returns the result of reading a text in a form that can be compared and read.
func outcome(_ reading: () throws(JSONSyntaxError) -> JSONObject) -> String {
    do throws(JSONSyntaxError) {
        let object = try reading()
        var lines = object.members.map { member in
            "\(requestSchema.members[member.index].name)@\(member.offset)=\(describe(member.value))"
        }
        if let error = object.firstError {
            lines.append("\(error.kind)@\(error.offset) \(error.pointer): \(error.detail)")
        }
        return lines.joined(separator: "; ")
    } catch {
        return "malformed@\(error.offset): \(error.message)"
    }
}

private func describe(_ value: JSONValue) -> String {
    switch value {
    case .number(let number): "\(number.value)\(number.isInteger ? " integer" : "") \(number.residual)"
    case .string(let string): "'\(string)'"
    case .tensor(let tensor):
        "\(tensor.shape) \(tensor.elements) \(tensor.float32Elements()) \(String(describing: tensor.firstFloat32Overflow))"
    }
}

/// Returns the tensor of `{"input":text}`.
func tensor(_ text: String) throws -> JSONTensor? {
    guard case .tensor(let tensor)? = try read("{\"input\":\(text)}").members.first?.value else { return nil }
    return tensor
}

func number(_ text: String) -> DecimalNumber? {
    guard case .number(let number) = JSONNumber.read(Array(text.utf8).span) else { return nil }
    return number
}
