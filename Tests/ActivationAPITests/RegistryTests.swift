import Activations
import SampleActivations
import Testing

@testable import ActivationAPI

/// Tests a service whose registry has an activation that the library lacks: everything that a new one needs follows
/// from it.
@Suite("A registry with a new activation")
struct RegistryTests {
    private static let registry = Registry([Sigmoid.self, RampFunction.self, LeakyReLU.self, PairwiseProduct.self])

    private let client: TestClient = {
        var configuration = ServiceConfiguration()
        configuration.registry = registry
        return TestClient(configuration)
    }()

    @Test func `its paths, fields, links and parameters are in the catalogue`() {
        let entry = client.get("/v1/ramp").body
        #expect(entry.contains(#""fields":{"forward":["input","dtype","lower","upper","end"],"#))
        #expect(entry.contains(#""derivative":["input","dtype","at_kink","lower","upper","end"]"#))
        #expect(entry.contains(#""links":{"self":"/v1/ramp","forward":"/v1/ramp/forward","#))
        #expect(entry.contains(#""type":"number","default":1,"range":"a number greater than 0""#))
        #expect(entry.contains(#""name":"end","type":"choice","default":"flat","range":"\"flat\" or \"open\"""#))
        #expect(entry.contains(#""kinks":[{"location":0,"#))
        #expect(client.get("/v1").body.contains(#""name":"ramp""#))
        #expect(client.get("/v1/softmax").slug == "unknown-activation")
    }

    @Test func `its answers echo every parameter, given or not`() {
        let body = #"{"input":[-1,1,3],"upper":2,"end":"open"}"#
        #expect(
            client.post("/v1/ramp/forward", body).body
                == #"{"activation":"ramp","operation":"forward","dtype":"float64","shape":[3],"#
                + #""parameters":{"lower":0,"upper":2,"end":"open"},"output":[0,1,3]}"#)
        #expect(
            client.get("/v1/ramp/derivative?input=2,3&upper=2&at_kink=left&dtype=float32").body
                == #"{"activation":"ramp","operation":"derivative","dtype":"float32","shape":[2],"#
                + #""parameters":{"lower":0,"upper":2,"end":"flat","at_kink":"left"},"output":[4,0]}"#)
    }

    @Test func `its kink follows its parameter`() {
        let answer = client.post("/v1/ramp/derivative", #"{"input":[1,2],"upper":2}"#)
        #expect(answer.body.hasSuffix(#""output":[2,null],"undefined_count":1}"#))
        let body = #"{"input":2,"upper":2,"end":"open","at_kink":0.5}"#
        let refused = client.post("/v1/ramp/derivative", body)
        #expect(refused.slug == "invalid-parameter")
        #expect(refused.member("detail")?.contains("from 1 to 4") == true)
    }

    @Test(arguments: [
        (#"{"input":1,"upper":0}"#, "invalid-parameter", "/upper", "upper is a number greater than 0, not 0."),
        (#"{"input":1,"end":"closed"}"#, "invalid-parameter", "/end", #"end is \"flat\" or \"open\", not \"closed\"."#),
        (#"{"input":1,"end":1}"#, "wrong-type", "/end", "Expected a string, not a number."),
        (#"{"input":1,"lower":"x"}"#, "wrong-type", "/lower", "Expected a number, not a string."),
        (#"{"input":1,"lower":2}"#, "invalid-parameter", "/lower", "lower must be less than upper."),
        (#"{"input":1,"upper":0.5,"lower":0.5}"#, "invalid-parameter", "/lower", "lower must be less than upper."),
        (
            #"{"input":1,"lower":-1,"upper":0}"#, "invalid-parameter", "/upper",
            "upper is a number greater than 0, not 0."
        ),
        (#"{"input":1,"alpha":1}"#, "parameter-does-not-apply", "/alpha", "alpha does not apply to /v1/ramp/forward"),
        (#"{"input":1,"end":null}"#, "wrong-type", "/end", "Expected a string, not null."),
    ])
    func `the problem of a parameter names it`(
        body: String, slug: String, pointer: String, detail: String
    ) {
        let answer = client.post("/v1/ramp/forward", body)
        #expect(answer.slug == slug)
        #expect(answer.member("pointer") == pointer)
        #expect(answer.body.contains(#""detail":"\#(detail)"#), "\(answer.body)")
    }

    @Test func `a conflict with a default is reported at the parameter that was given`() throws {
        let conflict = try #require(RampFunction.conflict(among: ParameterValues(RampFunction.lower, .number(3))))
        #expect(conflict.offender(given: ["lower", "upper"]) == "lower")
        #expect(conflict.offender(given: ["upper", "end"]) == "upper")
        #expect(conflict.offender(given: ["end", "lower"]) == "lower")
        #expect(client.get("/v1/ramp/plot.svg?lower=3").member("parameter") == "lower")
        #expect(client.post("/v1/ramp/forward", #"{"input":1,"lower":3}"#).member("pointer") == "/lower")
    }

    @Test func `the description has its parameters`() {
        let description = client.get("/openapi.json").body
        #expect(description.contains(#"ramp: Where it ends, 1 unless given."#))
        #expect(description.contains(#""enum":["flat","open"]"#))
        #expect(!description.contains("softmax"))
    }

    @Test func `a function may lack operations and have values of another length`() {
        #expect(client.get("/v1/pairs").body.contains(#""fields":{"forward":["input","dtype","axis"],"jacobian":["#))
        let unknown = client.post("/v1/pairs/derivative", #"{"input":[1,2]}"#)
        #expect(unknown.slug == "unknown-operation")
        #expect(unknown.body.contains("is not one of: forward, jacobian."))
        #expect(
            client.post("/v1/pairs/forward", #"{"input":[[1,2],[3,4]],"axis":0}"#).body
                .hasSuffix(#""shape":[1,2],"parameters":{"axis":0},"output":[[3,8]]}"#))
        #expect(
            client.post("/v1/pairs/jacobian", #"{"input":[2,3]}"#).body
                .hasSuffix(#""shape":[1,2],"parameters":{"axis":-1},"output":[[3,2]]}"#))
        let odd = client.post("/v1/pairs/forward", #"{"dtype":"float32","input":[1,2,3]}"#)
        #expect(odd.slug == "invalid-parameter")
        #expect(odd.member("pointer") == "/input")
        #expect(odd.member("detail") == "The vectors of pairs have an even number of components, not 3.")
    }

    @Test func `a picture of a function of vectors shows one in its domain`() {
        let picture = client.get("/v1/pairs/plot.svg").body
        #expect(picture.contains("the input is (x, 1, 0, 0)"))
        #expect(picture.contains("S₁") && !picture.contains("S₂"))
    }

    @Test func `it has a picture, whose query accepts its parameters`() {
        let picture = client.get("/v1/ramp/plot.svg?end=open&upper=2")
        #expect(picture.status == 200)
        #expect(picture.body.contains("lower = 0, upper = 2, end = open"))
        #expect(client.get("/v1/ramp/plot.svg?upper=-1").slug == "invalid-parameter")
        #expect(client.get("/v1/ramp/plot.svg?lower=3").slug == "invalid-parameter")
        #expect(client.get("/v1/ramp/plot.svg?end=x").slug == "invalid-parameter")
    }
}
