import Exact
import Foundation
import RepeatableRandom

/// Generates random operands, including those on which carries, borrows and roundings depend.
struct Sampling {
    /// The number of samples of a test: `EXACT_SAMPLES`, or 2,000.
    static let count = ProcessInfo.processInfo.environment["EXACT_SAMPLES"].flatMap { Int($0) } ?? 2_000

    var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func integer(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    mutating func isHeads() -> Bool { Bool.random(using: &generator) }

    /// Returns a number of at most this many words, of which many are all zeros or all ones.
    mutating func natural(wordCountMax: Int) -> Natural {
        (0..<integer(in: 0...wordCountMax)).reduce(Natural.zero) { number, _ in
            let word: UInt64 =
                switch integer(in: 0...5) {
                case 0: 0
                case 1: .max
                default: generator.next()
                }
            return (number << 64) + Natural(word)
        }
    }

    /// Returns a number with at most this many bits and a leading exponent in the range.
    mutating func dyadic(bitCount: Int, exponents: ClosedRange<Int>) -> Dyadic {
        let significand = natural(wordCountMax: bitCount / 64 + 1).lowBits(bitCount)
        return Dyadic(
            isNegative: isHeads(), significand, exponent: integer(in: exponents) - significand.bitWidth + 1)
    }

    /// Returns a ball, exact in half of all cases, whose radius is between half its midpoint and far less than its last
    /// bit.
    mutating func ball(bitCount: Int, exponents: ClosedRange<Int>) -> Ball {
        let midpoint = dyadic(bitCount: bitCount, exponents: exponents)
        if isHeads() { return Ball(midpoint) }
        return Ball(midpoint, radius: Magnitude(midpoint).scaled(by: -integer(in: 1...bitCount + 40)))
    }

    /// Returns a number in a ball, often one of its ends.
    mutating func member(of ball: Ball) -> Dyadic {
        switch integer(in: 0...3) {
        case 0: ball.lowerBound
        case 1: ball.upperBound
        case 2: ball.midpoint
        default: ball.midpoint + ball.radius.dyadic * dyadic(bitCount: 60, exponents: -1 ... -1)
        }
    }
}
