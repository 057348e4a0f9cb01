/// The head that quick answers share, made once a second: all but the number in their names, and their lengths.
struct QuickHead: ~Copyable {
    /// Up to where the number of the name stands, or, where requests have no names, to the last field.
    private var beginning: [UInt8] = []

    /// Makes it for another second.
    ///
    /// - Parameters:
    ///   - fields: Of every quick answer.
    ///   - prefix: What the names made here begin with; nil where requests have none.
    mutating func update(fields: ResponseFields, _ date: DateField, _ prefix: UInt64?) {
        beginning.removeAll(keepingCapacity: true)
        beginning += "HTTP/1.1 200 OK\r\n".utf8
        beginning += fields.bytes
        beginning += date.line
        guard let prefix else { return }
        beginning += "X-Request-Id: ".utf8
        beginning.append(addingCapacity: 17) { RequestID.append(prefix: prefix, to: &$0) }
    }

    /// Appends an answer with its body.
    ///
    /// - Parameter number: The one in the request's name; nil where requests have none.
    func append(number: UInt64?, body: borrowing ByteBuffer, to output: inout ByteBuffer) {
        let beginning = beginning.span
        output.append(addingCapacity: beginning.count + body.count + Self.endByteCountMax) { output in
            output.append(copying: beginning)
            if let number {
                RequestID.append(number: number, to: &output)
                output.append("\r\n")
            }
            output.append("Content-Length: ")
            output.append(decimal: body.count)
            output.append("\r\n\r\n")
            output.append(copying: body.span)
        }
    }

    /// Most bytes between the beginning and the body.
    private static let endByteCountMax = 64
}
