import Activations
import Testing

/// Tests the derivative at points where a function has none.
struct KinkTests {
    struct PolicyCase: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let alpha: Double
        let policy: KinkPolicy
        /// The derivative at 0, or nil if it is undefined.
        let answer: Double?
    }

    static let cases = [
        PolicyCase(testDescription: "undefined", alpha: 0.1, policy: .undefined, answer: nil),
        PolicyCase(testDescription: "left", alpha: 0.1, policy: .left, answer: 0.1),
        PolicyCase(testDescription: "right", alpha: 0.1, policy: .right, answer: 1),
        PolicyCase(testDescription: "between", alpha: 0.1, policy: .value(0.5), answer: 0.5),
        PolicyCase(testDescription: "lower bound", alpha: 0.1, policy: .value(0.1), answer: 0.1),
        PolicyCase(testDescription: "upper bound", alpha: 0.1, policy: .value(1), answer: 1),
        PolicyCase(testDescription: "bounds turned round", alpha: 3, policy: .value(2), answer: 2),
        PolicyCase(testDescription: "no kink", alpha: 1, policy: .undefined, answer: 1),
        PolicyCase(testDescription: "no kink, policy idle", alpha: 1, policy: .value(17), answer: 1),
    ]

    @Test("At a kink the policy decides, for both zeros and nowhere else", arguments: cases)
    func policy(_ testCase: PolicyCase) throws {
        let activation = LeakyReLU(alpha: testCase.alpha)
        let input = Tensor([-2, -0.0, 0, Double.leastNonzeroMagnitude, 3, .nan, .infinity])
        let (output, undefined) = try Evaluation(.derivative, of: activation, input: input, atKink: testCase.policy)
            .result()
        #expect(undefined == (testCase.answer == nil ? [1, 2] : []))
        if let answer = testCase.answer { #expect(output.elements[1] == answer && output.elements[2] == answer) }
        #expect(output.elements[0] == testCase.alpha)
        #expect(output.elements[3] == 1 && output.elements[4] == 1 && output.elements[6] == 1)
        #expect(output.elements[5].isNaN)
    }

    @Test("A Jacobian is undefined on its diagonal only", arguments: cases)
    func jacobianPolicy(_ testCase: PolicyCase) throws {
        let evaluation = try Evaluation(
            .jacobian, of: LeakyReLU(alpha: testCase.alpha), input: Tensor([-2.0, 0, 3]), atKink: testCase.policy)
        let (output, undefined) = evaluation.result()
        #expect(undefined == (testCase.answer == nil ? [4] : []))
        if let answer = testCase.answer { #expect(output.elements[4] == answer) }
        #expect([1, 2, 3, 5, 6, 7].allSatisfy { output.elements[$0] == 0 })
        #expect(output.elements[0] == testCase.alpha && output.elements[8] == 1)
    }

    @Test(
        "A value that is no subgradient is refused, wherever the input lies", arguments: [-0.1, 1.5, .infinity, .nan])
    func notASubgradient(value: Double) throws {
        let error = try #require(throws: EvaluationError.self) {
            _ = try ReLU().derivative(Tensor([5.0]), atKink: .value(value))
        }
        guard case .notASubgradient(_, let kink) = error else {
            Issue.record("another error: \(error)")
            return
        }
        #expect(kink == Kink(location: 0, leftDerivative: 0, rightDerivative: 1))
    }

    @Test("The rectifier's zero has no sign, the leaky one keeps that of alpha times x")
    func signsOfZero() {
        let zeros = Tensor([-0.0, 0])
        #expect(ReLU().forward(zeros).elements.map(\.sign) == [.plus, .plus])
        #expect(LeakyReLU(alpha: 0.1).forward(zeros).elements.map(\.sign) == [.minus, .plus])
        #expect(LeakyReLU(alpha: -0.1).forward(zeros).elements.map(\.sign) == [.plus, .minus])
    }

    @Test("A leaky rectifier with slope 0 is +0 below zero, also at the limit", arguments: VectorWidth.available)
    func flatBelowZero(_ width: VectorWidth) throws {
        for alpha in [0, -0.0] {
            let function = LeakyReLU(alpha: alpha)
            let doubles = Tensor([-Double.infinity, -5, .infinity, .nan])
            let values = try Evaluation(.forward, of: function, input: doubles, vectorWidth: width).result().output
                .elements
            #expect(values.map(\.bitPattern) == [0, 0, Double.infinity.bitPattern, Double.nan.bitPattern])
            let floats = Tensor([-Float.infinity, -5, .infinity])
            let narrow = try Evaluation(.forward, of: function, input: floats, vectorWidth: width).result().output
                .elements
            #expect(narrow.map(\.bitPattern) == [0, 0, Float.infinity.bitPattern])
        }
    }
}
