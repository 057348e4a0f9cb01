import Exact
import Testing

@Suite("Rounding")
struct RoundingTests {
    /// Quotients that the processor rounds correctly, subnormal, overflowing and tied ones among them.
    @Test func `a rational number rounds to float64 as the processor's division does`() {
        var sampling = Sampling(seed: 20)
        for _ in 0..<Sampling.count {
            let dividend = Double(sampling.integer(in: -1 << 53...1 << 53))
            let divisor = Double(sampling.integer(in: 1...1 << 53))
            let scale = sampling.integer(in: -1_130...1_040)
            let number = Rational(dividend) / Rational(divisor)
            #expect(BinaryFormat.float64.rounded(number).double == dividend / divisor)
            // A product with a power of two is rounded once, even below the normal numbers.
            let scaled = Rational(Dyadic(dividend).scaled(by: scale))
            let power = Double(sign: .plus, exponent: scale / 2, significand: 1)
            let rest = Double(sign: .plus, exponent: scale - scale / 2, significand: 1)
            let larger = max(power, rest)
            let smaller = min(power, rest)
            if scale < 0 || dividend == 0 {
                #expect(
                    BinaryFormat.float64.rounded(scaled).double
                        == Double(sign: .plus, exponent: scale, significand: dividend))
            } else {
                #expect(BinaryFormat.float64.rounded(scaled).double == dividend * smaller * larger)
            }
        }
    }

    @Test func `a float64 rounds to float32 as the processor's conversion does`() {
        var sampling = Sampling(seed: 21)
        for _ in 0..<Sampling.count {
            let value = Double(bitPattern: sampling.generator.next())
            guard value.isFinite else { continue }
            #expect(BinaryFormat.float32.rounded(Rational(value)).double == Double(Float(value)))
            let near = Double(Float(bitPattern: UInt32(truncatingIfNeeded: sampling.generator.next())))
            guard near.isFinite else { continue }
            for neighbour in [near.nextUp, near.nextDown, (near + near.nextUp) / 2] where neighbour.isFinite {
                #expect(BinaryFormat.float32.rounded(Rational(neighbour)).double == Double(Float(neighbour)))
            }
        }
    }

    /// These are the bounds of IEEE 754's binary16 and of bfloat16.
    @Test(arguments: [
        (BinaryFormat.float16, 65_504.0, 65_504.0), (.float16, 65_519.99, 65_504), (.float16, 65_520, .infinity),
        (.float16, 0x1p-25, 0), (.float16, 0x1.8p-25, 0x1p-24), (.float16, 0x1.002p0, 1),
        (.float16, 0x1.0020000000001p0, 0x1.004p0), (.bfloat16, 0x1.01p0, 1), (.bfloat16, 0x1.03p0, 0x1.04p0),
        (.bfloat16, 0x1.fep127, 0x1.fep127), (.bfloat16, 0x1.ffp127, .infinity), (.bfloat16, -0x1.ffp127, -.infinity),
    ])
    func `ties go to even, and past the largest number and half a step to infinity`(
        format: BinaryFormat, value: Double, rounded: Double
    ) {
        #expect(format.rounded(Rational(value)).double == rounded)
    }

    @Test func `a ball rounds only if all its numbers round alike`() {
        let tie = Dyadic(0x1p0) + Dyadic(0x1p-53)
        #expect(BinaryFormat.float64.rounded(Ball(tie))?.double == 1)
        #expect(BinaryFormat.float64.rounded(Ball(tie, radius: .powerOfTwo(-200))) == nil)
        #expect(
            BinaryFormat.float64.rounded(Ball(tie + Dyadic(0x1p-199), radius: .powerOfTwo(-200)))?.double == 1.nextUp)
        #expect(BinaryFormat.float64.rounded(Ball(.zero, radius: .powerOfTwo(-2_000))) == nil)
        let tiny = Ball(-Dyadic(.one, exponent: -3_000), radius: .powerOfTwo(-3_001))
        #expect(BinaryFormat.float64.rounded(tiny) == .finite(isNegative: true, significand: 0, exponent: 0))
    }

    private static func digits(_ text: String) -> [UInt8] { text.utf8.map { $0 - 48 } }

    /// The result is 0.d… · 10^e.
    @Test(arguments: [
        (1, 3, 5, "33333", 0), (2, 3, 5, "66667", 0), (5, 2, 1, "2", 1), (7, 2, 1, "4", 1), (1, 8, 2, "12", 0),
        (3, 8, 2, "38", 0), (999_999, 1, 3, "1", 7), (995, 1, 2, "1", 4), (985, 1, 2, "98", 3), (1_000, 1, 1, "1", 4),
        (95, 10, 1, "1", 2), (1, 1_024, 10, "9765625", -3), (0, 1, 4, "", 0),
    ])
    func `decimals round to nearest, ties to even`(
        numerator: Int, denominator: Int, count: Int, text: String, exponent: Int
    ) throws {
        let arithmetic = BallArithmetic(precision: 128)
        for sign in [1, -1] {
            let number = Rational(sign * numerator) / Rational(denominator)
            let expected = RoundedDecimal.finite(
                isNegative: sign < 0 && numerator > 0, digits: Self.digits(text), exponent: exponent)
            #expect(try arithmetic.rounded(Real(number), toDigits: count) == expected)
        }
    }

    @Test func `a tail decides a decimal tie, and which decade a power of ten is in`() throws {
        let arithmetic = BallArithmetic(precision: 128)
        for (number, sign, text, exponent) in [
            (Rational(25), 1, "3", 2), (Rational(25), -1, "2", 2), (Rational(15), -1, "1", 2),
            (Rational(15), 1, "2", 2),
            (Rational(100), -1, "1", 3), (Rational(100), 1, "1", 3), (Rational(95), -1, "9", 2),
        ] {
            let tail = Ball(sign).scaled(by: -5_000)
            let value = try #require(try arithmetic.sum(Real(number), Real(tail)))
            let expected = RoundedDecimal.finite(isNegative: false, digits: Self.digits(text), exponent: exponent)
            #expect(try arithmetic.rounded(value, toDigits: 1) == expected, "\(number) and \(sign) at once")
        }
    }

    @Test func `decimal exponents have a range of their own`() throws {
        let arithmetic = BallArithmetic(precision: 200)
        let exponent = 3_000_000_000
        let large = try #require(try arithmetic.rounded(Real(Ball(3).scaled(by: exponent)), toDigits: 5))
        // 3 · 2^3000000000 = 10^(903089987.46…): log10 is 0.4771 + 3000000000 · 0.30102999566398.
        guard case .finite(false, let digits, let point) = large else {
            Issue.record("\(large)")
            return
        }
        #expect(digits.count <= 5)
        #expect(point == 903_089_988)
        #expect(
            try arithmetic.rounded(Real(Ball(-3).scaled(by: 2 * exponent)), toDigits: 5) == .infinite(isNegative: true))
        #expect(
            try arithmetic.rounded(Real(Ball(-3).scaled(by: -2 * exponent)), toDigits: 5)
                == .finite(isNegative: true, digits: [], exponent: 0))
    }
}
