/// The framing of the pieces of a produced body: chunks, or plain bytes until the close of the connection.
public enum StreamFraming: Equatable, Sendable {
    case chunked
    /// The framing for HTTP/1.0, which has no chunks.
    case untilClose

    /// The number of bytes to leave free at the front of a piece's buffer, for ``seal(_:isLast:)``.
    public static let prefixByteCount = 10
    /// The free capacity that ``seal(_:isLast:)`` needs after the piece.
    public static let suffixByteCount = 7

    /// Returns the capacity of a buffer for any of a producer's pieces, in bytes.
    public static func byteCount(ofPieceOf producer: any BodyProducer) -> Int {
        prefixByteCount + producer.pieceByteCountMax + suffixByteCount
    }

    /// Adds the framing to a piece, so that it can be sent.
    ///
    /// - Parameter buffer: ``prefixByteCount`` arbitrary bytes, then the piece.
    /// - Returns: The position in the buffer at which the bytes to send begin; they extend to its end.
    public func seal(_ buffer: inout [UInt8], isLast: Bool) -> Int {
        guard self == .chunked else { return Self.prefixByteCount }
        let byteCount = buffer.count - Self.prefixByteCount
        precondition(byteCount >= 0 && byteCount <= UInt32.max, "A piece is smaller than 4 GiB.")
        var start = Self.prefixByteCount
        if byteCount > 0 {
            buffer += "\r\n".utf8
            start -= 1
            buffer[start] = Byte.lineFeed
            start -= 1
            buffer[start] = Byte.carriageReturn
            var rest = byteCount
            while rest > 0 {
                start -= 1
                let digit = UInt8(rest & 0xF)
                buffer[start] = digit < 10 ? 0x30 + digit : 0x57 + digit
                rest >>= 4
            }
        }
        if isLast { buffer += "0\r\n\r\n".utf8 }
        return start
    }
}
