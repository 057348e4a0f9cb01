import RepeatableRandom
import Testing

@testable import Exact

/// Tests the fixed-width tier against arithmetic of any precision.
@Suite("Balls of fixed width")
struct FixedBallTests {
    private let wide = BallArithmetic(precision: 700)

    /// Returns a ball whose midpoint has any size, and whose error is 0, small or large.
    private static func ball(_ sampling: inout Sampling, exponents: ClosedRange<Int>) -> FixedBall? {
        let words = (0..<4).map { _ in
            switch sampling.integer(in: 0...4) {
            case 0: UInt64(0)
            case 1: UInt64.max
            default: sampling.generator.next()
            }
        }
        let error = sampling.isHeads() ? 0 : sampling.generator.next() >> UInt64(sampling.integer(in: 8...63))
        let exponent = sampling.integer(in: exponents)
        return FixedBall(
            normalizing: UInt256(words[0], words[1], words[2], words[3] | 1), isNegative: sampling.isHeads(),
            lastBitExponent: exponent - 255, errorUnitCount: error)
    }

    private static func midpoint(_ number: FixedBall) -> Dyadic { number.ball.midpoint }

    private static func radius(_ number: FixedBall) -> Dyadic {
        Dyadic(Natural(number.errorUnitCount), exponent: number.exponent - 255)
    }

    /// Returns a number in a ball, often one of its ends.
    private static func member(of number: FixedBall, _ sampling: inout Sampling) -> Dyadic {
        switch sampling.integer(in: 0...3) {
        case 0: midpoint(number) - radius(number)
        case 1: midpoint(number) + radius(number)
        case 2: midpoint(number)
        default: midpoint(number) + radius(number) * sampling.dyadic(bitCount: 60, exponents: -1 ... -1)
        }
    }

    private static func contains(_ number: FixedBall, _ value: Dyadic) -> Bool {
        (value - midpoint(number)).magnitude <= radius(number)
    }

    @Test func `sums, differences, products and quotients contain those of all numbers in the operands`() throws {
        var sampling = Sampling(seed: 40)
        var triedCount = 0
        for _ in 0..<Sampling.count {
            guard let left = Self.ball(&sampling, exponents: -100...100),
                let right = Self.ball(&sampling, exponents: -100...100)
            else { continue }
            let (x, y) = (Self.member(of: left, &sampling), Self.member(of: right, &sampling))
            if let sum = FixedBall.sum(left, right) {
                triedCount += 1
                #expect(Self.contains(sum, x + y), "\(left) + \(right)")
            }
            if let difference = FixedBall.difference(left, right) {
                #expect(Self.contains(difference, x - y), "\(left) - \(right)")
            }
            if let product = FixedBall.product(left, right) {
                #expect(Self.contains(product, x * y), "\(left) * \(right)")
            }
            if let quotient = FixedBall.quotient(left, right) {
                let exact = try #require(wide.quotient(Ball(x), Ball(y)))
                #expect(!quotient.ball.isDisjoint(from: exact), "\(left) / \(right)")
            }
        }
        #expect(triedCount > Sampling.count / 2)
    }

    @Test func `exact operands stay exact if the result fits`() throws {
        let sum = try #require(FixedBall.sum(FixedBall(1.5), FixedBall(-0.375)))
        #expect(sum.errorUnitCount == 0 && sum.ball.contains(Dyadic(1.125)))
        #expect(FixedBall.sum(FixedBall(0.1), FixedBall(-0.1))?.isZero == true)
        let product = try #require(FixedBall.product(FixedBall(0.1), FixedBall(-3)))
        #expect(product.errorUnitCount == 0 && product.ball.contains(Dyadic(0.1) * Dyadic(-3)))
        #expect(FixedBall(0x1p-1074).ball.contains(Dyadic(0x1p-1074)))
        #expect(FixedBall.quotient(.one, .zero) == nil)
    }

    @Test func `exponentials contain those of all numbers in the operand`() throws {
        var sampling = Sampling(seed: 41)
        var triedCount = 0
        for _ in 0..<Sampling.count / 4 {
            guard let argument = Self.ball(&sampling, exponents: -300...20),
                let exponential = FixedBall.exponential(argument)
            else { continue }
            let arithmetic = BallArithmetic(precision: 400)
            let exact = try #require(try arithmetic.exponential(Ball(Self.member(of: argument, &sampling))))
            triedCount += 1
            #expect(!exponential.ball.isDisjoint(from: exact), "e^\(argument)")
        }
        #expect(triedCount > Sampling.count / 10)
    }

    @Test(arguments: [0, 1, -1, 0.5, 709.78, -745.1, 1e-300, -0x1p-1074, 0x1p57, -0x1p57, 0.6931471805599453])
    func `the exponential of a number is known to 240 bits`(x: Double) throws {
        let exponential = try #require(FixedBall.exponential(FixedBall(x)))
        #expect(exponential.errorUnitCount <= 1 << 15)
        let exact = try #require(try BallArithmetic(precision: 400).exponential(Ball(Dyadic(x))))
        #expect(!exponential.ball.isDisjoint(from: exact))
        #expect(FixedBall.exponential(FixedBall(0x1p58)) == nil)
    }

    @Test func `a ball rounds as one of any precision does`() {
        var sampling = Sampling(seed: 42)
        var settledCount = 0
        let formats: [BinaryFormat] = [.float64, .float32, .float16, .bfloat16]
        for _ in 0..<Sampling.count {
            let format = formats[sampling.integer(in: 0...3)]
            let (least, largest) = (format.exponents.lowerBound, format.exponents.upperBound)
            guard let number = Self.ball(&sampling, exponents: least - 70...least + 10),
                let other = Self.ball(&sampling, exponents: largest - 2...largest + 2)
            else { continue }
            for number in [number, other] {
                let rounded = format.rounded(number)
                let unit = Dyadic(.one, exponent: number.exponent - 255)
                let (middle, radius) = (Self.midpoint(number), Self.radius(number))
                let ends = (format.rounded(middle - radius), format.rounded(middle + radius))
                if rounded != nil { #expect(rounded == ends.0 && rounded == ends.1, "\(number)") }
                // A ball that ends at a tie is not decided.
                let outside = (format.rounded(middle - radius - unit), format.rounded(middle + radius + unit))
                if outside.0 == outside.1 { #expect(rounded == outside.0, "\(number)") }
                settledCount += rounded == nil ? 0 : 1
            }
        }
        #expect(settledCount > Sampling.count)
    }

    @Test func `S(x) is rounded as by arithmetic of any precision`() throws {
        var sampling = Sampling(seed: 43)
        let arithmetic = BallArithmetic(precision: 300)
        for _ in 0..<Sampling.count / 8 {
            let x = Double.random(in: -40...40, using: &sampling.generator)
            let t = try #require(FixedBall.exponential(FixedBall(-x)))
            let denominator = try #require(FixedBall.sum(.one, t))
            let value = try #require(FixedBall.quotient(.one, denominator))
            let power = try #require(try arithmetic.exponential(Ball(Dyadic(-x))))
            let exact = try #require(arithmetic.quotient(.one, arithmetic.sum(.one, power)))
            #expect(BinaryFormat.float64.rounded(value) == BinaryFormat.float64.rounded(exact))
            #expect(BinaryFormat.float64.rounded(value) != nil)
        }
    }
}
