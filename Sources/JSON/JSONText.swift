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
        // Sound: there is room behind `count`, as has just been checked.
        unsafe output.withUnsafeMutableBufferPointer { buffer, count in
            guard let start = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
            count += unsafe write(value, at: start + count)
        }
    }

    /// Appends a float32 with the fewest digits that read back to the same float32; otherwise as for float64.
    ///
    /// - Precondition: `output` has room for ``numberByteCountMax`` bytes, even if the number turns out shorter.
    public static func append(_ value: Float, to output: inout OutputSpan<UInt8>) {
        precondition(output.freeCapacity >= numberByteCountMax, "There is room for a number.")
        // Sound: there is room behind `count`, as has just been checked.
        unsafe output.withUnsafeMutableBufferPointer { buffer, count in
            guard let start = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
            count += unsafe write(value, at: start + count)
        }
    }

    /// Stores a number's text at `start`.
    ///
    /// - Returns: Its length. Up to ``numberByteCountMax`` bytes at `start` may be stored to.
    @inline(__always)
    static func write(_ value: Double, at start: UnsafeMutableRawPointer) -> Int {
        unsafe start.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
        let signCount = value.sign == .minus ? 1 : 0
        let magnitude = value.magnitude
        // Adding 2^52 rounds to an integer and has it in the last bits.
        let shifted = magnitude + 0x1p52
        if shifted - 0x1p52 == magnitude && magnitude < 0x1p52 {
            return unsafe signCount &+ writeInteger(shifted.bitPattern & 0xF_FFFF_FFFF_FFFF, at: start + signCount)
        }
        guard magnitude < .infinity else { return unsafe writeNonFinite(value, at: start) }
        return unsafe signCount &+ DecimalLayout(ShortestDecimal(magnitude)).write(at: start + signCount)
    }

    /// Stores a number's text at `start`, as the function of the same name for float64 does.
    @inline(__always)
    static func write(_ value: Float, at start: UnsafeMutableRawPointer) -> Int {
        unsafe start.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
        let signCount = value.sign == .minus ? 1 : 0
        let magnitude = value.magnitude
        let shifted = magnitude + 0x1p23
        if shifted - 0x1p23 == magnitude && magnitude < 0x1p23 {
            return unsafe signCount &+ writeInteger(UInt64(shifted.bitPattern & 0x7F_FFFF), at: start + signCount)
        }
        guard magnitude < .infinity else { return unsafe writeNonFinite(Double(value), at: start) }
        return unsafe signCount &+ DecimalLayout(ShortestDecimal(magnitude)).write(at: start + signCount)
    }

    private static func writeInteger(_ value: UInt64, at start: UnsafeMutableRawPointer) -> Int {
        if value < 10 {
            unsafe start.storeBytes(of: UInt8(truncatingIfNeeded: value) + 0x30, as: UInt8.self)
            return 1
        }
        return unsafe DecimalLayout(ShortestDecimal(digits: value, exponent: 0)).write(at: start)
    }

    private static func writeNonFinite(_ value: Double, at start: UnsafeMutableRawPointer) -> Int {
        let text: StaticString = value.isNaN ? "\"NaN\"" : value < 0 ? "\"-Infinity\"" : "\"Infinity\""
        unsafe start.copyMemory(from: text.utf8Start, byteCount: text.utf8CodeUnitCount)
        return text.utf8CodeUnitCount
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

    static func append(_ text: StaticString, to output: inout OutputSpan<UInt8>) {
        for byte in text.description.utf8 { output.append(byte) }
    }
}
