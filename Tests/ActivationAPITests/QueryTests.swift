import HTTP
import JSON
import Testing

@testable import ActivationAPI

/// A query and the body of a POST that is answered the same.
struct QueryCase: Sendable, CustomTestStringConvertible {
    let target: String
    let body: String

    init(_ target: String, _ body: String) {
        self.target = target
        self.body = body
    }

    var path: String { String(target.prefix { $0 != "?" }) }
    var testDescription: String { target }
}

private let same = [
    QueryCase("/v1/tanh/forward?input=0.5", #"{"input":0.5}"#),
    QueryCase("/v1/sigmoid/forward?input=-1,0,2", #"{"input":[-1,0,2]}"#),
    QueryCase("/v1/sigmoid/forward?input=%2D1%2C0%2c2", #"{"input":[-1,0,2]}"#),
    QueryCase("/v1/sigmoid/forward?input=1e+3", #"{"input":1e+3}"#),
    QueryCase("/v1/sigmoid/forward?input=1e%2B3", #"{"input":1e+3}"#),
    QueryCase("/v1/tanh/forward?input=NaN,-Infinity,Infinity", #"{"input":["NaN","-Infinity","Infinity"]}"#),
    QueryCase("/v1/tanh/forward?input=Infinity", #"{"input":"Infinity"}"#),
    QueryCase("/v1/tanh/forward?input=[[1,2],[3,%224%22]]", #"{"input":[[1,2],[3,"4"]]}"#),
    QueryCase(
        "/v1/tanh/forward?input=[[1],[%22NaN%22]]&dtype=float32", #"{"input":[[1],["NaN"]],"dtype":"float32"}"#),
    QueryCase("/v1/tanh/forward?input=[1]%20", #"{"input":[1]}"#),
    QueryCase("/v1/tanh/forward?input=[1,+2,+3]", #"{"input":[1,2,3]}"#),
    QueryCase("/v1/tanh/forward?input=[+1e+2,+1E+2,+1]", #"{"input":[100,100,1]}"#),
    QueryCase("/v1/tanh/forward?input=%5B+1,%0A2e%2B1+%5D+", #"{"input":[1,20]}"#),
    QueryCase("/v1/tanh/forward?input=%5b%5b1%5d,+%5b2%5d%5d", #"{"input":[[1],[2]]}"#),
    QueryCase("/v1/tanh/forward?&input=[]&&", #"{"input":[]}"#),
    QueryCase(
        "/v1/leaky_relu/derivative?alpha=0.2&input=-1,0&at_kink=left", #"{"alpha":0.2,"input":[-1,0],"at_kink":"left"}"#
    ),
    QueryCase("/v1/leaky_relu/derivative?input=0&at_kink=0.5", #"{"input":0,"at_kink":0.5}"#),
    QueryCase("/v1/softmax/derivative?input=1,2&i=0&j=-1&axis=0", #"{"input":[1,2],"i":0,"j":-1,"axis":0}"#),
    QueryCase("/v1/%73oftmax/jacobian?%69nput=1,2", #"{"input":[1,2]}"#),
]

/// A query and the problem that it makes.
struct QueryProblemCase: Sendable, CustomTestStringConvertible {
    let target: String
    let slug: String
    let parameter: String?

    init(_ target: String, _ slug: String, _ parameter: String? = nil) {
        self.target = target
        self.slug = slug
        self.parameter = parameter
    }

    var testDescription: String { target }
}

private let wrong = [
    QueryProblemCase("/v1/sigmoid/forward", "missing-field", "input"),
    QueryProblemCase("/v1/sigmoid/forward?", "missing-field", "input"),
    QueryProblemCase("/v1/sigmoid/forward?dtype=float32", "missing-field", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=", "wrong-type", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input", "wrong-type", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=1,", "wrong-type", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=,1", "wrong-type", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=1,,2", "wrong-type", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=01", "wrong-type", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=+1", "wrong-type", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=.5", "wrong-type", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=0x1", "wrong-type", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=1,%202", "wrong-type", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=nan", "wrong-type", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=%7B%7D", "wrong-type", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=1e400", "number-out-of-range", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=1,1e39&dtype=float32", "number-out-of-range", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=[[1],2]", "ragged-array", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=[1,]", "malformed-json", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=[1", "malformed-json", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=[1]]", "malformed-json", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=[1],[2]", "malformed-json", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=[1],%22dtype%22:%22float32%22", "malformed-json", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=[1}", "malformed-json", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=[%2B1]", "malformed-json", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=[1+2]", "malformed-json", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=[1e++2]", "malformed-json", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=[+", "malformed-json", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=1,+2", "wrong-type", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=[%22]", "malformed-json", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=[%22\\%22]", "malformed-json", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=1&input=2", "duplicate-field", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=1&%69nput=2", "duplicate-field", "input"),
    QueryProblemCase("/v1/sigmoid/forward?input=1&bogus=2", "unknown-field", "bogus"),
    QueryProblemCase("/v1/sigmoid/forward?input=1&a%2Fb~=2", "unknown-field", "a/b~"),
    QueryProblemCase("/v1/sigmoid/forward?input=1&=2", "unknown-field", ""),
    QueryProblemCase("/v1/sigmoid/forward?input=1&dtype=float16", "invalid-parameter", "dtype"),
    QueryProblemCase("/v1/sigmoid/forward?input=1&dtype=", "invalid-parameter", "dtype"),
    QueryProblemCase("/v1/leaky_relu/forward?input=1&alpha=x", "wrong-type", "alpha"),
    QueryProblemCase("/v1/leaky_relu/forward?input=1&alpha=NaN", "wrong-type", "alpha"),
    QueryProblemCase("/v1/leaky_relu/derivative?input=1&at_kink=up", "invalid-parameter", "at_kink"),
    QueryProblemCase("/v1/leaky_relu/derivative?input=1&at_kink=2", "invalid-parameter", "at_kink"),
    QueryProblemCase("/v1/softmax/forward?input=1,2&axis=1", "axis-out-of-range", "axis"),
    QueryProblemCase("/v1/softmax/derivative?input=1,2&i=9", "index-out-of-range", "i"),
    QueryProblemCase("/v1/sigmoid/forward?input=1&alpha=1", "parameter-does-not-apply", "alpha"),
    QueryProblemCase("/v1/sigmoid/forward?input=1&x=%z", "malformed-query"),
    QueryProblemCase("/v1/sigmoid/forward?%=1", "malformed-query"),
    QueryProblemCase("/v1/sigmoid/forward?input=%FF", "malformed-query"),
]

struct QueryTests {
    @Test("A GET is answered as the POST that means the same", arguments: same)
    func answersAsPost(_ row: QueryCase) {
        let client = TestClient()
        let get = client.get(row.target)
        let post = client.post(row.path, row.body)
        #expect(get.status == post.status)
        if get.status == 200 { #expect(get.body == post.body) }
    }

    @Test("The problem of an invalid query names the item", arguments: wrong)
    func tellsTheItem(_ row: QueryProblemCase) {
        for method in [HTTP.Method.get, .head] {
            let answer = TestClient().send(method, row.target)
            #expect(answer.slug == row.slug)
            #expect(answer.status == (row.slug.hasPrefix("malformed") ? 400 : 422))
            #expect(answer.member("parameter") == row.parameter)
            #expect(answer.member("pointer") == nil)
            #expect(answer.member("offset") == nil)
            #expect(answer.fields["cache-control"] == "no-store")
            #expect(answer.fields["etag"] == nil)
        }
    }

    @Test("A list is accepted if and only if its items are numbers", arguments: 0x21...0x7E)
    func takesListsOfNumbers(character: UInt8) {
        // These have a meaning of their own in a query.
        guard ![UInt8(ascii: "#"), UInt8(ascii: "%"), UInt8(ascii: "&")].contains(character) else { return }
        let list = Array("1,2.5,-3,4e1,5,6,7,8,9".utf8)
        for position in 1...list.count {
            var bytes = list
            bytes.insert(character, at: position)
            let items = bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            let areNumbers = items.allSatisfy { JSONNumber.read(Array($0).span) != .malformed }
            let answer = TestClient().get("/v1/tanh/forward?input=\(String(decoding: bytes, as: UTF8.self))")
            #expect(answer.status == (areNumbers ? 200 : 422))
            if !areNumbers { #expect(answer.slug == "wrong-type") }
        }
    }

    @Test("HEAD has the fields of GET and computes nothing")
    func headWithholds() {
        let client = TestClient()
        let target = "/v1/softmax/jacobian?input=1,2,3"
        let head = client.send(.head, target)
        #expect(head.status == 200)
        #expect(head.isWithheld)
        #expect(head.fields == client.get(target).fields)
    }

    @Test("A large output is refused to GET and HEAD alike")
    func refusesLargeOutputs() {
        var configuration = ServiceConfiguration()
        configuration.outputElementCountMax = 3
        let client = TestClient(configuration)
        for method in [HTTP.Method.get, .head] {
            #expect(client.send(method, "/v1/tanh/jacobian?input=1,2").slug == "result-too-large")
        }
    }

    @Test("An answer has a strong tag, by which a client learns that it has not changed")
    func answersConditionally() throws {
        let client = TestClient()
        let target = "/v1/sigmoid/forward?input=1,2"
        let fields = client.get(target).fields
        let tag = try #require(fields["etag"])
        #expect(fields["cache-control"] == "public, max-age=3600")
        #expect(tag.hasPrefix("\"") && tag.hasSuffix("\"") && tag.count == 18)
        for condition in [tag, "W/\(tag)", "\"x\", \(tag)", "*", "\"a,b\" ,W/\(tag)"] {
            for method in [HTTP.Method.get, .head] {
                let answer = client.send(method, target, ["If-None-Match": condition])
                #expect(answer.status == 304)
                #expect(answer.body.isEmpty)
                #expect(answer.fields["etag"] == tag)
                #expect(answer.fields["cache-control"] == "public, max-age=3600")
            }
        }
        for condition in ["\"x\"", tag.uppercased() + "x", "", String(tag.dropFirst())] {
            #expect(client.get(target, ["If-None-Match": condition]).status == 200)
        }
        #expect(client.get("/v1/sigmoid/forward?input=x", ["If-None-Match": "*"]).status == 422)
        #expect(
            client.send(.post, "/v1/sigmoid/forward", ["If-None-Match": "*"], body: Array("{\"input\":1}".utf8)).status
                == 200)
    }

    @Test("A tag depends on the meaning: other inputs, operations and vector widths have other tags")
    func distinguishesTags() {
        let client = TestClient()
        var otherWidth = ServiceConfiguration()
        otherWidth.vectorWidth = otherWidth.vectorWidth == "baseline" ? "avx2" : "baseline"
        let target = "/v1/sigmoid/forward?input=1,2"
        let tag = client.get(target).fields["etag"]
        #expect(client.get("/v1/%73igmoid/forward?inpu%74=1%2C2").fields["etag"] == tag)
        #expect(client.get("/v1/sigmoid/forward?input=12").fields["etag"] != tag)
        #expect(client.get("/v1/sigmoid/forward?input=1,2&dtype=float64").fields["etag"] != tag)
        #expect(client.get("/v1/sigmoid/derivative?input=1,2").fields["etag"] != tag)
        #expect(client.get("/v1/tanh/forward?input=1,2").fields["etag"] != tag)
        #expect(TestClient(otherWidth).get(target).fields["etag"] != tag)
        #expect(TestClient().get(target).fields["etag"] == tag)
    }

    @Test("Documents have a tag too, and are revalidated each time")
    func documentsAreConditional() throws {
        let client = TestClient()
        for path in ["/", "/v1", "/v1/relu", "/openapi.yaml", "/openapi.json", "/problems/internal"] {
            let answer = client.get(path)
            let tag = try #require(answer.fields["etag"])
            #expect(answer.fields["cache-control"] == "no-cache")
            #expect(client.get(path, ["If-None-Match": tag]).status == 304)
        }
    }
}
