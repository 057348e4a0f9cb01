import Dispatch
import HTTP
import Locking

@testable import ActivationAPI

/// A response as a client sees it.
struct Answer {
    let status: Int
    let fields: [String: String]
    let body: String
    let isStreamed: Bool
    let isWithheld: Bool
    /// Lengths of the pieces of a streamed body.
    let pieceByteCounts: [Int]

    init(_ response: Response, pieceOrder: PieceOrder = .ascending) {
        status = response.status.code
        var fields: [String: String] = [:]
        for line in String(decoding: response.fields.bytes, as: UTF8.self).split(separator: "\r\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            let name = parts[0].lowercased()
            precondition(fields[name] == nil, "No field is sent twice.")
            fields[name] = String(parts[1].drop { $0 == " " })
        }
        self.fields = fields
        var pieces: [[UInt8]] = []
        if case .stream(let producer) = response.body { pieces = Self.collect(producer, pieceOrder) }
        pieceByteCounts = pieces.map(\.count)
        switch response.body {
        case .none: (body, isStreamed, isWithheld) = ("", false, false)
        case .withheld: (body, isStreamed, isWithheld) = ("", false, true)
        case .bytes(let bytes): (body, isStreamed, isWithheld) = (String(decoding: bytes, as: UTF8.self), false, false)
        case .stream:
            (body, isStreamed, isWithheld) = (String(decoding: pieces.joined(), as: UTF8.self), true, false)
        }
    }

    private static func collect(_ producer: any BodyProducer, _ order: PieceOrder) -> [[UInt8]] {
        let pieces = Locked([[UInt8]](repeating: [], count: producer.pieceCount))
        order.perform(producer.pieceCount) { index in
            let piece = [UInt8](capacity: producer.pieceByteCountMax) {
                precondition(producer.produce(index, into: &$0), "Production failed.")
            }
            pieces.withLock { $0[index] = piece }
        }
        return pieces.withLock { $0 }
    }

    /// The slug of a problem.
    var slug: String? {
        guard let start = body.firstRange(of: "\"type\":\"/problems/")?.upperBound else { return nil }
        return String(body[start...].prefix { $0 != "\"" })
    }

    /// A member of the body that is a string or an integer, as text.
    func member(_ name: String) -> String? {
        guard let start = body.firstRange(of: "\"\(name)\":")?.upperBound else { return nil }
        if body[start] == "\"" { return String(body[start...].dropFirst().prefix { $0 != "\"" }) }
        return String(body[start...].prefix { $0.isNumber || $0 == "-" })
    }
}

/// The order in which the pieces of an answer are produced; the last one always comes after all others.
enum PieceOrder {
    case ascending
    case descending
    /// All pieces at the same time.
    case concurrent

    func perform(_ pieceCount: Int, _ produce: @Sendable (Int) -> Void) {
        let others = 0..<pieceCount - 1
        switch self {
        case .ascending: for index in others { produce(index) }
        case .descending: for index in others.reversed() { produce(index) }
        case .concurrent: DispatchQueue.concurrentPerform(iterations: others.count, execute: produce)
        }
        produce(pieceCount - 1)
    }
}

/// Sends requests to a service as a server would, without a socket.
struct TestClient {
    var service: ActivationService
    /// The order in which the pieces of produced answers are requested.
    var pieceOrder = PieceOrder.ascending

    init(_ configuration: ServiceConfiguration = ServiceConfiguration()) {
        service = ActivationService(configuration)
    }

    /// - Parameters:
    ///   - pieceByteCount: The length of the pieces into which the body is split; nil for one piece.
    ///   - framing: The framing of the body; nil for the usual one: none, or a length.
    func send(
        _ method: HTTP.Method, _ target: String, _ fields: KeyValuePairs<String, String> = [:], body: [UInt8]? = nil,
        pieceByteCount: Int? = nil, framing: BodyFraming? = nil, expectation: Expectation = .none
    ) -> Answer {
        var bytes = Array("\(method.rawValue) ".utf8)
        let path = target.prefix { $0 != "?" }
        let pathRange = bytes.count..<bytes.count + path.utf8.count
        bytes += target.utf8
        let queryRange = path.endIndex == target.endIndex ? nil : pathRange.upperBound + 1..<bytes.count
        bytes += " HTTP/1.1\r\n".utf8
        var lines: [FieldLine] = []
        for (name, value) in fields {
            let start = bytes.count
            bytes += "\(name): \(value)\r\n".utf8
            let valueStart = start + name.utf8.count + 2
            lines.append(
                FieldLine(
                    name: start..<start + name.utf8.count, value: valueStart..<valueStart + value.utf8.count))
        }
        let head = RequestHead(
            method: method, bytes: bytes.span, fieldLines: lines.span, path: pathRange, query: queryRange,
            minorVersion: 1, framing: framing ?? body.map { .length($0.count) } ?? .none, expectation: expectation)
        var output = ByteBuffer()
        if pieceByteCount == nil, let body, framing == nil, let way = service.quickWay(for: head),
            service.answer(body.span, by: way.number, into: &output) != nil
        {
            var fields = service.quickFields
            if let otherFields = way.otherFields { fields.append(otherFields) }
            let response = Response(.ok, fields: fields, body: .bytes(Array(copying: output.span)))
            return Answer(response, pieceOrder: pieceOrder)
        }
        switch service.receive(head) {
        case .respond(let response): return Answer(response, pieceOrder: pieceOrder)
        case .compute(let work): return Answer(work(Cancellation()), pieceOrder: pieceOrder)
        case .consume(let consumer): return finish(consumer, body ?? [], pieceByteCount)
        }
    }

    private func finish(_ consumer: any BodyConsumer, _ body: [UInt8], _ pieceByteCount: Int?) -> Answer {
        switch completion(of: consumer, body, pieceByteCount) {
        case .respond(let response): return Answer(response, pieceOrder: pieceOrder)
        case .compute(let work): return Answer(work(Cancellation()), pieceOrder: pieceOrder)
        }
    }

    private func completion(of consumer: any BodyConsumer, _ body: [UInt8], _ pieceByteCount: Int?) -> Completion {
        let pieceByteCount = pieceByteCount ?? max(body.count, 1)
        var start = 0
        while start < body.count {
            let end = min(body.count, start + pieceByteCount)
            consumer.consume(body.span.extracting(start..<end))
            start = end
        }
        return consumer.finish()
    }

    func get(_ target: String, _ fields: KeyValuePairs<String, String> = [:]) -> Answer { send(.get, target, fields) }

    func post(_ target: String, _ body: String, _ fields: KeyValuePairs<String, String> = [:]) -> Answer {
        send(.post, target, fields, body: Array(body.utf8))
    }
}
