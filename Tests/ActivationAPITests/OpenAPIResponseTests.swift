import Foundation
import HTTP
import Testing

@testable import ActivationAPI

/// Compares the responses and schemas of the description with the service's answers.
@Suite struct OpenAPIResponseTests {
    private let client = TestClient()
    private let document: [String: Any]

    init() throws { document = try Self.object(TestClient().get("/openapi.json").body) }

    private static func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// An existing path, and its GET in the description.
    private struct Reading {
        let path: String
        let responses: [String: [String: Any]]
    }

    private func readings() throws -> [Reading] {
        let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
        return try paths.map { path, operations in
            let concrete = path.replacing("{activation}", with: "tanh").replacing(
                "{operation}", with: "forward?input=1"
            )
            .replacing("{slug}", with: "internal")
            let responses = try #require(operations["get"]?["responses"] as? [String: [String: Any]])
            return Reading(path: concrete, responses: responses)
        }
    }

    @Test func everyAnswerWithATagAndNoOtherIsDescribedAsNotModified() throws {
        for reading in try readings() {
            let tag = client.get(reading.path).fields["etag"]
            let status = tag.map { client.get(reading.path, ["If-None-Match": $0]).status }
            #expect((status == 304) == (reading.responses["304"] != nil), "\(reading.path)")
        }
    }

    @Test func everyFormatIsDescribedAndIsAnsweredIfAccepted() throws {
        let candidates = [
            "application/json", "application/yaml", "image/svg+xml", "text/html", "text/plain", "application/xml",
        ]
        for reading in try readings() {
            let content = try #require(reading.responses["200"]?["content"] as? [String: Any])
            let isNegotiated = reading.responses["406"] != nil
            for type in candidates {
                let answer = client.get(reading.path, ["Accept": type])
                let given = String(answer.fields["content-type"]?.prefix { $0 != ";" } ?? "")
                if isNegotiated {
                    #expect(answer.status == (content[type] == nil ? 406 : 200), "\(reading.path) as \(type)")
                    #expect(answer.status == 406 || given == type)
                } else {
                    #expect(answer.status == 200 && content.keys.elementsEqual([given]), "\(reading.path) as \(type)")
                }
            }
        }
    }

    @Test func errorsOfHTTPItselfAreDescribedForEveryOperation() throws {
        let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
        for (path, operations) in paths {
            for (method, operation) in operations {
                let responses = try #require(operation["responses"] as? [String: Any])
                for status in [400, 408, 413, 414, 417, 431, 500, 501, 503, 505] {
                    #expect(responses["\(status)"] != nil, "\(method) \(path) \(status)")
                }
            }
        }
    }

    @Test func theStatusOfEveryErrorOfThePathIsDescribed() throws {
        for reading in try readings() {
            #expect((reading.responses["401"] != nil) == reading.path.hasPrefix("/v1"), "\(reading.path)")
            let takesQuery = reading.path.contains("?") || reading.path.hasSuffix(".svg")
            let wrong = client.get(reading.path + (reading.path.contains("?") ? "&no=1" : "?no=1"))
            #expect(wrong.status == (takesQuery ? 422 : 200))
            #expect((reading.responses["422"] != nil) == takesQuery, "\(reading.path)")
            let hasName = reading.path.contains("tanh") || reading.path.contains("internal")
            let other = reading.path.replacing("tanh", with: "nothing").replacing("internal", with: "nothing")
            #expect(client.get(other).status == (hasName ? 404 : 200), "\(other)")
            #expect((reading.responses["404"] != nil) == hasName, "\(reading.path)")
        }
    }

    @Test func everyComponentIsReferredTo() throws {
        let components = try #require(document["components"] as? [String: [String: Any]])
        let references = Self.references(in: document)
        for (kind, members) in components where kind != "securitySchemes" {
            for name in members.keys where name != "ProblemType" || kind != "schemas" {
                #expect(references.contains("#/components/\(kind)/\(name)"), "\(kind)/\(name)")
            }
        }
    }

    private static func references(in value: Any) -> Set<String> {
        if let object = value as? [String: Any] {
            let own: Set<String> = (object["$ref"] as? String).map { [$0] } ?? []
            return object.values.reduce(into: own) { $0.formUnion(references(in: $1)) }
        }
        return (value as? [Any] ?? []).reduce(into: []) { $0.formUnion(references(in: $1)) }
    }

    @Test func everyMemberOfAnAnswerIsDescribedAndTheOnesAlwaysSentAreRequired() throws {
        let catalogue = try Self.object(client.get("/v1").body)
        let entries = try Registry.standard.activations.map { try Self.object(client.get("/v1/\($0.name)").body) }
        let inCatalogue = try #require(catalogue["activations"] as? [[String: Any]])
        try expect([catalogue], matches: "Catalogue")
        try expect(entries + inCatalogue, matches: "CatalogueEntry")
        let derivations = entries.compactMap { $0["derivations"] as? [[String: Any]] }.joined()
        try expect(Array(derivations), matches: "Derivation")
        let answers = [
            client.post("/v1/relu/derivative", #"{"input":0}"#), client.get("/v1/softmax/forward?input=1,2"),
        ]
        try expect(answers.map { try Self.object($0.body) }, matches: "Answer")
        let problems = try ProblemType.allCases.map { try Self.object(ProblemExample.answer($0)) }
        let ofQuery = try Self.object(client.get("/v1/relu/forward?inputs=1").body)
        try expect(problems + [ofQuery], matches: "Problem")
        try expect(
            ProblemType.allCases.map { try Self.object(client.get($0.path).body) }, matches: "ProblemType")
        try expect([Self.object(client.get("/livez").body)], matches: "Health")
    }

    private func expect(_ objects: [[String: Any]], matches name: String) throws {
        let components = try #require(document["components"] as? [String: [String: Any]])
        let schema = try #require(components["schemas"]?[name] as? [String: Any])
        let properties = Set(try #require(schema["properties"] as? [String: Any]).keys)
        let sent = objects.map { Set($0.keys) }
        #expect(sent.allSatisfy { $0.isSubset(of: properties) }, "\(name)")
        let always = sent.dropFirst().reduce(try #require(sent.first)) { $0.intersection($1) }
        #expect(always == Set(schema["required"] as? [String] ?? []), "\(name)")
    }

    @Test func theLimitsOfPicturesAreDescribed() throws {
        let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
        let parameters = try #require(paths["/v1/{activation}/plot.svg"]?["get"]?["parameters"] as? [[String: Any]])
        var schemas: [String: [String: Any]] = [:]
        for parameter in parameters {
            if let name = parameter["name"] as? String { schemas[name] = parameter["schema"] as? [String: Any] }
        }
        let plain = client.get("/v1/relu/plot.svg")
        for (name, schema) in schemas {
            let value = try #require(schema["default"], "\(name)")
            #expect(client.get("/v1/relu/plot.svg?\(name)=\(value)").body == plain.body, "\(name)=\(value)")
        }
        let least = try #require(schemas["from"]?["minimum"] as? Int)
        let greatest = try #require(schemas["to"]?["maximum"] as? Int)
        #expect(client.get("/v1/relu/plot.svg?from=\(least)&to=\(greatest)").status == 200)
        #expect(client.get("/v1/relu/plot.svg?from=\(least - 1)").status == 422)
        #expect(client.get("/v1/relu/plot.svg?to=\(greatest + 1)").status == 422)
    }
}
