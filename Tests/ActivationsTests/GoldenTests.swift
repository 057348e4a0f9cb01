import Activations
import Testing

/// Compares every function with exact values, at every vector width that the processor has.
struct GoldenTests {
    struct Score {
        var worst = 0.0
        var description = "no case"
        var caseCount = 0

        mutating func add<Element: TensorElement>(
            _ answer: Element, rounded: Double, rest: Double, checkingSignOfZero: Bool = true,
            _ what: @autoclosure () -> String
        ) {
            caseCount += 1
            var error = ulpError(of: answer, rounded: Element(rounded), rest: rest)
            let isWrongZero =
                rounded == 0 && answer != 0 || rounded == 0 && checkingSignOfZero && answer.sign != rounded.sign
            if isWrongZero { error = .infinity }
            if error > worst { (worst, description) = (error, "\(what()): \(answer), not \(rounded)") }
        }
    }

    struct Bound: Sendable, CustomTestStringConvertible {
        let function: String
        let dtype: DType
        /// The bound in ulps; 0.5 is the best possible.
        let ulps: Double

        var testDescription: String { "\(function) \(dtype) within \(ulps) ulp" }
    }

    /// Each has files of exact values; without them its tests fail.
    static let elementwise = ActivationRegistry.all.filter { !$0.isVectorFunction }.map { $0.name }
    static let scalarBounds =
        elementwise.map { Bound(function: $0, dtype: .float64, ulps: $0.hasSuffix("relu") ? 0.5 : 0.6) }
        + elementwise.map { Bound(function: $0, dtype: .float32, ulps: 0.5) }

    @Test("Values and derivatives keep to their bounds", arguments: scalarBounds, VectorWidth.available)
    func scalars(_ bound: Bound, _ width: VectorWidth) throws {
        switch bound.dtype {
        case .float64: try score(bound, width, Double.self)
        case .float32: try score(bound, width, Float.self)
        }
    }

    private func score<Element: TensorElement>(_ bound: Bound, _ width: VectorWidth, _: Element.Type) throws {
        let cases = try GoldenFile(function: bound.function, dtype: bound.dtype).cases()
        let type = try #require(ActivationRegistry.activation(named: bound.function))
        for (alpha, group) in Dictionary(grouping: cases, by: \.alpha) {
            var parameters = ParameterValues()
            if let alpha { parameters.set(LeakyReLU.alpha, to: .number(alpha)) }
            let input = Tensor(group.map { Element($0.x[0]) })
            for operation in [Activations.Operation.forward, .derivative] {
                let (output, undefined) = try Evaluation(
                    operation, of: type.init(parameters), input: input, vectorWidth: width
                ).result()
                var score = Score()
                for (index, golden) in group.enumerated() {
                    let expected = try #require(operation == .forward ? golden.values : golden.derivatives)
                    guard let rounded = expected.rounded[0] else {
                        #expect(undefined.contains(index), "undefined at \(golden.x)")
                        continue
                    }
                    score.add(
                        output.elements[index], rounded: rounded, rest: expected.rest[0], "at \(golden.x[0])")
                }
                #expect(score.worst <= bound.ulps, "\(operation), alpha \(alpha ?? .nan): \(score.description)")
                #expect(score.caseCount > 10)
            }
        }
    }

    static let vectorBounds = ["softmax", "jacobian"].flatMap {
        [Bound(function: $0, dtype: .float64, ulps: 0.6), Bound(function: $0, dtype: .float32, ulps: 0.51)]
    }

    @Test(
        "Softmax and its Jacobian keep to their bounds in every entry", arguments: vectorBounds, VectorWidth.available)
    func vectors(_ bound: Bound, _ width: VectorWidth) throws {
        switch bound.dtype {
        case .float64: try scoreVectors(bound, width, Double.self)
        case .float32: try scoreVectors(bound, width, Float.self)
        }
    }

    private func scoreVectors<Element: TensorElement>(_ bound: Bound, _ width: VectorWidth, _: Element.Type) throws {
        var score = Score()
        for golden in try GoldenFile(function: bound.function, dtype: bound.dtype).cases() {
            let n = golden.x.count
            let isJacobian = bound.function == "jacobian"
            let output = try Evaluation(
                isJacobian ? .jacobian : .forward, of: Softmax(), input: Tensor(golden.x.map { Element($0) }),
                vectorWidth: width
            ).result().output.elements
            for (place, rounded) in golden.values.rounded.enumerated() {
                let index = golden.at?[place].reduce(0) { $0 * n + $1 } ?? place
                score.add(
                    output[index], rounded: try #require(rounded), rest: golden.values.rest[place],
                    checkingSignOfZero: !isJacobian || index % (n + 1) == 0, "entry \(index) of \(golden.x.prefix(4))")
            }
        }
        #expect(score.worst <= bound.ulps, "\(score.description)")
        #expect(score.caseCount > 1000)
    }
}
