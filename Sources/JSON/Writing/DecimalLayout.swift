/// Writes a decimal as text, in the layout of ECMAScript's Number::toString (ECMA-262 §6.1.6.1.20).
///
/// That is plain for values from 1e-6 up to but not including 1e21, and otherwise `1.5e-7`, `1e+21`.
///
/// Most numbers of a tensor have 15 to 17 digits, and branches on the position of the point or on an exponent would be
/// mispredicted. So one path without branches handles them all: it stores zeros, digits, point and exponent as words,
/// each past the end of the part that is kept, and reads shifts and lengths from a table of ``DecimalForm``. It stores
/// up to ``JSONText/numberByteCountMax`` bytes at an address, which the caller must provide.
enum DecimalLayout {
    /// Stores the text of `decimal`, whose digits are separated and whose first one is not 0, at `start`.
    ///
    /// - Parameter forms: ``DecimalForm/all``.
    /// - Returns: The length of the text.
    @inline(__always)
    static func write(
        _ decimal: DecimalDigits, at start: UnsafeMutableRawPointer, forms: UnsafePointer<DecimalForm>
    ) -> Int {
        // SAFETY: the table has an element for every position of the point of a finite number.
        let form = unsafe forms + (decimal.pointPosition &- DecimalForm.pointPositions.lowerBound)
        let zeroCount = unsafe Int(truncatingIfNeeded: form.pointee.zeroCount)
        let placeCount = decimal.digitCount &+ zeroCount
        guard unsafe placeCount > Int(truncatingIfNeeded: form.pointee.pointPlace) else {
            return unsafe writeOther(decimal, at: start)
        }
        // The first eight places, and the point between them.
        let places = unsafe decimal.halves.high.byteSwapped &<< UInt64(truncatingIfNeeded: form.pointee.zeroBitCount)
        let before = unsafe places & form.pointee.before
        let word = unsafe before | (places &- before) &<< 8 | form.pointee.marks
        unsafe writeDigits(decimal, at: start + (zeroCount &+ 1))
        unsafe start.storeBytes(of: word.littleEndian, as: UInt64.self)
        unsafe (start + (placeCount &+ 1)).storeBytes(of: form.pointee.suffix.littleEndian, as: UInt64.self)
        return unsafe placeCount &+ Int(truncatingIfNeeded: form.pointee.otherByteCount)
    }

    /// Stores the 17 digits.
    @inline(__always)
    private static func writeDigits(_ decimal: DecimalDigits, at start: UnsafeMutableRawPointer) {
        unsafe start.storeBytes(of: decimal.halves.high.bigEndian, as: UInt64.self)
        unsafe start.storeBytes(of: decimal.halves.low.bigEndian, toByteOffset: 8, as: UInt64.self)
        unsafe start.storeBytes(of: UInt8(truncatingIfNeeded: decimal.last) | 0x30, toByteOffset: 16, as: UInt8.self)
    }

    /// Stores integers, numbers with more than seven digits before the point, and single digits with an exponent.
    @inline(never)
    private static func writeOther(_ decimal: DecimalDigits, at start: UnsafeMutableRawPointer) -> Int {
        let (digitCount, pointPosition) = (decimal.digitCount, decimal.pointPosition)
        unsafe writeDigits(decimal, at: start)
        guard 1...21 ~= pointPosition else {
            let pointEnd = digitCount == 1 ? 1 : unsafe insertPoint(1, digitCount, at: start)
            return pointEnd + (unsafe writeExponent(pointPosition - 1, at: start + pointEnd))
        }
        if digitCount > pointPosition { return unsafe insertPoint(pointPosition, digitCount, at: start) }
        unsafe start.storeBytes(of: UInt32(truncatingIfNeeded: Digits.zeros), toByteOffset: 17, as: UInt32.self)
        return pointPosition
    }

    /// Moves the digits from `position` on by one byte and stores a point there.
    ///
    /// - Returns: The length of the digits and the point.
    private static func insertPoint(_ position: Int, _ digitCount: Int, at start: UnsafeMutableRawPointer) -> Int {
        for index in (position..<digitCount).reversed() {
            let digit = unsafe start.load(fromByteOffset: index, as: UInt8.self)
            unsafe start.storeBytes(of: digit, toByteOffset: index + 1, as: UInt8.self)
        }
        unsafe start.storeBytes(of: UInt8(ascii: "."), toByteOffset: position, as: UInt8.self)
        return digitCount + 1
    }

    private static func writeExponent(_ exponent: Int, at start: UnsafeMutableRawPointer) -> Int {
        unsafe start.storeBytes(of: UInt8(ascii: "e"), as: UInt8.self)
        let sign = exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+")
        unsafe start.storeBytes(of: sign, toByteOffset: 1, as: UInt8.self)
        var rest = exponent.magnitude
        let digitCount = rest < 10 ? 1 : rest < 100 ? 2 : 3
        for index in (0..<digitCount).reversed() {
            let digit = UInt8(truncatingIfNeeded: rest % 10) + 0x30
            unsafe start.storeBytes(of: digit, toByteOffset: 2 + index, as: UInt8.self)
            rest /= 10
        }
        return 2 + digitCount
    }

    /// Stores an integer other than 0 and below 10^8, whose separated digits are `digits`.
    ///
    /// - Returns: The length of the text.
    @inline(__always)
    static func writeInteger(_ digits: UInt64, at start: UnsafeMutableRawPointer) -> Int {
        let zeroCount = (digits ^ Digits.zeros).leadingZeroBitCount &>> 3
        let text = digits.byteSwapped &>> UInt64(truncatingIfNeeded: zeroCount &* 8)
        unsafe start.storeBytes(of: text.littleEndian, as: UInt64.self)
        return 8 &- zeroCount
    }
}
