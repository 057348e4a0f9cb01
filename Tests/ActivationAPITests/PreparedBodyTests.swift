import HTTP
import JSON
import Testing

@testable import ActivationAPI

/// Tests long bodies, whose numbers may be read ahead.
@Suite struct PreparedBodyTests {
    private func consumer(byteCount: Int?) -> EvaluationBody {
        let target = Registry.standard.targets[0]
        return EvaluationBody(for: Evaluator(target, ServiceConfiguration()), byteCountHint: byteCount)
    }

    /// Feeds the body in pieces that are prepared for as long as the consumer wants that.
    ///
    /// - Returns: The answer's body, or its first piece, and how many bytes had been prepared.
    private func answer(_ body: [UInt8], isPrepared: Bool) -> (bytes: [UInt8], preparedByteCount: Int) {
        let consumer = consumer(byteCount: body.count)
        var start = 0
        var preparedByteCount = 0
        while start < body.count {
            let piece = body.span.extracting(start..<min(start + 50_000, body.count))
            if isPrepared, let preparer = consumer.preparer {
                let prepared = preparer.prepare(piece)
                var taken = 0
                while taken < piece.count {
                    taken += consumer.consume(piece.extracting(taken...), prepared: prepared, from: taken)
                }
                preparedByteCount += piece.count
            } else {
                consumer.consume(piece)
            }
            start += piece.count
        }
        let response: Response
        switch consumer.finish() {
        case .respond(let ready): response = ready
        case .compute(let work): response = work(Cancellation())
        }
        switch response.body {
        case .bytes(let bytes): return (bytes, preparedByteCount)
        case .stream(let producer):
            return (
                [UInt8](capacity: producer.pieceByteCountMax) { _ = producer.produce(0, into: &$0) }, preparedByteCount
            )
        case .none, .withheld: return ([], preparedByteCount)
        }
    }

    private func body(_ row: String, rowCount: Int) -> [UInt8] {
        Array("{\"input\":[\(Array(repeating: row, count: rowCount).joined(separator: ","))]}".utf8)
    }

    @Test(arguments: [
        ("0.12345678901234567", 40_000), ("-1.5", 200_000),
        ("[\(Array(repeating: "0.25", count: 100).joined(separator: ", "))]", 1_200),
        ("[0.5,0.25,0.125]", 40_000), ("1e39", 200_000),
    ])
    func `the answer is the same`(row: String, rowCount: Int) {
        let body = body(row, rowCount: rowCount)
        let prepared = answer(body, isPrepared: true)
        #expect(prepared.bytes == answer(body, isPrepared: false).bytes)
        #expect(prepared.bytes.count > 20_000)
        #expect(prepared.preparedByteCount > 0)
    }

    @Test func `so is the answer if the middle of the body is invalid`() {
        let body = Array(
            String(decoding: body("0.12345678901234567", rowCount: 40_000), as: UTF8.self)
                .replacing("4567,", with: "4567 ,x", maxReplacements: 1).utf8)
        let prepared = answer(body, isPrepared: true)
        #expect(prepared.bytes == answer(body, isPrepared: false).bytes)
        #expect(String(decoding: prepared.bytes, as: UTF8.self).contains("/problems/malformed-json"))
    }

    @Test func `after an error nothing more is read ahead`() {
        for beginning in ["x", "{\"x\":1,\"input\":[", "{\"input\":[[1],"] {
            let numbers = Array(repeating: "0.12345678901234567", count: 40_000).joined(separator: ",")
            let prepared = answer(Array("\(beginning)\(numbers)]}".utf8), isPrepared: true)
            #expect(prepared.preparedByteCount == 50_000)
        }
    }

    @Test func `long bodies of long rows are prepared to their end, those of short rows no further than it shows`() {
        let long = body("0.12345678901234567", rowCount: 40_000)
        #expect(answer(long, isPrepared: true).preparedByteCount == long.count)
        #expect(answer(body("[0.5,0.25,0.125]", rowCount: 40_000), isPrepared: true).preparedByteCount == 50_000)
    }

    @Test(arguments: [(nil, false), (1_000, false), (524_287, false), (524_288, true)] as [(Int?, Bool)])
    func `short bodies are not, nor those of unknown length`(byteCount: Int?, isPrepared: Bool) {
        #expect((consumer(byteCount: byteCount).preparer != nil) == isPrepared)
    }
}
