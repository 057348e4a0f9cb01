/// Writes JSON values, each as bytes behind what an output holds already.
public enum JSONText {
    /// Room that any number takes, in bytes.
    public static let numberByteCountMax = 32

    /// Appends a float64 with the fewest digits that read back to it.
    ///
    /// The layout is that of ECMAScript's Number::toString (and so of RFC 8785), except that -0 keeps its sign. NaN and
    /// infinities are the strings `"NaN"`, `"Infinity"` and `"-Infinity"`.
    ///
    /// - Precondition: `output` has room for ``numberByteCountMax`` bytes, even if the number turns out shorter.
    public static func append(_ value: Double, to output: inout OutputSpan<UInt8>) {
        precondition(output.freeCapacity >= numberByteCountMax, "There is room for a number.")
        guard value.isFinite else {
            return appendNonFinite(isNaN: value.isNaN, isNegative: value < 0, to: &output)
        }
        if value.sign == .minus { output.append(UInt8(ascii: "-")) }
        if value == 0 { return output.append(UInt8(ascii: "0")) }
        append(ShortestDecimal(value.magnitude), to: &output)
    }

    /// Appends a float32: the fewest digits that read back to the same float32; otherwise as for float64.
    ///
    /// - Precondition: `output` has room for ``numberByteCountMax`` bytes, even if the number turns out shorter.
    public static func append(_ value: Float, to output: inout OutputSpan<UInt8>) {
        precondition(output.freeCapacity >= numberByteCountMax, "There is room for a number.")
        guard value.isFinite else {
            return appendNonFinite(isNaN: value.isNaN, isNegative: value < 0, to: &output)
        }
        if value.sign == .minus { output.append(UInt8(ascii: "-")) }
        if value == 0 { return output.append(UInt8(ascii: "0")) }
        append(ShortestDecimal(value.magnitude), to: &output)
    }

    /// Appends a string in quotation marks, with what JSON requires escaped.
    public static func append(_ string: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
            case 0x08: output += "\\b".utf8
            case 0x09: output += "\\t".utf8
            case 0x0A: output += "\\n".utf8
            case 0x0C: output += "\\f".utf8
            case 0x0D: output += "\\r".utf8
            case 0..<0x20: output += "\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    /// Appends a number, as the function of the same name for an `OutputSpan` does.
    public static func append(_ value: Double, to output: inout [UInt8]) {
        output.append(addingCapacity: numberByteCountMax) { append(value, to: &$0) }
    }

    /// Appends a number, as the function of the same name for an `OutputSpan` does.
    public static func append(_ value: Float, to output: inout [UInt8]) {
        output.append(addingCapacity: numberByteCountMax) { append(value, to: &$0) }
    }

    private static func appendNonFinite(isNaN: Bool, isNegative: Bool, to output: inout OutputSpan<UInt8>) {
        append(isNaN ? "\"NaN\"" : isNegative ? "\"-Infinity\"" : "\"Infinity\"", to: &output)
    }

    static func append(_ text: StaticString, to output: inout OutputSpan<UInt8>) {
        for byte in text.description.utf8 { output.append(byte) }
    }

    /// ECMA-262 §6.1.6.1.20 Number::toString: plain digits for exponents from -7 to 20, otherwise `1.5e-7`, `1e+21`.
    private static func append(_ decimal: ShortestDecimal, to output: inout OutputSpan<UInt8>) {
        var digits = decimal.digits
        var exponent = decimal.exponent
        while digits % 10 == 0 {
            digits /= 10
            exponent += 1
        }
        let text = Array(String(digits).utf8)
        // The number is 0.text times ten to this power.
        let pointPosition = text.count + exponent
        if 1...21 ~= pointPosition {
            for (index, digit) in text.enumerated() {
                if index == pointPosition { output.append(UInt8(ascii: ".")) }
                output.append(digit)
            }
            for _ in 0..<max(0, exponent) { output.append(UInt8(ascii: "0")) }
        } else if -5...0 ~= pointPosition {
            append("0.", to: &output)
            for _ in 0..<(-pointPosition) { output.append(UInt8(ascii: "0")) }
            for digit in text { output.append(digit) }
        } else {
            output.append(text[0])
            if text.count > 1 { output.append(UInt8(ascii: ".")) }
            for digit in text.dropFirst() { output.append(digit) }
            append(pointPosition > 0 ? "e+" : "e-", to: &output)
            for digit in String(abs(pointPosition - 1)).utf8 { output.append(digit) }
        }
    }
}
