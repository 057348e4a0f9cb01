import Activations
import Foundation
import Testing

@testable import ActivationAPI

struct OpenAPITests {
    private static let file = RenderedFile(path: "openapi.yaml")

    @Test("openapi.yaml is what the service answers, byte for byte")
    func matchesTheFile() throws {
        let answer = TestClient().get("/openapi.yaml")
        #expect(answer.fields["content-type"] == "application/yaml")
        try Self.file.writeIfRendering(answer.body)
        #expect(try Self.file.text() == answer.body, "Scripts/render-openapi brings the file up to date.")
    }

    /// A path of the description with what it offers.
    struct Path {
        let path: String
        let operations: [String: [String: Any]]
    }

    private func paths() throws -> [Path] {
        let answer = TestClient().get("/openapi.json")
        let document = try #require(JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])
        #expect(document["openapi"] as? String == "3.1.0")
        let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
        return paths.map { Path(path: $0.key, operations: $0.value) }
    }

    @Test("Every path of the description is served with the methods that it describes, and no other")
    func servesEveryPath() throws {
        let client = TestClient()
        for path in try paths() {
            let concrete = path.path.replacing("{activation}", with: "tanh").replacing("{slug}", with: "internal")
            let allow = client.send(.options, concrete).fields["allow"]
            #expect(allow == (path.operations["post"] == nil ? "GET, HEAD, OPTIONS" : "GET, HEAD, POST, OPTIONS"))
            #expect(path.operations["get"] != nil)
        }
    }

    @Test("Every operation of every activation is described")
    func describesEveryOperation() throws {
        let described = Set(try paths().map(\.path))
        for index in RegisteredActivation.all.indices {
            for operation in Activations.Operation.allCases {
                #expect(described.contains(EvaluationTarget(index: index, operation: operation).path))
            }
        }
    }

    @Test("Every example of a request is answered with the example of its response, by POST and by GET")
    func examplesAreReal() throws {
        let client = TestClient()
        var exampleCount = 0
        for path in try paths() {
            guard let post = path.operations["post"], let get = path.operations["get"] else { continue }
            let requests = try examples(try #require(post["requestBody"]))
            let responses = try examples(try #require((post["responses"] as? [String: Any])?["200"]))
            #expect(requests.keys.sorted() == responses.keys.sorted())
            for (name, request) in requests {
                let body = try JSONSerialization.data(withJSONObject: request)
                let answer = client.post(path.path, String(decoding: body, as: UTF8.self))
                #expect(answer.status == 200)
                try expectEqual(answer.body, try #require(responses[name]))
                exampleCount += 1
            }
            let read = try examples(try #require((get["responses"] as? [String: Any])?["200"]))
            try expectEqual(client.get(path.path + "?input=-1.5,0,2").body, try #require(read["vector"]))
        }
        #expect(exampleCount >= 15)
    }

    private func examples(_ holder: Any) throws -> [String: Any] {
        let content = try #require((holder as? [String: Any])?["content"] as? [String: [String: Any]])
        let examples = try #require(content["application/json"]?["examples"] as? [String: [String: Any]])
        return examples.compactMapValues { $0["value"] }
    }

    private func expectEqual(_ body: String, _ example: Any) throws {
        let answer = try JSONSerialization.jsonObject(with: Data(body.utf8))
        #expect(answer as? NSDictionary == example as? NSDictionary)
    }

    @Test("The examples of the problems have the type that they stand for", arguments: ProblemType.allCases)
    func problemExamplesHaveTheirType(_ type: ProblemType) throws {
        let example = ProblemExample.answer(type)
        #expect(example.hasPrefix("{\"type\":\"\(type.path)\",\"title\":"))
        #expect(example.contains("\"status\":\(type.status.code),"))
    }
}
