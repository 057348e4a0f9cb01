import Activations
import Foundation
import Testing

@testable import ActivationAPI

struct OpenAPITests {
    private static let file = RenderedFile(path: "openapi.yaml")

    @Test("openapi.yaml equals the service's answer, byte for byte")
    func matchesTheFile() throws {
        let answer = TestClient().get("/openapi.yaml")
        #expect(answer.fields["content-type"] == "application/yaml")
        try Self.file.writeIfRendering(answer.body)
        #expect(try Self.file.text() == answer.body, "Scripts/render-openapi brings the file up to date.")
    }

    /// A path of the description, and its methods.
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

    @Test("Every path of the description is served with exactly the methods that it describes")
    func servesEveryPath() throws {
        let client = TestClient()
        for path in try paths() {
            let concrete = path.path.replacing("{activation}", with: "tanh").replacing("{operation}", with: "forward")
                .replacing("{slug}", with: "internal")
            let allow = client.send(.options, concrete).fields["allow"]
            #expect(allow == (path.operations["post"] == nil ? "GET, HEAD, OPTIONS" : "GET, HEAD, POST, OPTIONS"))
            #expect(path.operations["get"] != nil)
        }
    }

    @Test("Evaluation is described once, for every operation of every activation")
    func describesEvaluationOnce() throws {
        let posts = try paths().filter { $0.operations["post"] != nil }
        #expect(posts.map(\.path) == ["/v1/{activation}/{operation}"])
        #expect(posts[0].operations["post"]?["operationId"] as? String == "evaluate")

        let components = try components()
        let operation = try #require(components["schemas"]?["Operation"] as? [String: Any])
        #expect(operation["enum"] as? [String] == Activations.Operation.allCases.map(\.rawValue))
        let activation = try #require(components["parameters"]?["activation"] as? [String: Any])
        let description = try #require(activation["description"] as? String)
        for name in Registry.standard.activations.map(\.name) { #expect(description.contains(name)) }
    }

    @Test("Sets that may grow are open in answers, and no schema refers to itself")
    func staysOpen() throws {
        let schemas = try #require(try components()["schemas"])
        for (name, schema) in schemas where !["DType", "Operation"].contains(name) {
            #expect(!keys(of: schema).contains("enum"), "\(name) is closed")
            #expect(!references(from: schema, schemas, depth: 0).contains(name), "\(name) refers to itself")
        }
        for answer in ["Answer", "Problem", "Catalogue"] {
            let reached = references(from: try #require(schemas[answer]), schemas, depth: 0)
            #expect(reached.isDisjoint(with: ["DType", "Operation"]))
        }
    }

    @Test("Only a field that every activation accepts has a default, since generated clients send it")
    func defaultsAreSafe() throws {
        for kind in OpenAPIRequestKind.allCases {
            let schema = try JSONSerialization.jsonObject(with: Data(kind.schema(.standard).json)) as? [String: Any]
            let properties = try #require(schema?["properties"] as? [String: Any])
            #expect(properties.keys.contains("input") && properties.keys.contains("dtype"))
            #expect(!keys(of: properties).contains("default"))
        }
    }

    @Test("A parameter's description has the default of each activation that has one of that name")
    func describesEachDefault() {
        let slope = Parameter(name: "alpha", summary: "Slope below zero.", .number(default: 0.01))
        let scale = Parameter(name: "alpha", summary: "Scale below zero", .number(default: 1))
        let other = Parameter(name: "beta", summary: "Steepness", .number(default: 2, in: .positive))
        let text = OpenAPIFields.description(
            ofParameter: "alpha",
            in: [("leaky_relu", [slope]), ("elu", [other, scale]), ("sigmoid", []), ("celu", [scale])])
        #expect(
            text == "leaky_relu: Slope below zero, 0.01 unless given. elu, celu: Scale below zero, 1 unless given.")
    }

    private func components() throws -> [String: [String: Any]] {
        let answer = TestClient().get("/openapi.json")
        let document = try #require(JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])
        return try #require(document["components"] as? [String: [String: Any]])
    }

    /// Returns the keys of all objects in a value.
    private func keys(of value: Any) -> Set<String> {
        if let object = value as? [String: Any] {
            return object.values.reduce(into: Set(object.keys)) { $0.formUnion(keys(of: $1)) }
        }
        return (value as? [Any] ?? []).reduce(into: []) { $0.formUnion(keys(of: $1)) }
    }

    /// Returns the names of the schemas that a schema references, directly or indirectly.
    private func references(from value: Any, _ schemas: [String: Any], depth: Int) -> Set<String> {
        guard depth < 20 else { return [] }
        if let object = value as? [String: Any] {
            var names: Set<String> = []
            if let reference = object["$ref"] as? String {
                let name = String(reference.split(separator: "/").last ?? "")
                names.insert(name)
                names.formUnion(references(from: schemas[name] ?? [], schemas, depth: depth + 1))
            }
            return object.values.reduce(into: names) {
                $0.formUnion(references(from: $1, schemas, depth: depth + 1))
            }
        }
        return (value as? [Any] ?? []).reduce(into: []) {
            $0.formUnion(references(from: $1, schemas, depth: depth + 1))
        }
    }

    @Test("Every example of a request is answered with the example of its response, by POST and by GET")
    func examplesAreReal() throws {
        let client = TestClient()
        let path = try #require(try paths().first { $0.operations["post"] != nil })
        let post = try #require(path.operations["post"])
        let requests = try examples(try #require(post["requestBody"]))
        let answers = try examples(try #require((post["responses"] as? [String: Any])?["200"]))
        #expect(requests.keys.sorted() == answers.keys.sorted() && requests.count >= 10)
        for (name, request) in requests {
            let line = request.summary.split(separator: " ")
            #expect(line.first == "POST" && request.summary == answers[name]?.summary)
            let body = try JSONSerialization.data(withJSONObject: request.value)
            let answer = client.post(String(line[1]), String(decoding: body, as: UTF8.self))
            #expect(answer.status == 200)
            try expectEqual(answer.body, try #require(answers[name]?.value))
        }
        let get = try #require(path.operations["get"])
        let read = try examples(try #require((get["responses"] as? [String: Any])?["200"]))
        #expect(read.count >= 2 * Activations.Operation.allCases.count)
        for example in read.values {
            let line = example.summary.split(separator: " ")
            #expect(line.first == "GET")
            try expectEqual(client.get(String(line[1])).body, example.value)
        }
    }

    /// A named example: the summary is the request line.
    private struct Example {
        let summary: String
        let value: Any
    }

    private func examples(_ holder: Any) throws -> [String: Example] {
        let content = try #require((holder as? [String: Any])?["content"] as? [String: [String: Any]])
        let examples = try #require(content["application/json"]?["examples"] as? [String: [String: Any]])
        return try examples.mapValues {
            Example(summary: try #require($0["summary"] as? String), value: try #require($0["value"]))
        }
    }

    private func expectEqual(_ body: String, _ example: Any) throws {
        let answer = try JSONSerialization.jsonObject(with: Data(body.utf8))
        #expect(answer as? NSDictionary == example as? NSDictionary)
    }

    @Test("The examples of the problems have the type that they illustrate", arguments: ProblemType.allCases)
    func problemExamplesHaveTheirType(_ type: ProblemType) throws {
        let example = ProblemExample.answer(type)
        #expect(example.hasPrefix("{\"type\":\"\(type.path)\",\"title\":"))
        #expect(example.contains("\"status\":\(type.status.code),"))
    }
}
