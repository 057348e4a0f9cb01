import Testing

@testable import ActivationAPI

/// Tests the messages of problems that result from common mistakes.
@Suite struct ProblemTextTests {
    private let client = TestClient()

    private func expect(_ answer: Answer, says detail: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let text = "\"detail\":\"" + detail.replacing("\"", with: "\\\"") + "\""
        #expect(answer.body.contains(text), "\(answer.body)", sourceLocation: sourceLocation)
    }

    @Test func theProblemOfNaNWithoutQuotesHasTheRightForm() {
        for text in ["NaN", "Infinity", "[1,NaN]"] {
            expect(
                client.post("/v1/tanh/forward", #"{"input":\#(text)}"#),
                says: #"Expected a value. NaN and the infinities are written as strings: "NaN"."#)
        }
    }

    @Test func nothingIsCalledNothing() {
        expect(client.post("/v1/tanh/forward", ""), says: "The text is empty.")
        expect(client.post("/v1/tanh/forward", "{"), says: "The text ends too early.")
    }

    @Test func aQueryIsSpokenOfAsAQuery() {
        expect(
            client.get("/v1/tanh/forward"), says: "The query must have an input, such as input=0.5 or input=-1,0,2.")
        for input in ["", "1,", "inf", "1,%202", "[true]"] {
            expect(
                client.get("/v1/tanh/forward?input=\(input)"),
                says: "input is a number, numbers separated by commas, or a JSON array. "
                    + "NaN, Infinity and -Infinity count as numbers.")
        }
    }

    @Test func aPathThatIsNoneLeadsOn() {
        expect(client.get("/v2"), says: #"There is nothing under "/v2". GET / lists where to begin."#)
        expect(client.get("/v1/"), says: #"There is nothing under "/v1/". No path has a slash at its end."#)
    }

    @Test func boundsArePrintedAsNumbersOfAnAnswer() {
        expect(
            client.post("/v1/relu/derivative", #"{"input":0,"at_kink":2}"#),
            says: "A number for at_kink lies between the one-sided derivatives, here from 0 to 1.")
    }
}
