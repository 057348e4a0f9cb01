/// The cached head of fast-path answers, built once a second: everything except the number in their IDs and their
/// lengths.
///
/// An answer is written directly into the output: its head, then its body, and finally the length of the body.
struct QuickHead: ~Copyable {
    /// The bytes up to the number in the ID or, if requests have no IDs, to the end of the last field.
    private var beginning: [UInt8] = []
    /// The last length, which the next answer often has too, and the bytes that follow the ID in that case.
    private var lastByteCount = 0
    private var end = QuickHead.end(byteCount: 0)

    /// Rebuilds the head for another second.
    ///
    /// - Parameters:
    ///   - fields: The fields of every fast-path answer.
    ///   - prefix: The prefix of generated IDs, or nil if requests have no IDs.
    mutating func update(fields: ResponseFields, _ date: DateField, _ prefix: UInt64?) {
        beginning.removeAll(keepingCapacity: true)
        beginning += "HTTP/1.1 200 OK\r\n".utf8
        beginning += fields.bytes
        beginning += date.line
        if let prefix {
            beginning += "X-Request-Id: ".utf8
            beginning.append(addingCapacity: 17) { RequestID.append(prefix: prefix, to: &$0) }
        } else {
            beginning.removeLast(2)
        }
    }

    private static func end(byteCount: Int) -> [UInt8] { Array("\r\nContent-Length: \(byteCount)\r\n\r\n".utf8) }

    /// Appends the head of an answer, with the last answer's length.
    ///
    /// - Parameter number: The number in the request's ID, or nil if requests have no IDs.
    @inline(__always)
    func append(number: UInt64?, to output: inout ByteBuffer) {
        output.append(addingCapacity: beginning.count + RequestID.byteCountMax + end.count) { output in
            output.append(copying: beginning)
            if let number { RequestID.append(number: number, to: &output) }
            output.append(copying: end)
        }
    }

    /// Corrects the length to that of the body that has been appended after the head.
    @inline(__always)
    mutating func setLength(_ byteCount: Int, in output: inout ByteBuffer) {
        if byteCount != lastByteCount { change(byteCount, in: &output) }
    }

    private mutating func change(_ byteCount: Int, in output: inout ByteBuffer) {
        let lastEnd = end
        lastByteCount = byteCount
        end = Self.end(byteCount: byteCount)
        if end.count != lastEnd.count { output.moveLast(byteCount, by: end.count - lastEnd.count) }
        output.overwrite(from: output.count - byteCount - end.count, end.span)
    }
}
