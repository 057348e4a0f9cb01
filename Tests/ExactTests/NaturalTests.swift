import Exact
import Testing

@Suite("Natural numbers")
struct NaturalTests {
    /// Numbers on both sides of the length from which on products are split.
    static let wordCounts = [3, 12, 90, 200]

    @Test(arguments: wordCounts)
    func `products distribute over sums, and differences undo them`(wordCountMax: Int) {
        var sampling = Sampling(seed: 1)
        for _ in 0..<Sampling.count / wordCountMax {
            let a = sampling.natural(wordCountMax: wordCountMax)
            let b = sampling.natural(wordCountMax: wordCountMax)
            let c = sampling.natural(wordCountMax: wordCountMax / 2)
            #expect((a + b) * c == a * c + b * c)
            #expect((a + b) - b == a)
            let word = UInt64(sampling.integer(in: 0...Int.max))
            #expect(a * word == a * Natural(word))
        }
    }

    @Test(arguments: wordCounts)
    func `a quotient times its divisor, plus a remainder below that, is the dividend`(wordCountMax: Int) {
        var sampling = Sampling(seed: 2)
        for _ in 0..<Sampling.count / wordCountMax {
            let dividend = sampling.natural(wordCountMax: wordCountMax)
            let divisor = sampling.natural(wordCountMax: wordCountMax / 2) + .one
            let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
            #expect(remainder < divisor)
            #expect(quotient * divisor + remainder == dividend)
        }
    }

    /// Algorithm D's estimate of a digit is two too large here, and the step that adds the divisor back is taken.
    @Test func `a quotient digit that is estimated too large is corrected`() {
        let dividend = (Natural(1 << 63) << 128) - .one
        let divisor = (Natural(1 << 63) << 64) + Natural(.max)
        let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        #expect(quotient * divisor + remainder == dividend)
        #expect(quotient == Natural(UInt64.max - 1))
    }

    @Test func `a square root is the largest integer whose square is not above the number`() {
        var sampling = Sampling(seed: 3)
        for _ in 0..<Sampling.count / 4 {
            let number = sampling.natural(wordCountMax: 9)
            for candidate in [number, number * number, number * number + .one] {
                let root = candidate.squareRoot()
                #expect(root * root <= candidate)
                #expect((root + .one) * (root + .one) > candidate)
            }
        }
    }

    @Test func `shifts are products and quotients with powers of two`() {
        var sampling = Sampling(seed: 4)
        for _ in 0..<Sampling.count / 4 {
            let number = sampling.natural(wordCountMax: 6)
            let count = sampling.integer(in: 0...300)
            #expect(number << count == number * .power(2, count))
            #expect(number >> count == number / .power(2, count))
            #expect(number.lowBits(count) == number % .power(2, count))
        }
    }

    @Test func `decimal digits read back to the number`() {
        var sampling = Sampling(seed: 5)
        for wordCountMax in [1, 2, 30, 120] {
            for _ in 0..<100 {
                let number = sampling.natural(wordCountMax: wordCountMax)
                #expect(Natural(decimalDigits: number.decimalDigits) == number)
                #expect(number.decimalDigits.first != 0)
            }
        }
        #expect(Natural.powerOfTen(25).decimalDigits == [1] + Array(repeating: 0, count: 25))
        #expect(Natural.power(2, 100).decimalDigits.map(String.init).joined() == "1267650600228229401496703205376")
    }

    @Test func `a greatest common divisor leaves quotients without one`() {
        var sampling = Sampling(seed: 6)
        for _ in 0..<Sampling.count / 10 {
            let (a, b, c) = (
                sampling.natural(wordCountMax: 4), sampling.natural(wordCountMax: 4),
                sampling.natural(wordCountMax: 2) + .one
            )
            let divisor = Natural.greatestCommonDivisor(a * c, b * c)
            #expect((divisor % c).isZero)
            if !divisor.isZero {
                #expect(Natural.greatestCommonDivisor(a * c / divisor, b * c / divisor) == .one)
            }
        }
    }
}
