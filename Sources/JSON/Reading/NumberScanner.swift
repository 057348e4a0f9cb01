/// Reads a JSON number (RFC 8259 §6) of any length, cut at any positions.
///
/// This is the regular path: numbers of a tensor take it only if they are cut, or if their first digits do not decide.
struct NumberScanner {
    private enum State {
        case start, minus, zero, integer, point, fraction, exponentMark, exponentSign, exponent
    }

    private var state = State.start
    private var isNegative = false
    private var decimal = ExactDecimal()
    private var exponent = 0
    private var isExponentNegative = false

    /// Consumes the next byte.
    ///
    /// - Returns: false if the byte does not belong to the number, which then ends before it, or is malformed unless
    ///   ``isComplete``.
    mutating func take(_ byte: UInt8) -> Bool {
        switch (state, byte) {
        case (.start, UInt8(ascii: "-")):
            isNegative = true
            state = .minus
        case (.start, UInt8(ascii: "0")), (.minus, UInt8(ascii: "0")):
            state = .zero
        case (.start, UInt8(ascii: "1")...UInt8(ascii: "9")), (.minus, UInt8(ascii: "1")...UInt8(ascii: "9")),
            (.integer, UInt8(ascii: "0")...UInt8(ascii: "9")):
            addDigit(byte, isFraction: false)
            state = .integer
        case (.zero, UInt8(ascii: ".")), (.integer, UInt8(ascii: ".")):
            state = .point
        case (.point, UInt8(ascii: "0")...UInt8(ascii: "9")), (.fraction, UInt8(ascii: "0")...UInt8(ascii: "9")):
            addDigit(byte, isFraction: true)
            state = .fraction
        case (.zero, UInt8(ascii: "e")), (.integer, UInt8(ascii: "e")), (.fraction, UInt8(ascii: "e")),
            (.zero, UInt8(ascii: "E")), (.integer, UInt8(ascii: "E")), (.fraction, UInt8(ascii: "E")):
            state = .exponentMark
        case (.exponentMark, UInt8(ascii: "+")), (.exponentMark, UInt8(ascii: "-")):
            isExponentNegative = byte == UInt8(ascii: "-")
            state = .exponentSign
        case (.exponentMark, UInt8(ascii: "0")...UInt8(ascii: "9")),
            (.exponentSign, UInt8(ascii: "0")...UInt8(ascii: "9")), (.exponent, UInt8(ascii: "0")...UInt8(ascii: "9")):
            // The exponent saturates far beyond what the digits of any text can compensate.
            if exponent < 100_000_000_000_000_000 { exponent = exponent * 10 + Int(byte - UInt8(ascii: "0")) }
            state = .exponent
        default:
            return false
        }
        return true
    }

    /// Consumes the digits that come next, if they continue a part of the number; ``take(_:)`` consumes the first one
    /// of a part.
    ///
    /// - Returns: The position after them.
    mutating func takeDigits(_ bytes: Span<UInt8>, from start: Int) -> Int {
        let isFraction: Bool
        switch state {
        case .integer: isFraction = false
        case .fraction: isFraction = true
        default: return start
        }
        var end = start
        if decimal.digits.isEmpty {
            while end < bytes.count && bytes[end] == UInt8(ascii: "0") { end += 1 }
            decimal.exponent -= end - start  // leading zeros are those of a fraction
        }
        let firstKept = end
        let keptEnd = min(bytes.count, end + ExactDecimal.digitCountMax - decimal.digits.count)
        while end < keptEnd && bytes[end] &- UInt8(ascii: "0") <= 9 { end += 1 }
        // Appending nothing would write to the empty array that all threads share.
        if end > firstKept {
            decimal.digits.append(addingCapacity: end - firstKept) { digits in
                for index in firstKept..<end { digits.append(bytes[index] &- UInt8(ascii: "0")) }
            }
        }
        if isFraction { decimal.exponent -= end - firstKept }
        guard end == keptEnd else { return end }
        let firstDropped = end
        if skipDigits(bytes, &end) { decimal.isTruncated = true }
        if !isFraction { decimal.exponent += end - firstDropped }
        return end
    }

    /// Moves `position` past the digits that come next.
    private func skipDigits(_ bytes: Span<UInt8>, _ position: inout Int) -> Bool {
        var rest: UInt64 = 0
        // SAFETY: words are loaded at eight bytes before the end at the latest.
        let isAtEnd = unsafe bytes.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return true }
            return unsafe !LongNumber.skipDigits(start, &position, bytes.count - 8, &rest)
        }
        while isAtEnd && position < bytes.count && bytes[position] &- UInt8(ascii: "0") <= 9 {
            rest |= UInt64(bytes[position] &- UInt8(ascii: "0"))
            position += 1
        }
        return rest != 0
    }

    /// Consumes the part of a text that belongs to the number.
    ///
    /// - Returns: The position after that part.
    mutating func take(_ bytes: Span<UInt8>, from start: Int = 0) -> Int {
        var index = start
        while index < bytes.count {
            index = takeDigits(bytes, from: index)
            guard index < bytes.count, take(bytes[index]) else { break }
            index += 1
        }
        return index
    }

    /// Whether the bytes so far are a complete number.
    var isComplete: Bool {
        switch state {
        case .zero, .integer, .fraction, .exponent: true
        case .start, .minus, .point, .exponentMark, .exponentSign: false
        }
    }

    /// Whether the bytes so far are a minus sign.
    var isSign: Bool { state == .minus }

    /// The magnitude of the number.
    var magnitude: ExactDecimal {
        precondition(isComplete, "The number is complete.")
        var magnitude = decimal
        magnitude.exponent += isExponentNegative ? -exponent : exponent
        return magnitude
    }

    /// The number rounded to float64, or nil if that is infinite.
    var number: DecimalNumber? {
        let magnitude = magnitude
        let (rounded, residual) = magnitude.roundedToNearest()
        guard rounded.isFinite else { return nil }
        return DecimalNumber(
            value: isNegative ? -rounded : rounded, residual: isNegative ? -residual : residual,
            isInteger: magnitude.isInteger)
    }

    private mutating func addDigit(_ byte: UInt8, isFraction: Bool) {
        let digit = byte - UInt8(ascii: "0")
        if decimal.digits.count < ExactDecimal.digitCountMax {
            if isFraction { decimal.exponent -= 1 }
            if digit != 0 || !decimal.digits.isEmpty { decimal.digits.append(digit) }
        } else {
            if !isFraction { decimal.exponent += 1 }
            if digit != 0 { decimal.isTruncated = true }
        }
    }
}

/// Reads numbers outside of any object or array, such as values of a query.
public enum JSONNumber {
    /// Classifies a text as a number.
    public enum Reading: Equatable, Sendable {
        case number(DecimalNumber)
        /// A number that exceeds the largest float64.
        case outOfRange
        /// A text that is not a number.
        case malformed
    }

    /// Reads a text that is one JSON number, or one of the words `NaN`, `Infinity` and `-Infinity`, and nothing else.
    public static func read(_ text: Span<UInt8>) -> Reading {
        if let value = nonFinite(text) { return .number(DecimalNumber(value)) }
        var scanner = NumberScanner()
        guard scanner.take(text) == text.count, scanner.isComplete else { return .malformed }
        guard let number = scanner.number else { return .outOfRange }
        return .number(number)
    }

    /// Returns the end of the JSON number that begins at `start` in a text.
    ///
    /// - Returns: nil if no number begins there, or if the text continues it in a way that is not allowed.
    public static func end(in text: Span<UInt8>, from start: Int) -> Int? {
        if start < text.count, let (_, end) = NumberToken.scan(text, from: start) { return end }
        var scanner = NumberScanner()
        let end = scanner.take(text, from: start)
        return scanner.isComplete ? end : nil
    }

    private static func nonFinite(_ text: Span<UInt8>) -> Double? {
        guard text.count <= 9 else { return nil }
        var bytes: [UInt8] = []
        for index in text.indices { bytes.append(text[index]) }
        return nonFiniteValue(of: bytes)
    }

    /// Returns the value of `NaN`, `Infinity` or `-Infinity`, or nil for another word.
    static func nonFiniteValue(of word: [UInt8]) -> Double? {
        switch word.count {
        case 3 where word.elementsEqual("NaN".utf8): .nan
        case 8 where word.elementsEqual("Infinity".utf8): .infinity
        case 9 where word.elementsEqual("-Infinity".utf8): -.infinity
        default: nil
        }
    }
}
