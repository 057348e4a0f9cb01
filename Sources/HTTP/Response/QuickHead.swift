/// The head that quick answers share, made once a second: all but the number in their names, and their lengths.
///
/// An answer is made in the output itself: its head, then its body by whoever answers, at last the length of that.
struct QuickHead: ~Copyable {
    /// Up to where the number of the name stands, or, where requests have no names, to the end of the last field.
    private var beginning: [UInt8] = []
    /// The last length, which the next answer often has too, and what follows the name then.
    private var lastByteCount = 0
    private var end = QuickHead.end(byteCount: 0)

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
        if let prefix {
            beginning += "X-Request-Id: ".utf8
            beginning.append(addingCapacity: 17) { RequestID.append(prefix: prefix, to: &$0) }
        } else {
            beginning.removeLast(2)
        }
    }

    private static func end(byteCount: Int) -> [UInt8] { Array("\r\nContent-Length: \(byteCount)\r\n\r\n".utf8) }

    /// Appends the head of an answer, with the last one's length.
    ///
    /// - Parameter number: The one in the request's name; nil where requests have none.
    @inline(__always)
    func append(number: UInt64?, to output: inout ByteBuffer) {
        output.append(addingCapacity: beginning.count + RequestID.byteCountMax + end.count) { output in
            output.append(copying: beginning)
            if let number { RequestID.append(number: number, to: &output) }
            output.append(copying: end)
        }
    }

    /// Corrects the length by that of the body that has been appended behind the head.
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
