/// Formats the numbers along one axis, all in one notation.
enum PlotLabels {
    /// Returns texts with the same number of decimals (`0.5`, `1.0`), or all with an exponent if that is shorter
    /// (`−4.0e-7`).
    static func texts(of values: [Double]) -> [String] {
        let numbers = values.map(DecimalParts.init)
        let places = numbers.map { $0.digits.count - 1 }.max() ?? 0
        let scientific = numbers.map { $0.scientific(places: places) }
        guard numbers.allSatisfy({ abs($0.exponent) <= 20 }) else { return scientific }
        let decimals = numbers.map { max(0, $0.digits.count - 1 - $0.exponent) }.max() ?? 0
        let fixed = numbers.map { $0.fixed(decimals: decimals) }
        let length = longest(fixed)
        return length <= 6 || length <= longest(scientific) ? fixed : scientific
    }

    private static func longest(_ texts: [String]) -> Int { texts.map(\.count).max() ?? 0 }
}

/// A number as its sign, its significant digits and the decimal exponent of the first of them.
private struct DecimalParts {
    let sign: String
    let digits: String
    let exponent: Int

    init(_ value: Double) {
        let text = PlotNumber.text(value)
        sign = text.hasPrefix("−") ? "−" : ""
        let parts = text.dropFirst(sign.count).split(separator: "e")
        let halves = parts[0].split(separator: ".")
        let all = halves.joined()
        let leading = all.prefix { $0 == "0" }.count
        var significant = all.dropFirst(leading)
        while significant.last == "0" { significant.removeLast() }
        digits = significant.isEmpty ? "0" : String(significant)
        let written = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        exponent = significant.isEmpty ? 0 : halves[0].count - 1 - leading + written
    }

    /// Returns the number with an exponent and this many digits after the point; zero is `0`.
    func scientific(places: Int) -> String {
        guard digits != "0" else { return digits }
        let fraction = digits.dropFirst() + String(repeating: "0", count: places + 1 - digits.count)
        return "\(sign)\(digits.prefix(1))\(fraction.isEmpty ? "" : ".")\(fraction)e\(exponent)"
    }

    /// Returns the number without an exponent and with this many decimals.
    func fixed(decimals: Int) -> String {
        let all = String(repeating: "0", count: max(0, -exponent)) + digits
        let integerCount = max(0, exponent) + 1
        let padded = all + String(repeating: "0", count: max(0, integerCount + decimals - all.count))
        return "\(sign)\(padded.prefix(integerCount))\(decimals > 0 ? "." : "")\(padded.dropFirst(integerCount))"
    }
}
