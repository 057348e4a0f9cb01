import Exact
import Testing

/// Tests values whose rounding no ordinary precision decides: each is a rational number, or one plus a tail.
@Suite("Rational numbers with tails")
struct RealTests {
    private let arithmetic = BallArithmetic(precision: 128)

    private func require(_ number: Real?, _ location: SourceLocation = #_sourceLocation) throws -> Real {
        try #require(number, sourceLocation: location)
    }

    /// (1 − t)/(1 + t) with t = e^(-2|x|).
    private func hyperbolicTangent(_ x: Rational) throws -> Real {
        let t = try require(arithmetic.exponential(Real(-x.magnitude * Rational(2))))
        let ratio = try require(
            arithmetic.quotient(
                require(arithmetic.difference(.one, t)), require(arithmetic.sum(.one, t))))
        return x.isNegative ? -ratio : ratio
    }

    /// 1/(1 + e^(-x)).
    private func sigmoid(_ x: Rational) throws -> Real {
        let power = try require(arithmetic.exponential(Real(-x)))
        return try require(arithmetic.quotient(.one, require(arithmetic.sum(.one, power))))
    }

    @Test func `x - tanh x is above the middle of two numbers by 10^-1780`() throws {
        let x = Rational(2_050)
        let value = try require(arithmetic.difference(Real(x), hyperbolicTangent(x)))
        #expect(value.rational == Rational(2_049))
        #expect(arithmetic.rounded(value, to: .float16)?.double == 2_050)
        // Without the tail it is a tie, which goes to the even significand.
        #expect(BinaryFormat.float16.rounded(Rational(2_049)).double == 2_048)
    }

    /// This is x S(x) = x/2 + x²/4 + …, which is half of an odd multiple of the smallest number, and more.
    @Test(arguments: [1, 3, 5, 1_001], [1, -1])
    func `x S(x) of an odd subnormal number is rounded by its tail`(multiple: Int, sign: Int) throws {
        let least = 0x1p-1074
        let x = Rational(Double(sign * multiple) * least)
        let value = try require(arithmetic.product(Real(x), sigmoid(x)))
        let expected = sign > 0 ? Double(multiple / 2 + 1) * least : -Double(multiple / 2) * least
        #expect(arithmetic.rounded(value, to: .float64)?.double == expected)
    }

    @Test(arguments: [1, 3, 1_001])
    func `x times the normal distribution of an odd subnormal number is rounded by its tail`(multiple: Int) throws {
        let least = 0x1p-1074
        let x = Rational(Double(multiple) * least)
        let value = try require(arithmetic.product(Real(x), require(arithmetic.normalDistribution(Real(x)))))
        #expect(arithmetic.rounded(value, to: .float64)?.double == Double(multiple / 2 + 1) * least)
    }

    @Test func `S' of a huge number is a zero with a sign, without an exponential being computed`() throws {
        for x in [Rational(1e300), Rational(-1e300)] {
            let value = try sigmoid(x)
            let derivative = try require(
                arithmetic.product(value, require(arithmetic.difference(.one, value))))
            #expect(arithmetic.sign(derivative) == 1)
            #expect(
                arithmetic.rounded(derivative, to: .float64)
                    == .finite(isNegative: false, significand: 0, exponent: 0))
        }
    }

    /// This is (511/512²) of the softmax of 512 zeros, less a tail of e^(-1e30): the midpoint of two numbers of
    /// bfloat16.
    @Test func `a tail of e^(-10^30) decides a tie`() throws {
        let power = try require(arithmetic.exponential(Real(-Rational(1e30))))
        let sum = try require(arithmetic.sum(Real(512), power))
        let entry = try require(arithmetic.quotient(.one, sum))
        let value = try require(arithmetic.product(entry, require(arithmetic.difference(.one, entry))))
        let middle = Rational(511) / Rational(512 * 512)
        #expect(value.rational == middle)
        let rounded = try #require(arithmetic.rounded(value, to: .bfloat16)?.double)
        #expect(rounded == 0x1.fep-10)
        #expect(BinaryFormat.bfloat16.rounded(middle).double == 0x1p-9)
    }

    @Test func `rational values are found to be rational`() throws {
        #expect(try sigmoid(.zero).isRational)
        #expect(try sigmoid(.zero).rational == Rational(1) / Rational(2))
        #expect(try require(arithmetic.normalDistribution(Real.zero)).rational == Rational(1) / Rational(2))
        let root = try require(arithmetic.squareRoot(Real(Rational(9) / Rational(16))))
        #expect(root.isRational && root.rational == Rational(3) / Rational(4))
        #expect(try require(arithmetic.logarithm(Real.one)).isRational)
        let zero = try require(arithmetic.difference(require(arithmetic.exponential(Real.zero)), .one))
        #expect(zero.isRational && zero.rational.isZero)
    }

    @Test func `the logarithm of a small number is known at once`() throws {
        let number = Rational(Double.leastNonzeroMagnitude)
        let logarithm = try require(arithmetic.logarithm(Real(number)))
        #expect(arithmetic.rounded(logarithm, to: .float64)?.double == -744.4400719213812)
        let nearOne = try require(arithmetic.logarithm(Real(Rational(1.0.nextUp))))
        #expect(arithmetic.rounded(nearOne, to: .float64)?.double == 0x1.fffffffffffffp-53)
    }

    @Test func `rational numbers are ordered`() {
        let ascending = [Rational(-2), -Rational(1, over: 2), -Rational(1, over: 3), .zero, Rational(1, over: 3), .one]
        for (index, left) in ascending.enumerated() {
            for (other, right) in ascending.enumerated() { #expect((left < right) == (index < other)) }
        }
    }

    @Test func `an infinite tail of the logarithm is exact`() throws {
        // ln(1 + e^(10^30)) = 10^30 + e^(-10^30) − …
        let huge = Rational(1e30)
        let power = try require(arithmetic.exponential(Real(huge)))
        let value = try require(arithmetic.logarithm(require(arithmetic.sum(.one, power))))
        #expect(value.rational == huge)
        #expect(value.tail.ball.sign == 1)
        #expect(try arithmetic.sign(require(arithmetic.difference(value, Real(huge)))) == 1)
    }

    /// With a small d, √(9/4 + d) is 3/2 + d/3.
    @Test func `the root of a rational square and a tail has a rational part and a tail`() throws {
        let tail = Ball(1).scaled(by: -4_000)
        let number = try require(arithmetic.sum(Real(Rational(9) / Rational(4)), Real(tail)))
        let root = try require(arithmetic.squareRoot(number))
        #expect(root.rational == Rational(3) / Rational(2))
        let third = try #require(arithmetic.quotient(tail, Ball(3)))
        #expect(!root.tail.ball.isDisjoint(from: Ball(third.midpoint, radius: .powerOfTwo(-8_000))))
    }
}
