import JSON

/// Round numbers along an axis: multiples of 1, 2 or 5 times a power of ten.
struct PlotTicks: Equatable, Sendable {
    let values: [Double]

    /// - Parameter countMax: At most so many, give or take one.
    init(in range: PlotRange, countMax: Int) {
        var exponent = 0
        var unit = 1.0
        let wanted = range.length / Double(countMax)
        while unit > wanted {
            unit /= 10
            exponent -= 1
        }
        while unit * 10 <= wanted {
            unit *= 10
            exponent += 1
        }
        let multiple = [1.0, 2, 5, 10].first { unit * $0 >= wanted } ?? 10
        // Read from digits, each is rounded once: 0.3, where 3 * 0.1 would be 0.30000000000000004.
        func tick(_ index: Double) -> Double { (Double("\(index * multiple)e\(exponent)") ?? 0) + 0 }
        // The quotient is rounded too: an end of the range that is a multiple counts as one.
        let first = (range.lower / tick(1) - 1e-6).rounded(.up)
        let last = (range.upper / tick(1) + 1e-6).rounded(.down)
        values = stride(from: first, through: last, by: 1).map(tick)
    }
}

/// Numbers as text.
enum PlotNumber {
    /// As the service prints it, with a proper minus sign.
    static func text(_ value: Double) -> String {
        var text: [UInt8] = []
        JSONText.append(value, to: &text)
        let digits = String(decoding: text, as: UTF8.self)
        return digits.hasPrefix("-") ? "−" + digits.dropFirst() : digits
    }

    /// A digit as a subscript.
    static func subscripted(_ digit: Int) -> String {
        precondition((0...9).contains(digit), "A digit is between 0 and 9.")
        return ["₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"][digit]
    }

    /// A coordinate of a drawing, to a hundredth: `12.5`.
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
