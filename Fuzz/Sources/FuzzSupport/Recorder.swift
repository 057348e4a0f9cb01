import HTTP

/// Writes down what the server would have acted on, in a form that is itself a request.
public final class Recorder {
    /// The requests accepted so far, each serialized anew: single spaces, lengths in place of chunks.
    public internal(set) var requests: [[UInt8]] = []
    /// Errors of HTTP itself, by name.
    public internal(set) var errors: [String] = []
    /// Heads of requests that are answered at once, by the numbers of their ways.
    var quickRequests: [RecordedRequest] = []

    public init() {}
}

/// Records requests and answers each with its own serialization, so that answers differ as requests do.
///
/// It is used by one thread only; the protocol asks for more than the fuzzers need.
struct RecordingHandler: Handler, @unchecked Sendable {
    let recorder: Recorder
    /// Bits of the request's first bytes choose how it is answered.
    let variesAnswers: Bool

    func receive(_ head: borrowing RequestHead) -> Reception {
        let text = Self.serialize(head)
        let request = RecordedRequest(text, head.framing)
        switch choice(text) {
        case 1:
            recorder.requests.append(text)
            return .respond(Response(.notFound, body: .bytes(text)))
        case 2:
            recorder.requests.append(text)
            return .compute(BoundedWork { _ in Response(.ok, body: .bytes(text)) })
        case 3:
            recorder.requests.append(text)
            return .respond(Response(.ok, body: head.method == .head ? .withheld : .stream(Echo(text))))
        case 4:
            recorder.requests.append(text)
            return .respond(Response(.ok, body: .bytes([UInt8](repeating: 0x61, count: 70_000))))
        default:
            return .consume(RecordingConsumer(request, recorder, computes: choice(text) == 5))
        }
    }

    private func choice(_ text: [UInt8]) -> Int {
        variesAnswers ? text.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFF } % 6 : 0
    }

    func quickWay(for head: borrowing RequestHead) -> QuickWay? {
        let text = Self.serialize(head)
        guard head.method == .post, choice(text) == 0 else { return nil }
        recorder.quickRequests.append(RecordedRequest(text, head.framing))
        return QuickWay(number: recorder.quickRequests.count - 1)
    }

    /// Answers as the consumer does, unless the body begins with a dash.
    func answer(_ body: Span<UInt8>, by way: Int, into output: inout ByteBuffer) -> ResponseNote? {
        guard body[0] != UInt8(ascii: "-") else { return nil }
        let bytes = recorder.quickRequests[way].bytes(Array(copying: body))
        recorder.requests.append(bytes)
        output.append(addingCapacity: bytes.count) { $0.append(copying: bytes) }
        return ResponseNote()
    }

    func response(to error: ProtocolError) -> Response {
        recorder.errors.append("\(error)")
        return Response(.badRequest, body: .bytes(Array("\(error)".utf8)))
    }

    /// The head without its framing, which follows from the body.
    private static func serialize(_ head: borrowing RequestHead) -> [UInt8] {
        var text: [UInt8] = []
        // The name ends at the first space; empty lines before it are dropped.
        var start = 0
        while head.bytes[start] == 0x0D || head.bytes[start] == 0x0A { start += 1 }
        var end = start
        while head.bytes[end] != 0x20 { end += 1 }
        text += Array(copying: head.bytes.extracting(start..<end)) + " ".utf8 + Array(copying: head.path)
        if let query = head.query { text += "?".utf8 + Array(copying: query) }
        text += " HTTP/1.\(head.minorVersion)\r\n".utf8
        for index in head.fieldLines.indices {
            let field = head.fieldLines[index]
            let name = Array(copying: head.bytes.extracting(field.name))
            if ["content-length", "transfer-encoding"].contains(String(decoding: name, as: UTF8.self).lowercased()) {
                continue
            }
            text += name + ": ".utf8 + Array(copying: head.bytes.extracting(field.value)) + "\r\n".utf8
        }
        return text
    }
}

/// A request as it is put together again.
struct RecordedRequest {
    let head: [UInt8]
    let hasBody: Bool

    init(_ head: [UInt8], _ framing: BodyFraming) {
        self.head = head
        hasBody = framing != .none
    }

    func bytes(_ body: [UInt8]) -> [UInt8] {
        head + (hasBody ? Array("Content-Length: \(body.count)\r\n\r\n".utf8) : Array("\r\n".utf8)) + body
    }
}

final class RecordingConsumer: BodyConsumer {
    private let request: RecordedRequest
    private let recorder: Recorder
    private let computes: Bool
    private var body: [UInt8] = []

    init(_ request: RecordedRequest, _ recorder: Recorder, computes: Bool) {
        self.request = request
        self.recorder = recorder
        self.computes = computes
    }

    var heldByteCount: Int { body.count }

    func consume(_ bytes: Span<UInt8>) { body += Array(copying: bytes) }

    func finish() -> Completion {
        let bytes = request.bytes(body)
        recorder.requests.append(bytes)
        let response = Response(.ok, body: .bytes(bytes))
        return computes ? .compute(BoundedWork { _ in response }) : .respond(response)
    }
}

/// Produces bytes in two pieces.
final class Echo: BodyProducer {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var heldByteCount: Int { bytes.count }
    var pieceCount: Int { 2 }
    var pieceByteCountMax: Int { bytes.count }

    func produce(_ piece: Int, into output: inout OutputSpan<UInt8>) -> Bool {
        let middle = bytes.count / 2
        for byte in piece == 0 ? bytes[..<middle] : bytes[middle...] { output.append(byte) }
        return true
    }
}
