/// Writes JSON values, each as bytes appended to an output.
public enum JSONText {
    /// The capacity that writing any number requires, in bytes.
    ///
    /// No text is that long, but words are stored whole: a sign, 23 places and their point, and a word after them.
    public static let numberByteCountMax = 40

    /// The longest text of a number, in bytes: that of -1.2345678901234567 millionths, without an exponent.
    static let numberTextByteCountMax = 25

    /// Appends a float64 with the fewest digits that read back to it.
    ///
    /// The layout is that of ECMAScript's Number::toString (and so of RFC 8785), except that -0 keeps its sign. NaN and
    /// infinities are the strings `"NaN"`, `"Infinity"` and `"-Infinity"`.
    ///
    /// - Precondition: `output` has capacity for ``numberByteCountMax`` bytes, even if the number is shorter.
    public static func append(_ value: Double, to output: inout OutputSpan<UInt8>) {
        precondition(output.freeCapacity >= numberByteCountMax, "There is room for a number.")
        // SAFETY: the precondition ensures the capacity after `count`.
        unsafe output.withUnsafeMutableBufferPointer { buffer, count in
            guard let start = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
            count += unsafe NumberText.write(value, at: start + count)
        }
    }

    /// Appends a float32 with the fewest digits that read back to the same float32; otherwise as for float64.
    ///
    /// - Precondition: `output` has capacity for ``numberByteCountMax`` bytes, even if the number is shorter.
    public static func append(_ value: Float, to output: inout OutputSpan<UInt8>) {
        precondition(output.freeCapacity >= numberByteCountMax, "There is room for a number.")
        // SAFETY: the precondition ensures the capacity after `count`.
        unsafe output.withUnsafeMutableBufferPointer { buffer, count in
            guard let start = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
            count += unsafe NumberText.write(value, at: start + count)
        }
    }

    /// Appends a string in quotation marks, with the escapes that JSON requires.
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

    static func append(_ text: StaticString, to output: inout OutputSpan<UInt8>) {
        for byte in text.description.utf8 { output.append(byte) }
    }
}
