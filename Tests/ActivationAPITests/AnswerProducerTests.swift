import Testing

@testable import ActivationAPI

/// A request whose answer is streamed.
struct LargeCase: Sendable, CustomTestStringConvertible {
    let name: String
    let path: String
    let body: String

    var testDescription: String { name }
}

private func list(_ count: Int) -> String { (0..<count).map { "\(($0 % 97) - 48)e-1" }.joined(separator: ",") }

private let cases = [
    LargeCase(name: "a vector with kinks", path: "/v1/relu/derivative", body: "{\"input\":[\(list(20_000))]}"),
    LargeCase(
        name: "a matrix in float32", path: "/v1/leaky_relu/forward",
        body: "{\"dtype\":\"float32\",\"input\":[[\(list(9_001))],[\(list(9_001))]]}"),
    LargeCase(name: "a diagonal Jacobian", path: "/v1/relu/jacobian", body: "{\"input\":[\(list(137))]}"),
    LargeCase(name: "a full Jacobian", path: "/v1/softmax/jacobian", body: "{\"input\":[\(list(150))]}"),
    LargeCase(
        name: "a batch of Jacobians of rank 32", path: "/v1/softmax/jacobian",
        body: "{\"input\":" + String(repeating: "[", count: 31) + "[\(list(90))]" + String(repeating: "]", count: 31)
            + "}"),
    LargeCase(
        name: "empty arrays", path: "/v1/tanh/forward",
        body: "{\"input\":[\(Array(repeating: "[]", count: 30_000).joined(separator: ","))]}"),
]

struct AnswerProducerTests {
    private func client(_ pieceOrder: PieceOrder) -> TestClient {
        var client = TestClient()
        client.pieceOrder = pieceOrder
        return client
    }

    @Test("An answer is the same to the byte in whatever order its pieces are made", arguments: cases)
    func answersTheSame(_ row: LargeCase) {
        let expected = client(.ascending).post(row.path, row.body)
        #expect(expected.status == 200)
        #expect(expected.isStreamed)
        #expect(expected.pieceByteCounts.count > 1)
        #expect(client(.descending).post(row.path, row.body).body == expected.body)
        #expect(client(.concurrent).post(row.path, row.body).body == expected.body)
    }

    @Test("All elements of an answer that is made in pieces are there, once and in order")
    func hasAllElements() {
        let input = (0..<40_000).map { "\($0 % 1000)" }.joined(separator: ",")
        let answer = client(.ascending).post("/v1/relu/forward", "{\"input\":[\(input)]}")
        #expect(answer.pieceByteCounts.count > 2)
        #expect(answer.body.hasSuffix("\"output\":[\(input)]}"))
    }

    @Test("Kinks are counted over all pieces")
    func countsUndefined() {
        let input = (0..<60_000).map { $0 % 3 == 0 ? "0" : "1" }.joined(separator: ",")
        let answer = client(.concurrent).post("/v1/relu/derivative", "{\"input\":[\(input)]}")
        #expect(answer.body.hasSuffix("],\"undefined_count\":20000}"))
    }

    @Test("Pieces are well filled, so that few of them are needed")
    func fillsPieces() {
        let answer = client(.ascending).post("/v1/tanh/forward", "{\"input\":[\(list(100_000))]}")
        #expect(answer.pieceByteCounts.count > 4)
        #expect(answer.pieceByteCounts.dropLast().allSatisfy { 200_000..<400_000 ~= $0 })
    }
}
