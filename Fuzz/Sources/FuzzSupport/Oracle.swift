import HTTP

/// What must hold for any input.
public enum Oracle {
    /// What a peer sees, and what the handler saw.
    private struct Outcome: Equatable {
        let received: [UInt8]
        let requests: [[UInt8]]
        let errors: [String]
        let isClosed: Bool
        let isShutDown: Bool
    }

    /// An input that arrives in pieces has the outcome of the whole, and each request that was accepted is accepted
    /// again, as the same, when it is sent as it was understood.
    public static func check(_ input: [UInt8], prefix: [UInt8] = []) {
        let bytes = prefix + input
        let whole = run([bytes[...]])
        // Whether an unknown method keeps the connection may depend on whether its body has already arrived.
        if whole.errors.contains("unknownMethod"), expectsContinue(bytes) { return }
        precondition(whole == run(bytes.indices.map { bytes[$0...$0] }), "Byte by byte the outcome is another one.")
        // The input itself says where it is cut.
        let seed = input.prefix(2).reduce(0) { $0 << 8 | Int($1) }
        let cut = bytes.isEmpty ? 0 : seed % bytes.count
        precondition(whole == run([bytes[..<cut], bytes[cut...]]), "In two pieces the outcome is another one.")
        for request in whole.requests {
            // Each field is sent again with a space that it may have had to do without.
            let again = run([request[...]], spareHeaderByteCount: MemoryConnection.fieldCountMax)
            precondition(
                again.requests == [request], "A request that was accepted is not what it was understood to be.")
        }
    }

    private static func run(_ pieces: [ArraySlice<UInt8>], spareHeaderByteCount: Int = 0) -> Outcome {
        var connection = MemoryConnection(spareHeaderByteCount: spareHeaderByteCount)
        for piece in pieces { connection.send(piece) }
        // An interim answer is due only while none of the body has come, so it depends on the pieces.
        let received = connection.received.split(separator: Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
        return Outcome(
            received: Array(received.joined()), requests: connection.recorder.requests,
            errors: connection.recorder.errors,
            isClosed: connection.isClosed, isShutDown: connection.isShutDown)
    }

    private static func expectsContinue(_ bytes: [UInt8]) -> Bool {
        String(decoding: bytes, as: UTF8.self).lowercased().contains("100-continue")
    }

    /// Bytes as libFuzzer gives them.
    public static func bytes(_ pointer: UnsafePointer<UInt8>, _ count: Int) -> [UInt8] {
        Array(UnsafeBufferPointer(start: pointer, count: count))
    }
}
