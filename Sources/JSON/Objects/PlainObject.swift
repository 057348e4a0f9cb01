/// The text that most requests of few numbers are, `{"input":[1,2]}`: one member, a number or a row of numbers.
///
/// It knows only this form and reads it in one go, without any memory of its own. Whatever it does not know is left to
/// ``JSONObjectReader``, which reads every text and says what is wrong with one; both take the same text for the same
/// numbers.
///
/// Unsafe like ``NumberToken`` and for its reason: the text lies behind pointers, with zeros behind it for as far as a
/// number is looked at.
public enum PlainObject {
    /// Longest text that is read here, in bytes.
    public static let byteCountMax = 65_536

    /// Of a longer text only the ends are read byte by byte, and what is between them by ``NumberRun``.
    ///
    /// That takes more time to begin with.
    private static let shortByteCountMax = 512
    /// Of a longer text: where its first number begins at the latest.
    private static let beginningByteCountMax = 64

    /// What the numbers were.
    public enum Form: Sendable {
        /// One, by itself.
        case scalar
        /// One or more, in brackets.
        case vector
    }

    /// Reads a text.
    ///
    /// - Parameters:
    ///   - name: The member's.
    ///   - numbers: Takes the numbers; what is in it when nil is returned means nothing.
    /// - Returns: Nil where the text is of another form, or too long, or has more numbers than there is room for.
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
            // Sound: the buffer has room for the text and the zeros behind it. The cursor stays in it: it only moves
            // on after a byte that is not zero, and numbers are looked for no further than those zeros go.
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

    /// How many bytes of a long text are sampled to estimate its number of commas.
    private static let sampleByteCount = 512

    /// Whether a row is known to have more numbers than there is room for, without having been read.
    ///
    /// Reading all that there is room for in vain would double what a slightly longer row takes. Counting commas takes
    /// a hundredth of reading; it is left out where the first numbers are so long that hardly enough can follow.
    private static func isTooLong(_ text: Span<UInt8>, for capacity: Int) -> Bool {
        guard text.count / 2 > capacity else { return false }
        // Sound: only bytes of the text are looked at.
        return unsafe text.withUnsafeBufferPointer { bytes in
            let sample = unsafe UnsafeBufferPointer(rebasing: bytes[..<sampleByteCount])
            let estimate = unsafe NumberBlockReader.commaCount(sample) * text.count / sampleByteCount
            return unsafe estimate > capacity / 4 * 3 && NumberBlockReader.commaCount(bytes) >= capacity
        }
    }

    /// Whether a text ends in `]}` or `] }`, and whitespace.
    private static func endsInRow(_ text: Span<UInt8>) -> Bool {
        var index = text.count
        for byte in [UInt8(ascii: "}"), UInt8(ascii: "]")] {
            repeat { index -= 1 } while index >= 0 && text[index] <= 0x20
            guard index >= 0, text[index] == byte else { return false }
        }
        return true
    }

    /// Where in the text reading stands.
    @safe
    private struct Cursor {
        let bytes: UnsafePointer<UInt8>
        /// How many bytes there are, with the zeros after the text.
        let count: Int
        let powersOfTen: UnsafePointer<UInt64>
        var position = 0

        /// Takes what is before the first number.
        mutating func takeBeginning(_ name: StaticString) -> Form? {
            skipSpace()
            guard take(UInt8(ascii: "{")), takeName(name), take(UInt8(ascii: ":")) else { return nil }
            return take(UInt8(ascii: "[")) ? .vector : .scalar
        }

        /// Takes a number, in a row more of them, and all that follows.
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

        /// Takes the byte and the whitespace behind it, if it comes next.
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

        /// Takes the name in its quotation marks, of which the first one has no whitespace behind it.
        private mutating func takeName(_ name: StaticString) -> Bool {
            guard unsafe bytes[position] == UInt8(ascii: "\"") else { return false }
            position &+= 1
            let characters = unsafe name.utf8Start
            for index in 0..<name.utf8CodeUnitCount {
                // No character of a name is zero, so that this ends at the text's end.
                guard unsafe bytes[position] == characters[index] else { return false }
                position &+= 1
            }
            return take(UInt8(ascii: "\""))
        }

        /// Takes a number of more digits than ``NumberToken`` has.
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
    /// Fewer numbers are written one by one: the other way takes longer to begin with.
    private static let blockCountMin = 8

    /// Appends numbers with commas between them, as the elements of an array.
    ///
    /// - Precondition: `output` has room for ``numberByteCountMax`` bytes and a comma for each.
    public static func append(_ values: Span<Double>, to output: inout OutputSpan<UInt8>) {
        precondition(output.freeCapacity >= values.count * (numberByteCountMax + 1), "There is room for the numbers.")
        // Sound: there is room for every number and its comma behind `count`, as has just been checked.
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
