import Exact
import Testing

/// An operation with one operand, and its range of operands.
struct BallOperation: Sendable, CustomTestStringConvertible {
    let name: String
    let exponents: ClosedRange<Int>
    /// Whether only positive operands are tried.
    var isPositive = false
    /// The largest radius, as a multiple of 2^-precision of the result, that an exact operand may lead to.
    let unitCountMax: Int
    let apply: @Sendable (BallArithmetic, Ball) throws -> Ball?

    var testDescription: String { name }

    static let all = [
        BallOperation(name: "square root", exponents: -40...40, isPositive: true, unitCountMax: 8) {
            $0.squareRoot($1)
        },
        BallOperation(name: "e^x", exponents: -40...20, unitCountMax: 8) { try $0.exponential($1) },
        BallOperation(name: "e^x - 1", exponents: -300...10, unitCountMax: 8) { try $0.exponentialMinusOne($1) },
        BallOperation(name: "ln x", exponents: -40...40, isPositive: true, unitCountMax: 8) { try $0.logarithm($1) },
        BallOperation(name: "ln(1 + x)", exponents: -300...3, unitCountMax: 8) { try $0.logarithmOfOnePlus($1) },
        BallOperation(name: "erf x", exponents: -200...24, unitCountMax: 32) { try $0.errorFunction($1) },
        BallOperation(name: "erfc x", exponents: -200...5, unitCountMax: 2_048) {
            try $0.complementaryErrorFunction($1)
        },
    ]
}

@Suite("Balls")
struct BallTests {
    /// The result at a higher precision serves as the exact one: it has to be in the ball at the lower precision.
    @Test(arguments: BallOperation.all)
    func `a function's ball contains the values of all numbers in the operand`(operation: BallOperation) throws {
        var sampling = Sampling(seed: 10)
        var triedCount = 0
        for _ in 0..<Sampling.count {
            let precision = sampling.integer(in: 2...160)
            var operand = sampling.ball(bitCount: precision, exponents: operation.exponents)
            if operation.isPositive && operand.midpoint.isNegative { operand = -operand }
            guard let result = try operation.apply(BallArithmetic(precision: precision), operand) else { continue }
            let argument = Ball(sampling.member(of: operand))
            guard let exact = try operation.apply(BallArithmetic(precision: 2 * precision + 64), argument) else {
                continue
            }
            triedCount += 1
            #expect(!result.isDisjoint(from: exact), "\(operation.name) of \(operand) at \(precision) bits")
        }
        #expect(triedCount > Sampling.count / 4)
    }

    @Test(arguments: BallOperation.all)
    func `the ball of an exact operand is as narrow as the precision allows`(operation: BallOperation) throws {
        var sampling = Sampling(seed: 11)
        for _ in 0..<Sampling.count / 4 {
            let precision = sampling.integer(in: 20...160)
            var operand = Ball(sampling.dyadic(bitCount: precision, exponents: operation.exponents))
            if operation.isPositive && operand.midpoint.isNegative { operand = -operand }
            guard let result = try operation.apply(BallArithmetic(precision: precision), operand), !result.isExact
            else { continue }
            let unit = Magnitude(result.midpoint).scaled(by: -precision)
            #expect(result.radius <= unit * operation.unitCountMax, "\(operation.name) of \(operand) at \(precision)")
        }
    }

    @Test func `sums, products and absolute values contain those of all numbers in the operands`() {
        var sampling = Sampling(seed: 12)
        for _ in 0..<Sampling.count {
            let arithmetic = BallArithmetic(precision: sampling.integer(in: 2...160))
            let left = sampling.ball(bitCount: arithmetic.precision, exponents: -400...400)
            let right = sampling.ball(bitCount: arithmetic.precision, exponents: -400...400)
            let (x, y) = (sampling.member(of: left), sampling.member(of: right))
            #expect(arithmetic.sum(left, right).contains(x + y))
            #expect(arithmetic.difference(left, right).contains(x - y))
            #expect(arithmetic.product(left, right).contains(x * y))
            #expect(left.absoluteValue.contains(x.magnitude))
        }
    }

    @Test func `quotients and powers contain those of all numbers in the operands`() throws {
        var sampling = Sampling(seed: 13)
        for _ in 0..<Sampling.count {
            let arithmetic = BallArithmetic(precision: sampling.integer(in: 2...160))
            let left = sampling.ball(bitCount: arithmetic.precision, exponents: -30...30)
            let right = sampling.ball(bitCount: arithmetic.precision, exponents: -30...30)
            let (x, y) = (sampling.member(of: left), sampling.member(of: right))
            if let quotient = arithmetic.quotient(left, right) {
                #expect(Self.contains(quotient, x, over: y))
            }
            let exponent = sampling.integer(in: -6...6)
            let power = (0..<abs(exponent)).reduce(Dyadic.one) { product, _ in product * x }
            if let ball = arithmetic.power(left, exponent) {
                #expect(exponent < 0 ? Self.contains(ball, .one, over: power) : ball.contains(power))
            }
        }
    }

    /// Returns whether dividend/divisor is in the ball, without dividing.
    private static func contains(_ ball: Ball, _ dividend: Dyadic, over divisor: Dyadic) -> Bool {
        (divisor * ball.lowerBound - dividend).sign * (divisor * ball.upperBound - dividend).sign <= 0
    }

    @Test func `a number that is not known well enough has no quotient, root or logarithm`() throws {
        let arithmetic = BallArithmetic(precision: 60)
        let aroundZero = Ball(.one, radius: Magnitude(2))
        #expect(arithmetic.quotient(.one, aroundZero) == nil)
        #expect(arithmetic.quotient(Ball.one, .zero) == nil)
        #expect(arithmetic.power(aroundZero, -1) == nil)
        #expect(arithmetic.squareRoot(aroundZero) == nil)
        #expect(arithmetic.squareRoot(Ball(-1)) == nil)
        #expect(try arithmetic.logarithm(aroundZero) == nil)
        #expect(try arithmetic.logarithm(Ball.zero) == nil)
        #expect(try arithmetic.exponential(aroundZero) == nil)
        #expect(try arithmetic.exponential(Ball(Dyadic(.one, exponent: 61))) == nil)
    }

    @Test func `a sum of numbers of very different size needs no memory for the distance`() {
        let arithmetic = BallArithmetic(precision: 60)
        let sum = arithmetic.sum(.one, Ball(Dyadic(.one, exponent: -1 << 50)))
        #expect(sum.contains(Dyadic.one))
        #expect(!sum.isExact)
        #expect(arithmetic.difference(sum, .one).sign == nil)
    }

    @Test func `functions of numbers of any size need no memory for their exponents`() throws {
        let arithmetic = BallArithmetic(precision: 60)
        let (huge, tiny) = (Ball(Dyadic(.one, exponent: 1 << 50)), Ball(Dyadic(.one, exponent: -1 << 50)))
        // This is ln(1 + 2^n) = n ln 2, up to far less than the last place.
        let logarithm = try #require(try arithmetic.logarithmOfOnePlus(huge))
        let expected = arithmetic.product(Ball(1 << 50), arithmetic.logarithmOfTwo)
        #expect(!logarithm.isDisjoint(from: expected))
        #expect(logarithm.radius <= .powerOfTwo(0))
        let complement = try #require(try arithmetic.complementaryErrorFunction(tiny))
        #expect(complement.contains(Dyadic.one))
        #expect(try arithmetic.errorFunction(tiny)?.sign == 1)
        #expect(try arithmetic.exponentialMinusOne(tiny)?.sign == 1)
        #expect(try arithmetic.errorFunction(huge) == nil)
    }

    @Test(arguments: 2...200)
    func `constants are not above their value and less than two units below it`(precision: Int) {
        let (arithmetic, wider) = (BallArithmetic(precision: precision), BallArithmetic(precision: precision + 80))
        for (value, exact) in [(arithmetic.pi, wider.pi), (arithmetic.logarithmOfTwo, wider.logarithmOfTwo)] {
            let difference = exact.midpoint - value.midpoint
            #expect(difference.sign >= 0)
            #expect(difference < Dyadic(.one, exponent: 1 - precision))
        }
    }

    @Test(arguments: [64, 130, 4_000, 6_000])
    func `constants begin with their known digits`(precision: Int) throws {
        let arithmetic = BallArithmetic(precision: precision)
        let pi = try #require(try arithmetic.rounded(Real(arithmetic.pi), toDigits: 17))
        #expect(pi == .finite(isNegative: false, digits: Array("31415926535897932".utf8.map { $0 - 48 }), exponent: 1))
        let two = try #require(try arithmetic.rounded(Real(arithmetic.logarithmOfTwo), toDigits: 17))
        #expect(two == .finite(isNegative: false, digits: Array("69314718055994531".utf8.map { $0 - 48 }), exponent: 0))
    }

    @Test func `constants that are computed agree with those that are kept`() {
        let (kept, computed) = (BallArithmetic(precision: 4_352), BallArithmetic(precision: 9_000))
        #expect(!kept.pi.isDisjoint(from: computed.pi))
        #expect(!kept.logarithmOfTwo.isDisjoint(from: computed.logarithmOfTwo))
        #expect(kept.pi.radius <= .powerOfTwo(-4_350))
    }

    @Test func `a cancelled evaluation throws in the middle of its series`() {
        let arithmetic = BallArithmetic(precision: 2_000) { true }
        let argument = Ball(Dyadic(0.7))
        for operation in BallOperation.all where operation.name != "square root" {
            #expect(throws: EvaluationCancelled.self) { try operation.apply(arithmetic, argument) }
        }
    }
}
