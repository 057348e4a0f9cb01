import HTTP
import RepeatableRandom
import Testing

@testable import ActivationAPI

struct RandomRequestTests {
    private static let pathParts = [
        "/", "/v1", "/v1/", "sigmoid", "/softmax", "/leaky_relu", "/forward", "/derivative", "/jacobian", "/problems/",
        "ragged-array", "healthz", "openapi.json", "%", "%2", "%2f", "%00", "%73", "..", "é", "plot.svg", "*",
    ]
    private static let queryParts = [
        "input", "=", "&", "1", ",", "-0", "1e400", "1e", "[", "]", "[[1],[2]]", "NaN", "%22", "%", "%FF", "+", "alpha",
        "dtype", "float32", "at_kink", "left", "axis", "i", "j", "-1", "9223372036854775808", "{", "}", "\\", "0.5",
    ]
    private static let bodyParts = [
        "{", "}", "\"input\":", "\"dtype\":", "\"axis\":", "\"i\":", "\"j\":", "\"alpha\":", "\"at_kink\":", ",", "[",
        "]", "[[1,2],[3,4]]", "1", "0", "-1", "\"left\"", "\"float32\"", "\"NaN\"", "1e39", "1e400", "null", "\"",
        "\\u",
        " ", "9223372036854775807", "-9223372036854775808", "0.5", "\u{0}", "é",
    ]
    private static let fieldParts = [
        "application/json", "text/html", "*/*", ";", "q=", "0", "0.", "1.000", "0.12345", ",", " ", "\t", "charset=",
        "utf-8", "\"", "*", "/", "W/", "\"0123456789abcdef\"", "Bearer", "gzip", "identity", "+json", "application/",
    ]
    private static let fieldNames = [
        "accept", "content-type", "content-encoding", "if-none-match", "authorization", "origin", "x-request-id",
    ]
    private static let methods: [HTTP.Method] = [.get, .head, .post, .options, .put, .otherRegistered]

    private static func text(_ parts: [String], upTo count: Int, _ random: inout SplitMix64) -> String {
        (0..<Int.random(in: 0...count, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
    }

    @Test("Whatever a request is made of, it is answered with a status of the contract", arguments: 0..<8)
    func answersAnything(seed: Int) {
        var configuration = ServiceConfiguration()
        configuration.outputElementCountMax = 1000
        let client = TestClient(configuration)
        let statuses: Set = [200, 204, 304, 400, 404, 405, 406, 413, 415, 422]
        var random = SplitMix64(seed: UInt64(seed))
        for _ in 0..<1500 {
            let isEvaluation = Bool.random(using: &random)
            let operation = ["forward", "derivative", "jacobian"].randomElement(using: &random) ?? ""
            let name = Registry.standard.activations.randomElement(using: &random)?.name ?? ""
            let path = isEvaluation ? "/v1/\(name)/\(operation)" : Self.text(Self.pathParts, upTo: 5, &random)
            let query = Bool.random(using: &random) ? "?" + Self.text(Self.queryParts, upTo: 12, &random) : ""
            let field = Bool.random(using: &random) ? Self.text(Self.fieldParts, upTo: 6, &random) : "*/*"
            let answer = client.send(
                Self.methods.randomElement(using: &random) ?? .get, path + query,
                [Self.fieldNames.randomElement(using: &random) ?? "": field],
                body: Array(Self.text(Self.bodyParts, upTo: 14, &random).utf8),
                pieceByteCount: Int.random(in: 1...20, using: &random))
            #expect(statuses.contains(answer.status))
            #expect((answer.status >= 400) == (answer.fields["content-type"] == "application/problem+json"))
        }
    }
}
