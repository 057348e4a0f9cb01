// The workloads on Hummingbird and Codable, as a Swift programmer would write them.
import Foundation
import Hummingbird

struct Vector: Decodable { let input: [Double] }
struct Scalar: Decodable { let input: Double }
struct VectorAnswer: ResponseEncodable { let output: [Double] }
struct ScalarAnswer: ResponseEncodable { let output: Double }
struct MatrixAnswer: ResponseEncodable { let output: [[Double]] }

@Sendable func sigmoid(_ x: Double) -> Double {
    if x >= 0 { return 1 / (1 + exp(-x)) }
    let e = exp(x)
    return e / (1 + e)
}

let router = Router()
router.post("/v1/sigmoid/forward") { request, context -> Response in
    let body = try await request.body.collect(upTo: 1 << 26)
    if let scalar = try? JSONDecoder().decode(Scalar.self, from: Data(buffer: body)) {
        return try ScalarAnswer(output: sigmoid(scalar.input)).response(from: request, context: context)
    }
    let vector = try JSONDecoder().decode(Vector.self, from: Data(buffer: body))
    return try VectorAnswer(output: vector.input.map(sigmoid)).response(from: request, context: context)
}
router.post("/v1/softmax/jacobian") { request, context -> Response in
    let body = try await request.body.collect(upTo: 1 << 26)
    let x = try JSONDecoder().decode(Vector.self, from: Data(buffer: body)).input
    let largest = x.max() ?? 0
    let e = x.map { exp($0 - largest) }
    let sum = e.reduce(0, +)
    let s = e.map { $0 / sum }
    let rows = s.indices.map { i in s.indices.map { j in i == j ? s[i] * (1 - s[i]) : -s[i] * s[j] } }
    return try MatrixAnswer(output: rows).response(from: request, context: context)
}
let port = Int(CommandLine.arguments[1]) ?? 8080
try await Application(router: router, configuration: .init(address: .hostname("127.0.0.1", port: port))).runService()
