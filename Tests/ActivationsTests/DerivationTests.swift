import Testing

@testable import Activations

@Suite struct DerivationTests {
    /// A derivation of a registered activation, together with parameters for it.
    struct Case: CustomTestStringConvertible, Sendable {
        let activation: any Activation.Type
        let derivation: Derivation
        let parameters: ParameterValues
        let testDescription: String
    }

    static let cases: [Case] = ActivationRegistry.all.flatMap { activation in
        activation.derivations.flatMap { derivation in
            parameterValues(of: activation).map { name, values in
                Case(
                    activation: activation, derivation: derivation, parameters: values,
                    testDescription: "\(activation.name)\(name): \(derivation.title)")
            }
        }
    }

    private static func parameterValues(of activation: any Activation.Type) -> [(String, ParameterValues)] {
        [("", ParameterValues())]
            + activation.parameters.flatMap { parameter in
                [-0.75, 0.0, 1, 2.5].map { value in
                    var values = ParameterValues()
                    values.set(parameter, to: .number(value))
                    return (" with \(parameter.name) \(value)", values)
                }
            }
    }

    /// Scalars and vectors of mild size, in which the formulas as written cancel no more than a few digits.
    static let vectors: [[Double]] =
        stride(from: -4.0, through: 4, by: 0.125).map { [$0] } + [[1, 2, 3], [-1.5, 0.25, 0.25, 3], [0.5, -2]]

    static func points(_ parameters: ParameterValues) -> [DerivationPoint] {
        vectors.flatMap { x in
            x.indices.flatMap { i in
                x.indices.map { j in DerivationPoint(x: x, i: i, j: j, parameters: parameters) }
            }
        }
    }

    @Test func everyActivationHasItsDefinitionAndItsDerivative() {
        for activation in ActivationRegistry.all {
            let subjects = activation.derivations.map(\.subject)
            #expect(subjects.contains(.value), "\(activation.name)")
            #expect(subjects.contains(.derivative), "\(activation.name)")
        }
    }

    @Test(arguments: cases) func everyStepHasTheValueOfTheOneBefore(_ example: Case) {
        var sampled = 0
        for point in Self.points(example.parameters) where example.derivation.holds(at: point) {
            let values = example.derivation.steps.map { $0.value(at: point) }
            for (step, value) in zip(example.derivation.steps.dropFirst(), values.dropFirst()) {
                #expect(agree(value, values[0]), "\(step.plainText) is \(value), not \(values[0]), at \(point.x)")
            }
            sampled += 1
        }
        #expect(sampled >= 4)
        #expect(example.derivation.steps.count >= 2)
    }

    @Test(arguments: cases) func theLastStepIsWhatTheKernelComputes(_ example: Case) throws {
        for point in Self.points(example.parameters) where example.derivation.holds(at: point) {
            guard let expected = try Self.kernelValue(example, at: point) else { continue }
            let last = try #require(example.derivation.steps.last)
            let value = last.value(at: point)
            #expect(agree(value, expected), "\(last.plainText) is \(value), the kernel says \(expected) at \(point.x)")
        }
    }

    @Test func aWrongStepIsSeen() {
        let right = DerivationStep(.derivative(.exponential(-.x), by: .x))
        let wrong = DerivationStep(.exponential(-.x))
        let point = DerivationPoint(x: [0.5])
        #expect(!agree(right.value(at: point), wrong.value(at: point)))
    }

    @Test(arguments: [
        ("sigmoid", 1, 0, "S'(x)", "S'\\left(x\\right)"),
        ("sigmoid", 1, 1, "d/dx (1 / (1 + exp(-x)))", "\\frac{d}{dx} \\frac{1}{1 + e^{-x}}"),
        (
            "sigmoid", 1, 3, "(0 * (1 + exp(-x)) - 1 * (-exp(-x))) / (1 + exp(-x))^2",
            "\\frac{0 \\cdot \\left(1 + e^{-x}\\right) - 1 \\cdot \\left(-e^{-x}\\right)}{\\left(1 + e^{-x}\\right)^{2}}"
        ),
        (
            "sigmoid", 1, 8, "S(x) (1 - S(x))",
            "S\\left(x\\right) \\, \\left(1 - S\\left(x\\right)\\right)"
        ),
        ("tanh", 1, 6, "1 - tanh(x)^2", "1 - \\operatorname{tanh}\\left(x\\right)^{2}"),
        (
            "tanh", 1, 5, "1 - (sinh(x) / cosh(x))^2",
            "1 - \\left(\\frac{\\operatorname{sinh}\\left(x\\right)}{\\operatorname{cosh}\\left(x\\right)}\\right)^{2}"
        ),
        ("relu", 0, 1, "x if x > 0, else 0", "\\begin{cases} x & x > 0 \\\\ 0 & \\text{else} \\end{cases}"),
        ("relu", 3, 0, "relu'_-(0)", "\\operatorname{relu}'_{-}\\left(0\\right)"),
        (
            "leaky_relu", 3, 2, "lim_{h -> 0-} ((alpha h - 0) / h)",
            "\\lim_{h \\to 0^-} \\frac{\\alpha \\, h - 0}{h}"
        ),
        ("softmax", 0, 1, "exp(x_i) / (sum_k exp(x_k))", "\\frac{e^{x_i}}{\\sum_k e^{x_k}}"),
        ("softmax", 1, 7, "S_i (1 - S_j)", "S_i \\, \\left(1 - S_j\\right)"),
        ("softmax", 2, 5, "-S_j S_i", "-S_j \\, S_i"),
    ])
    func stepsAreWrittenAsPeopleDo(
        _ name: String, _ derivation: Int, _ step: Int, _ plainText: String, _ latex: String
    ) throws {
        let activation = try #require(ActivationRegistry.activation(named: name))
        let written = activation.derivations[derivation].steps[step]
        #expect(written.plainText == plainText)
        #expect(written.latex == latex)
    }

    @Test(arguments: cases) func mathMLIsBalanced(_ example: Case) {
        for step in example.derivation.steps {
            var open: [Substring] = []
            for tag in step.mathML.split(separator: "<") {
                let name = tag.prefix { $0 != ">" && $0 != " " }
                if name.hasPrefix("/") {
                    #expect(open.popLast() == name.dropFirst(), "\(step.mathML)")
                } else {
                    open.append(name)
                }
            }
            #expect(open.isEmpty, "\(step.mathML)")
        }
    }

    /// Returns whether two values agree within the rounding errors of the formulas at the points above.
    private func agree(_ left: Double, _ right: Double) -> Bool {
        abs(left - right) <= 1e-12 * max(abs(left), abs(right))
    }

    /// Returns what the library computes there, or nil if it computes no such value.
    static func kernelValue(_ example: Case, at point: DerivationPoint) throws -> Double? {
        let activation = example.activation.init(example.parameters)
        let input = Tensor(point.x)
        switch (activation, example.derivation.subject) {
        case (let elementwise as any ElementwiseActivation, .value):
            return elementwise.forward(input).elements[0]
        case (let elementwise as any ElementwiseActivation, .derivative):
            return try elementwise.derivative(input).elements[0]
        case (let elementwise as any ElementwiseActivation, .leftDerivative):
            return elementwise.kinks.first?.leftDerivative
        case (let elementwise as any ElementwiseActivation, .rightDerivative):
            return elementwise.kinks.first?.rightDerivative
        case (let vector as any VectorActivation, .value):
            return try vector.forward(input).elements[point.i]
        case (let vector as any VectorActivation, .derivative):
            return try vector.derivative(input, index: DerivativeIndex(i: point.i, j: point.j)).elements[0]
        default: return nil
        }
    }
}
