import Dispatch
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
        body: "{\"dtype\":\"float32\",\"input\":[[\(list(7_001))],[\(list(7_001))]]}"),
    LargeCase(name: "a diagonal Jacobian", path: "/v1/relu/jacobian", body: "{\"input\":[\(list(131))]}"),
    LargeCase(name: "a full Jacobian", path: "/v1/softmax/jacobian", body: "{\"input\":[\(list(150))]}"),
    LargeCase(
        name: "a batch of Jacobians of rank 32", path: "/v1/softmax/jacobian",
        body: "{\"input\":" + String(repeating: "[", count: 31) + "[\(list(90))]" + String(repeating: "]", count: 31)
            + "}"),
    LargeCase(
        name: "empty arrays", path: "/v1/tanh/forward",
        body: "{\"input\":[\(Array(repeating: "[]", count: 30_000).joined(separator: ","))]}"),
]

struct ParallelismTests {
    private func client(_ parallelism: Parallelism, capacity: Int) -> TestClient {
        var configuration = ServiceConfiguration()
        configuration.parallelism = parallelism
        var client = TestClient(configuration)
        client.capacity = capacity
        return client
    }

    @Test("An answer is the same to the byte in however many parts it is made, in any order", arguments: cases)
    func answersTheSame(_ row: LargeCase) {
        let expected = client(.none, capacity: 65_536).post(row.path, row.body)
        #expect(expected.status == 200)
        #expect(expected.isStreamed)
        for width in [2, 5] {
            let backwards = Parallelism(width: width) { partCount, part in
                for index in (0..<partCount).reversed() { part(index) }
            }
            for capacity in [65_536, 262_144, 1_000_003] {
                #expect(client(backwards, capacity: capacity).post(row.path, row.body).body == expected.body)
            }
        }
        let concurrent = Parallelism(width: 4) { DispatchQueue.concurrentPerform(iterations: $0, execute: $1) }
        #expect(client(concurrent, capacity: 262_144).post(row.path, row.body).body == expected.body)
    }

    @Test("Pieces are well filled, so that few of them are needed")
    func fillsPieces() {
        let capacity = 262_144
        var configuration = ServiceConfiguration()
        configuration.parallelism = Parallelism(width: 2) { for index in 0..<$0 { $1(index) } }
        var client = TestClient(configuration)
        client.capacity = capacity
        let answer = client.post("/v1/tanh/forward", "{\"input\":[\(list(100_000))]}")
        #expect(answer.pieceByteCounts.dropLast().allSatisfy { $0 > capacity * 3 / 4 })
    }
}
