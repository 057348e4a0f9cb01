/// The unevaluated sum of two doubles, `high + low`, where `low` is about as small as the rounding error of `high`.
///
/// It has some 106 bits of precision from plain additions and multiplications without a branch, so that loops over it
/// vectorise. The error-free steps are those of T. J. Dekker (1971) and D. E. Knuth (TAOCP 2, section 4.2.2); the
/// others state their errors. Nothing here may be reordered: Swift keeps the order of floating-point operations and
/// never contracts them.
struct DoubleDouble {
    var high: Double
    var low: Double

    @inline(__always)
    init(_ high: Double, _ low: Double = 0) {
        self.high = high
        self.low = low
    }

    /// Both halves rounded to one double.
    @inline(__always)
    var value: Double { high + low }

    /// Returns a + b without error, if |a| ≥ |b| or a = 0.
    @inline(__always)
    static func exactSum(larger a: Double, smaller b: Double) -> DoubleDouble {
        let sum = a + b
        return DoubleDouble(sum, b - (sum - a))
    }

    /// Returns a + b without error.
    @inline(__always)
    static func exactSum(_ a: Double, _ b: Double) -> DoubleDouble {
        let sum = a + b
        let part = sum - a
        return DoubleDouble(sum, (a - (sum - part)) + (b - part))
    }

    /// Returns a · b without error, barring overflow and underflow.
    @inline(__always)
    static func exactProduct(_ a: Double, _ b: Double) -> DoubleDouble {
        let product = a * b
        #if FUSED_MULTIPLY_ADD || arch(arm64)
            return DoubleDouble(product, (-product).addingProduct(a, b))
        #else
            let (x, y) = (split(a), split(b))
            return DoubleDouble(
                product, ((x.high * y.high - product) + x.high * y.low + x.low * y.high) + x.low * y.low)
        #endif
    }

    /// Returns `a` as the sum of two numbers of 26 bits, whose products are exact.
    @inline(__always)
    private static func split(_ a: Double) -> DoubleDouble {
        let scaled = 0x8000001p0 * a
        let high = scaled - (scaled - a)
        return DoubleDouble(high, a - high)
    }

    /// Returns the same number with `low` no larger than half an ulp of `high`, given |high| ≥ |low|.
    @inline(__always)
    var normalized: DoubleDouble { .exactSum(larger: high, smaller: low) }

    /// Returns the number multiplied by a power of two, which is exact.
    @inline(__always)
    func scaled(by power: Double) -> DoubleDouble { DoubleDouble(high * power, low * power) }

    @inline(__always)
    static prefix func - (a: DoubleDouble) -> DoubleDouble { DoubleDouble(-a.high, -a.low) }

    /// Returns a + b for |a| ≥ |b|; the low part is rounded, and not normalised.
    @inline(__always)
    static func sum(larger a: Double, smaller b: DoubleDouble) -> DoubleDouble {
        let sum = exactSum(larger: a, smaller: b.high)
        return DoubleDouble(sum.high, sum.low + b.low)
    }

    /// Returns a · b with a relative error of some 2^-103.
    @inline(__always)
    static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
        let product = exactProduct(a.high, b.high)
        // A plain sum of two products, not fused, so that swapping a and b gives the same bits.
        return exactSum(larger: product.high, smaller: product.low + (a.high * b.low + a.low * b.high))
    }

    /// Returns a² as an unevaluated sum, with a relative error of 2^-79 or better.
    @inline(__always)
    static func square(_ a: Double) -> DoubleDouble {
        #if FUSED_MULTIPLY_ADD || arch(arm64)
            return exactProduct(a, a)
        #else
            let parts = split(a)
            return DoubleDouble(parts.high * parts.high, (a + parts.high) * parts.low)
        #endif
    }

    /// Returns a / b with a relative error of some 2^-78 or better, from a first quotient and its residual.
    @inline(__always)
    static func / (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
        let reciprocal = 1 / b.high
        #if FUSED_MULTIPLY_ADD || arch(arm64)
            let quotient = a.high * reciprocal
            let residual = a.high.addingProduct(-quotient, b.high)
        #else
            // 26 bits of the quotient, so that its products with the halves of b.high are exact.
            let quotient = split(a.high * reciprocal).high
            let divisor = split(b.high)
            let residual = (a.high - quotient * divisor.high) - quotient * divisor.low
        #endif
        let correction = (residual + (a.low - quotient * b.low)) * reciprocal
        return exactSum(larger: quotient, smaller: correction)
    }
}

/// Returns a · b + c, fused if the processor has the instruction.
@inline(__always)
func multiplyAdd(_ a: Double, _ b: Double, _ c: Double) -> Double {
    #if FUSED_MULTIPLY_ADD || arch(arm64)
        c.addingProduct(a, b)
    #else
        a * b + c
    #endif
}
