@testable import HTTP

/// Answers with what the request contains, so that tests see how the conversation has interpreted the bytes.
struct EchoHandler: Handler {
    /// Selects the reception by the first part of the path: `/now`, `/echo`, `/work`, `/big`, `/stream`, `/fail`,
    /// `/held`.
    func receive(_ head: borrowing RequestHead) -> Reception {
        let path = String(decoding: Array(copying: head.path), as: UTF8.self)
        let isHead = head.method == .head
        switch path {
        case "/echo": return .consume(EchoConsumer(heldByteCount: 0, isWork: false))
        case "/quick", "/large":
            return .consume(EchoConsumer(heldByteCount: 0, isWork: false, fields: quickFields))
        case "/work": return .consume(EchoConsumer(heldByteCount: 0, isWork: true))
        case "/held": return .consume(EchoConsumer(heldByteCount: 1_000, isWork: false))
        case "/compute": return .compute(BoundedWork { _ in Response(.ok, body: .bytes(Array("computed".utf8))) })
        case "/big": return .respond(Response(.ok, body: .bytes([UInt8](repeating: 0x62, count: 100_000))))
        case "/stream": return .respond(Response(.ok, body: isHead ? .withheld : .stream(Pieces(["ab", "", "cde"]))))
        case "/fail": return .respond(Response(.ok, body: .stream(Pieces(["ab", nil]))))
        case "/missing": return .respond(Response(.notFound, body: .bytes(Array("missing".utf8))))
        default: return .respond(Response(.ok, body: .bytes(Array("\(head.method) \(path)".utf8))))
        }
    }

    /// Returns the fast path for `/quick`, which answers like `/echo` unless the body begins with a dash, and for
    /// `/large`, whose answer has more bytes.
    func quickWay(for head: borrowing RequestHead) -> QuickWay? {
        if head.path.equals("/quick") { return QuickWay(number: 1) }
        return head.path.equals("/large") ? QuickWay(number: 2) : nil
    }

    func answer(_ body: Span<UInt8>, by way: Int, into output: inout ByteBuffer) -> ResponseNote? {
        // What has been written is ignored if there is no answer.
        output.append(Array(copying: body))
        guard body.isEmpty || body[0] != UInt8(ascii: "-") else { return nil }
        if way == 2 { output.append([UInt8](repeating: 0x61, count: 70_000)) }
        return ResponseNote()
    }

    var quickFields: ResponseFields { ResponseFields(["X-Echo": "yes"]) }

    func response(to error: ProtocolError) -> Response {
        let status: Status =
            switch error {
            case .malformed: .badRequest
            case .uriTooLong: .uriTooLong
            case .headersTooLarge: .requestHeaderFieldsTooLarge
            case .unknownMethod, .unknownTransferCoding: .notImplemented
            case .versionNotSupported: .httpVersionNotSupported
            case .contentTooLarge: .contentTooLarge
            case .requestTimeout: .requestTimeout
            case .overloaded, .draining: .serviceUnavailable
            }
        return Response(status, body: .bytes(Array("error".utf8)))
    }
}

/// Answers with the body.
final class EchoConsumer: BodyConsumer {
    let heldByteCount: Int
    private let isWork: Bool
    private var bytes: [UInt8] = []

    private let fields: ResponseFields

    init(heldByteCount: Int, isWork: Bool, fields: ResponseFields = ResponseFields()) {
        self.fields = fields
        self.heldByteCount = heldByteCount
        self.isWork = isWork
    }

    func consume(_ bytes: Span<UInt8>) { self.bytes += Array(copying: bytes) }

    func finish() -> Completion {
        let response = Response(.ok, fields: fields, body: .bytes(bytes))
        return isWork ? .compute(BoundedWork { _ in response }) : .respond(response)
    }
}

/// Produces the given pieces; nil is a failure.
final class Pieces: BodyProducer {
    private let pieces: [String?]

    init(_ pieces: [String?]) { self.pieces = pieces }

    var heldByteCount: Int { 0 }
    var pieceCount: Int { pieces.count }
    var pieceByteCountMax: Int { 65_536 }

    func produce(_ piece: Int, into output: inout OutputSpan<UInt8>) -> Bool {
        guard let text = pieces[piece] else { return false }
        for byte in text.utf8 { output.append(byte) }
        return true
    }
}

extension ByteBuffer {
    mutating func append(_ bytes: [UInt8]) {
        append(addingCapacity: bytes.count) { $0.append(copying: bytes) }
    }

    var text: String { String(decoding: Array(copying: span), as: UTF8.self) }

    /// Removes the whole content and returns it.
    mutating func takeText() -> String {
        defer { removeAll() }
        return text
    }
}
