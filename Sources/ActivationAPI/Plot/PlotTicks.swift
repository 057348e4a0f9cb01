import Activations
import JSON

/// Round numbers along an axis: multiples of 1, 2 or 5 times a power of ten.
///
/// There are at most `countMax` + 1 of them, by counting rather than by comparing sums: whatever the range, no loop
/// depends on how floating-point numbers round, underflow or overflow.
struct PlotTicks: Equatable, Sendable {
    let values: [Double]

    /// - Parameters:
    ///   - range: Where its length is too small or too large to be divided, or its ends are too far from 0 for its
    ///     length, there are no ticks.
    ///   - countMax: The most ticks, give or take one.
    init(in range: PlotRange, countMax: Int) {
        values = Self.values(in: range, countMax: countMax) ?? []
    }

    private static func values(in range: PlotRange, countMax: Int) -> [Double]? {
        let wanted = range.length / Double(countMax)
        guard wanted.isNormal, let step = steps(near: wanted).first(where: { $0.value(1) >= wanted }) else {
            return nil
        }
        // The quotient is rounded too: an end of the range that is a multiple counts as one.
        let first = (range.lower / step.value(1) - 1e-6).rounded(.up)
        let last = (range.upper / step.value(1) + 1e-6).rounded(.down)
        // The result is nil if the multiples are not exact integers.
        guard max(abs(first), abs(last)) < 0x1p50, let start = Int(exactly: first), let end = Int(exactly: last),
            start <= end
        else { return nil }
        return (start...min(end, start + countMax)).map(step.value)
    }

    /// Returns round numbers in ascending order, the first at most `length` and the last at least that.
    private static func steps(near length: Double) -> [PlotStep] {
        // The decimal exponent follows from the binary one, or is one less.
        let exponent = Int((Double(length.exponent) * 0.301_029_995_663_981_2).rounded(.down))
        return (exponent...exponent + 2).flatMap { exponent in
            [1, 2, 5].map { PlotStep(digit: $0, exponent: exponent) }
        }
    }
}

/// A round number: a digit times a power of ten.
private struct PlotStep {
    let digit: Int
    let exponent: Int

    /// Returns a multiple of it.
    ///
    /// Each is parsed from digits and so rounded once: 0.3, while 3 * 0.1 would be 0.30000000000000004.
    func value(_ index: Int) -> Double { Double("\(index * digit)e\(exponent)") ?? 0 }
}

extension ParameterValue {
    /// The text in a picture's description.
    var text: String {
        switch self {
        case .number(let number): PlotNumber.text(number)
        case .integer(let integer): PlotNumber.text(Double(integer))
        case .choice(let word): word
        }
    }
}

/// Formats numbers.
enum PlotNumber {
    /// Returns a number as the service prints it, with a proper minus sign.
    static func text(_ value: Double) -> String {
        var text: [UInt8] = []
        JSONText.append(value, to: &text)
        let digits = String(decoding: text, as: UTF8.self)
        return digits.hasPrefix("-") ? "−" + digits.dropFirst() : digits
    }

    /// Returns a digit as a subscript.
    static func subscripted(_ digit: Int) -> String {
        precondition((0...9).contains(digit), "A digit is not between 0 and 9.")
        return ["₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"][digit]
    }

    /// Returns a coordinate of a drawing, rounded to a hundredth: `12.5`.
    static func coordinate(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let magnitude = hundredths.magnitude
        var text = (hundredths < 0 ? "-" : "") + String(magnitude / 100)
        if magnitude % 100 != 0 {
            text += "." + String(magnitude % 100 / 10)
            if magnitude % 10 != 0 { text += String(magnitude % 10) }
        }
        return text
    }
}
