/// Reads the text of most requests of few numbers, `{"input":[1,2]}`: one member, a number or a row of numbers.
///
/// It is a fast path, which handles only this form, in one pass and without memory of its own. ``JSONObjectReader`` is
/// the fallback, which reads every text and reports errors; both read the same numbers from the same text.
///
/// It is unsafe for the same reason as ``NumberToken``: it reads the text through pointers, with zeros after the text
/// for as far as a number is read.
public enum PlainObject {
    /// The length of the longest text that is read here, in bytes.
    public static let byteCountMax = 65_536

    /// The length of the longest text that is read byte by byte.
    ///
    /// Of a longer text only the ends are read byte by byte, and the numbers between them by ``NumberRun``, which takes
    /// more time to start.
    private static let shortByteCountMax = 512
    /// The length of the prefix of a longer text that has to contain the start of its first number.
    private static let beginningByteCountMax = 64

    /// Distinguishes a number from a row of numbers.
    public enum Form: Sendable {
        /// One number.
        case scalar
        /// One or more numbers in brackets.
        case vector
    }

    /// Reads a text of the form `{"name":number}` or `{"name":[number,…]}`.
    ///
    /// - Parameters:
    ///   - name: The name of the member.
    ///   - numbers: The output for the numbers; its content is undefined if nil is returned.
    /// - Returns: nil if the text has another form, is too long, or has more numbers than the capacity of `numbers`.
    public static func read(
        _ text: Span<UInt8>, member name: StaticString, into numbers: inout OutputSpan<Double>
    ) -> Form? {
        guard text.count > shortByteCountMax else {
            return withCursor(over: text) { cursor in
                guard let form = cursor.takeBeginning(name),
                    cursor.takeEnd(form, into: &numbers), cursor.position == text.count
                else { return nil }
                return form
            }
        }
        guard text.count <= byteCountMax, endsInRow(text), !isTooLong(text, for: numbers.freeCapacity) else {
            return nil
        }
        let beginning = text.extracting(0..<beginningByteCountMax)
        let start = withCursor(over: beginning) { $0.takeBeginning(name) == .vector ? $0.position : nil }
        guard let start else { return nil }
        var run = NumberRun(position: start, isOverflowKnown: true, noteCountMax: nil)
        guard case .value = run.read(text, into: &numbers), text.count - run.position <= shortByteCountMax else {
            return nil
        }
        let rest = text.extracting(run.position..<text.count)
        return withCursor(over: rest) { cursor in
            cursor.takeEnd(.vector, into: &numbers) && cursor.position == rest.count ? .vector : nil
        }
    }

    /// Calls `body` with a cursor at the beginning of a short text.
    @inline(__always)
    private static func withCursor<Result>(over text: Span<UInt8>, _ body: (inout Cursor) -> Result?) -> Result? {
        let paddedCount = text.count + NumberToken.byteCountMax
        return unsafe withUnsafeTemporaryAllocation(byteCount: paddedCount, alignment: 8) { buffer in
            // SAFETY: the buffer has capacity for the text and the zeros after it. The cursor stays inside it: it only
            // advances past a byte that is not zero, and numbers are read no further than those zeros.
            unsafe text.withUnsafeBufferPointer { unsafe buffer.copyMemory(from: UnsafeRawBufferPointer($0)) }
            let bytes = unsafe buffer.bindMemory(to: UInt8.self)
            unsafe bytes[text.count...].update(repeating: 0)
            return unsafe Digits.powersOfTen.withUnsafeBufferPointer { powers in
                guard let start = bytes.baseAddress, let powersOfTen = powers.baseAddress else { return nil }
                var cursor = unsafe Cursor(
                    bytes: UnsafePointer(start), count: paddedCount, powersOfTen: powersOfTen)
                return body(&cursor)
            }
        }
    }

    /// The number of bytes of a long text that are sampled to estimate its number of commas.
    private static let sampleByteCount = 512

    /// Returns whether a row certainly has more numbers than `capacity`, without reading them.
    ///
    /// Reading `capacity` numbers in vain would double the time that a slightly longer row takes. Counting commas takes
    /// a hundredth of that time; it is omitted if the first numbers are so long that the text can hardly have too many.
    private static func isTooLong(_ text: Span<UInt8>, for capacity: Int) -> Bool {
        guard text.count / 2 > capacity else { return false }
        // SAFETY: only bytes of the text are read.
        return unsafe text.withUnsafeBufferPointer { bytes in
            let sample = unsafe UnsafeBufferPointer(rebasing: bytes[..<sampleByteCount])
            let estimate = unsafe NumberBlockReader.commaCount(sample) * text.count / sampleByteCount
            return unsafe estimate > capacity / 4 * 3 && NumberBlockReader.commaCount(bytes) >= capacity
        }
    }

    /// Returns whether a text ends in `]}` or `] }`, and whitespace.
    private static func endsInRow(_ text: Span<UInt8>) -> Bool {
        var index = text.count
        for byte in [UInt8(ascii: "}"), UInt8(ascii: "]")] {
            repeat { index -= 1 } while index >= 0 && text[index] <= 0x20
            guard index >= 0, text[index] == byte else { return false }
        }
        return true
    }

    /// Reads a text step by step from its current position.
    @safe
    private struct Cursor {
        let bytes: UnsafePointer<UInt8>
        /// The number of bytes, including the zeros after the text.
        let count: Int
        let powersOfTen: UnsafePointer<UInt64>
        var position = 0

        /// Consumes the text before the first number.
        mutating func takeBeginning(_ name: StaticString) -> Form? {
            skipSpace()
            guard take(UInt8(ascii: "{")), takeName(name), take(UInt8(ascii: ":")) else { return nil }
            return take(UInt8(ascii: "[")) ? .vector : .scalar
        }

        /// Consumes a number, the rest of its row if it is in one, and all that follows.
        mutating func takeEnd(_ form: Form, into numbers: inout OutputSpan<Double>) -> Bool {
            skipSpace()
            switch form {
            case .scalar:
                guard takeNumber(into: &numbers) else { return false }
            case .vector:
                repeat {
                    guard takeNumber(into: &numbers) else { return false }
                } while take(UInt8(ascii: ","))
                guard take(UInt8(ascii: "]")) else { return false }
            }
            return take(UInt8(ascii: "}"))
        }

        /// Consumes the byte and the whitespace after it, if the byte comes next.
        @inline(__always)
        private mutating func take(_ byte: UInt8) -> Bool {
            guard unsafe bytes[position] == byte else { return false }
            position &+= 1
            skipSpace()
            return true
        }

        @inline(__always)
        private mutating func skipSpace() {
            while unsafe bytes[position] <= 0x20 {
                let byte = unsafe bytes[position]
                guard JSONWhitespace.contains(byte) else { return }
                position &+= 1
            }
        }

        /// Consumes the name in its quotation marks, without skipping whitespace after the first one.
        private mutating func takeName(_ name: StaticString) -> Bool {
            guard unsafe bytes[position] == UInt8(ascii: "\"") else { return false }
            position &+= 1
            let characters = unsafe name.utf8Start
            for index in 0..<name.utf8CodeUnitCount {
                // No character of a name is zero, so that the comparison ends at the end of the text.
                guard unsafe bytes[position] == characters[index] else { return false }
                position &+= 1
            }
            return take(UInt8(ascii: "\""))
        }

        /// Consumes a number that has more digits than ``NumberToken`` handles.
        @inline(never)
        private mutating func longNumber(from start: Int) -> Double? {
            position = start
            guard let number = unsafe LongNumber(bytes, &position, count: count, powersOfTen) else { return nil }
            let digitsStart = start &+ (number.isNegative ? 1 : 0)
            let digits = unsafe UnsafeBufferPointer(start: bytes + digitsStart, count: position &- digitsStart)
            let magnitude = unsafe number.magnitude(of: digits).value
            guard magnitude.isFinite else { return nil }
            return number.isNegative ? -magnitude : magnitude
        }

        private mutating func takeNumber(into numbers: inout OutputSpan<Double>) -> Bool {
            guard numbers.freeCapacity > 0 else { return false }
            let start = position
            let token = unsafe NumberToken.scan(bytes, &position, powersOfTen)
            guard let number = token.map({ $0.number?.value }) ?? longNumber(from: start) else { return false }
            numbers.append(number)
            skipSpace()
            return true
        }
    }
}

extension JSONText {
    /// The least count of numbers to write as a block; starting a block takes longer than writing fewer one by one.
    private static let blockCountMin = 8

    /// Appends numbers with commas between them, as the elements of an array.
    ///
    /// - Precondition: `output` has capacity for ``numberByteCountMax`` bytes and a comma for each number.
    public static func append(_ values: Span<Double>, to output: inout OutputSpan<UInt8>) {
        precondition(output.freeCapacity >= values.count * (numberByteCountMax + 1), "There is room for the numbers.")
        // SAFETY: the precondition ensures capacity after `count` for every number and its comma.
        unsafe output.withUnsafeMutableBufferPointer { buffer, count in
            guard let start = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
            if values.count >= blockCountMin {
                var next = unsafe start + count
                let lastStart = unsafe start + (buffer.count - numberByteCountMax - 1)
                _ = unsafe values.withUnsafeBufferPointer { values in
                    NumberBlockWriter.with { unsafe $0.write(values, at: &next, upTo: lastStart) { _ in false } }
                }
                unsafe count = next - start - 1  // without the last comma
                return
            }
            for index in values.indices {
                if index > 0 {
                    unsafe start.storeBytes(of: UInt8(ascii: ","), toByteOffset: count, as: UInt8.self)
                    count &+= 1
                }
                let value = values[index]
                unsafe count &+= NumberText.write(value, at: start + count)
            }
        }
    }
}
