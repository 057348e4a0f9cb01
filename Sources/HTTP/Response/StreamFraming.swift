/// How the pieces of a produced body are framed: as chunks, or plain, up to the close of the connection.
public enum StreamFraming: Equatable, Sendable {
    case chunked
    /// For HTTP/1.0, which knows no chunks.
    case untilClose

    /// Bytes to leave free at the front of a piece's buffer, for ``seal(_:isLast:)``.
    public static let prefixByteCount = 10
    /// The free capacity that ``seal(_:isLast:)`` needs behind the piece.
    public static let suffixByteCount = 7

    /// What a buffer for any of a producer's pieces holds, in bytes.
    public static func byteCount(ofPieceOf producer: any BodyProducer) -> Int {
        prefixByteCount + producer.pieceByteCountMax + suffixByteCount
    }

    /// Completes a piece to what goes on the wire.
    ///
    /// - Parameter buffer: ``prefixByteCount`` bytes of anything, then the piece.
    /// - Returns: Where in the buffer the bytes to send begin; they reach to its end.
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
