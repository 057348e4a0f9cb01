import Testing

@testable import ActivationAPI

/// Tests that messages name the intended name, or none.
@Suite struct NameHintTests {
    private static let operations = ["forward", "derivative", "jacobian"]
    private static let activations = ["sigmoid", "tanh", "relu", "leaky_relu", "softmax"]
    private static let fields = ["input", "dtype", "axis", "at_kink", "i", "j", "alpha"]

    /// The problem's detail, quotes unescaped.
    private func detailText(_ answer: Answer) -> String {
        let body = answer.body.replacing("\\\"", with: "\u{1}")
        guard let start = body.firstRange(of: "\"detail\":\"")?.upperBound else { return "" }
        return String(body[start...].prefix { $0 != "\"" }).replacing("\u{1}", with: "\"")
    }

    @Test(arguments: [
        ("vjp", operations, nil), ("jvp", operations, nil), ("foward", operations, "forward"),
        ("derivate", operations, "derivative"), ("gradient", operations, "derivative"),
        ("jacobain", operations, "jacobian"), ("hessian", operations, nil), ("FORWARD", operations, "forward"),
        ("sigmod", activations, "sigmoid"), ("tahn", activations, "tanh"), ("rilu", activations, "relu"),
        ("relux", activations, "relu"), ("rellux", activations, nil), ("LeakyReLU", activations, "leaky_relu"),
        ("leaky-relu", activations, "leaky_relu"), ("logistic", activations, "sigmoid"), ("gelu", activations, "relu"),
        ("swish", activations, nil), ("", activations, nil),
        ("negative_slope", fields, "alpha"), ("negative_slope", ["input", "dtype"], nil), ("inptu", fields, "input"),
        ("dtyp", fields, "dtype"), ("dim", fields, "axis"), ("ax", fields, nil), ("k", fields, nil),
        ("x", fields, "input"),
        ("ii", fields, "i"), ("alhpa", fields, "alpha"), ("aplha_", fields, "alpha"), ("bogus", fields, nil),
        (String(repeating: "input", count: 1_000), fields, nil),
    ])
    func onlyAKnownAliasOrASlipIsNamed(name: String, candidates: [String], meant: String?) {
        #expect(NearestName.of(name, in: candidates) == meant)
    }

    @Test(arguments: [
        ("/v1/relu/vjp?input=1", #""vjp" is not one of: forward, derivative, jacobian."#),
        ("/v1/relu/foward?input=1", #""foward" is not one of: forward, derivative, jacobian. Did you mean forward?"#),
        (
            "/v1/leaky_relu/forward?input=1&negative_slope=0.2",
            #"There is no field "negative_slope" here, only input, dtype, alpha. Did you mean alpha?"#
        ),
        ("/v1/relu/forward?input=1&negative_slope=1", #"There is no field "negative_slope" here, only input, dtype."#),
        ("/v1/relu/plot.svg?form=1", #""form" is not one of: from, to, theme. Did you mean from?"#),
        ("/v1/relu/plot.svg?width=1", #""width" is not one of: from, to, theme."#),
        ("/v1/relu/plot.svg?alpha=1", "alpha does not apply to /v1/relu/plot.svg; it accepts from, to, theme."),
        ("/v1/relu/forward?input=1&alpha=1", "alpha does not apply to /v1/relu/forward; it accepts input, dtype."),
    ])
    func messagesListAllNamesAndTheOneMeant(target: String, detail: String) {
        #expect(detailText(TestClient().get(target)) == detail)
    }

    @Test(arguments: [
        ("/v1/a%2Fb/forward", "a%2Fb"), ("/v1/relu%2fforward", "relu%2fforward"), ("/v1/relu/for%2Fward", "for%2Fward"),
        ("/a%2Fb", "/a%2Fb"), ("/problems%2Ftoo-deep", "/problems%2Ftoo-deep"),
    ])
    func anEscapedSlashIsQuotedAsItWasSent(target: String, shown: String) {
        let answer = TestClient().get(target)
        #expect(answer.status == 404)
        #expect(detailText(answer).hasPrefix(shown.hasPrefix("/") ? "There is" : "\"\(shown)\" is not one of"))
        #expect(detailText(answer).contains("\"\(shown)\""))
        #expect(!answer.body.contains("\\u0000"))
    }

    @Test(arguments: [
        "-Infinity", "[-Infinity]", "[1,-Infinity]", "[[1],[ -Infinity]]", "[1,2,3,4,5,6,7,8,-Infinity,1]",
    ])
    func theProblemOfABareNegativeInfinityHasTheRightForm(input: String) {
        for body in ["{\"input\":\(input)}", "{ \"input\" : \(input)"] {
            for pieceByteCount in [nil, 1, 3] {
                let answer = TestClient().send(
                    .post, "/v1/relu/forward", body: Array(body.utf8), pieceByteCount: pieceByteCount)
                #expect(answer.slug == "malformed-json")
                #expect(
                    detailText(answer)
                        == #"Expected a digit. Infinities are written as strings: "-Infinity"."#)
            }
        }
    }

    @Test(arguments: [
        ("-Inf", "Infinities are written as strings"), ("NaN", "NaN and the infinities are written as strings"),
        ("Infinity", "NaN and the infinities are written as strings"), ("nan", "Expected true, false or null"),
        ("-x", "Expected a digit."),
    ])
    func otherBareWordsAreToldToo(input: String, hint: String) {
        let answer = TestClient().post("/v1/relu/forward", "{\"input\":[1,\(input)]}")
        #expect(detailText(answer).contains(hint))
    }

    @Test(arguments: [("null", "/input"), ("[null]", "/input/0"), ("[[1,2],[3,null]]", "/input/1/1")])
    func theProblemOfANullInTheInputHasTheRightForm(input: String, pointer: String) {
        let answer = TestClient().post("/v1/relu/forward", "{\"input\":\(input)}")
        #expect(answer.slug == "wrong-type")
        #expect(answer.member("pointer") == pointer)
        #expect(detailText(answer).hasSuffix(#"not null. NaN is written as a string: "NaN"."#))
    }

    @Test func aNullElsewhereIsNotTreatedAsANaN() {
        let answer = TestClient().post("/v1/relu/forward", #"{"input":1,"dtype":null}"#)
        #expect(detailText(answer) == "Expected a string, not null.")
    }
}
