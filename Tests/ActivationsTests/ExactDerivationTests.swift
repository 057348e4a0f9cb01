import Exact
import RepeatableRandom
import Testing

@testable import Activations

/// Tests derivations in ball arithmetic: two formulas whose balls are disjoint differ, however little.
@Suite("Derivations, exactly")
struct ExactDerivationTests {
    static let pointCount = 1_000
    /// The fewest points at which a derivation that holds on one side of 0 is compared.
    static let comparedCountMin = pointCount / 3

    /// Returns points of every size at which exponentials stay finite, some of them with equal components.
    private static func points(of activation: any Activation.Type, _ parameters: ParameterValues) -> [DerivationPoint] {
        var generator = SplitMix64(seed: 30)
        return (0..<pointCount).map { _ in
            let count = activation.isVectorFunction ? Int.random(in: 1...4, using: &generator) : 1
            let x = (0..<count).map { _ in
                let scale = Double(sign: .plus, exponent: Int.random(in: -60...6, using: &generator), significand: 1)
                return Double.random(in: -scale...scale, using: &generator)
            }
            return DerivationPoint(
                x: x, i: Int.random(in: 0..<count, using: &generator), j: Int.random(in: 0..<count, using: &generator),
                parameters: parameters)
        }
    }

    @Test(arguments: DerivationTests.cases)
    func `every step meets the first one at random points`(_ example: DerivationTests.Case) throws {
        let arithmetic = BallArithmetic(precision: 256)
        var comparedCount = 0
        for point in Self.points(of: example.activation, example.parameters) where example.derivation.holds(at: point) {
            guard let first = try example.derivation.steps[0].exactValue(at: point, in: arithmetic) else { continue }
            for step in example.derivation.steps.dropFirst() {
                guard let value = try step.exactValue(at: point, in: arithmetic) else { continue }
                let difference = try #require(try arithmetic.difference(value, first))
                let sign = arithmetic.sign(difference)
                #expect(sign == nil || sign == 0, "\(step.plainText) at \(point.x)")
                comparedCount += 1
            }
        }
        #expect(comparedCount >= Self.comparedCountMin * (example.derivation.steps.count - 1))
    }

    @Test func `a step that is off by one part in 10^60 is seen`() throws {
        let arithmetic = BallArithmetic(precision: 256)
        let point = DerivationPoint(x: [0.5])
        let tiny = Expression.quotient(1, .power(10, 60))
        let right = DerivationStep(.exponential(-.x))
        let wrong = DerivationStep(.exponential(-.x) * (1 + tiny))
        let expected = try #require(try right.exactValue(at: point, in: arithmetic))
        let value = try #require(try wrong.exactValue(at: point, in: arithmetic))
        let difference = try #require(try arithmetic.difference(value, expected))
        #expect(arithmetic.sign(difference) == 1)
    }

    /// The kernels promise 0.6 ulp.
    @Test(arguments: DerivationTests.cases)
    func `the kernel's value is within 0.6 ulp of the exact one`(_ example: DerivationTests.Case) throws {
        let last = try #require(example.derivation.steps.last)
        var comparedCount = 0
        for point in Self.points(of: example.activation, example.parameters) where example.derivation.holds(at: point) {
            guard let kernel = try DerivationTests.kernelValue(example, at: point), kernel.isFinite,
                let isAbove = try Self.isAbove(last, at: point, Rational(kernel) + Self.allowed(kernel)),
                let isAboveLess = try Self.isAbove(last, at: point, Rational(kernel) - Self.allowed(kernel))
            else { continue }
            #expect(!isAbove && isAboveLess, "\(last.plainText) at \(point.x) is not \(kernel)")
            comparedCount += 1
        }
        // Without a kink the kernel has no one-sided derivatives.
        let hasKernelValue = try DerivationTests.kernelValue(example, at: DerivationPoint(x: [1, 2])) != nil
        #expect(comparedCount >= (hasKernelValue ? Self.comparedCountMin : 0))
    }

    private static func allowed(_ value: Double) -> Rational { Rational(value.ulp) * Rational(0.6) }

    /// Returns whether a formula's exact value is above a bound, or nil if it is not known exactly.
    ///
    /// If the formula suffers cancellation, as 1 − S does near 1, the precision grows until the answer is known.
    private static func isAbove(_ step: DerivationStep, at point: DerivationPoint, _ bound: Rational) throws -> Bool? {
        for precision in [192, 1_024, 4_096] {
            let arithmetic = BallArithmetic(precision: precision)
            guard let value = try step.exactValue(at: point, in: arithmetic) else { return nil }
            let difference = try arithmetic.difference(value, Real(bound))
            if let sign = difference.flatMap({ arithmetic.sign($0) }) { return sign > 0 }
        }
        Issue.record("\(step.plainText) at \(point.x) cannot be told from \(bound)")
        return nil
    }
}
