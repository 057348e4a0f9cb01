import Activations

/// Returns the distance of an answer from the exact value, in units of the exact value's last place.
///
/// - Parameters:
///   - answer: A number of the format.
///   - rounded: The exact value, rounded to the format.
///   - rest: The part that this rounding cut off, in ulps.
/// - Returns: The distance; infinity if exactly one of the two is NaN or infinite.
func ulpError<Element: TensorElement>(of answer: Element, rounded: Element, rest: Double) -> Double {
    if rounded.isNaN || answer.isNaN { return rounded.isNaN && answer.isNaN ? 0 : .infinity }
    if rounded.isInfinite || answer.isInfinite { return rounded == answer ? 0 : .infinity }
    let least = Int(Element.leastNormalMagnitude.exponent)
    var exponent = rounded == 0 ? least : max(Int(rounded.exponent), least)
    // Just below a power of two the exact value's ulp is half of that of the rounded one.
    let isBelowPower = rounded.significand == 1 && rest * Double(rounded) < 0
    if isBelowPower, exponent > least { exponent -= 1 }
    let difference = Double(answer) - Double(rounded)
    let ulps = Double(sign: .plus, exponent: Element.significandBitCount - exponent, significand: difference)
    return abs(ulps - rest)
}
