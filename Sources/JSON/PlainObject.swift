/// The text that most small requests are, `{"input":[1,2]}`: one member, and its value a number or a row of numbers.
///
/// It knows only this form and reads it in one go, without any memory of its own. Whatever it does not know is left to
/// ``JSONObjectReader``, which reads every text and says what is wrong with one; both take the same text for the same
/// numbers.
///
/// Unsafe like ``NumberToken`` and for its reason: the text lies behind pointers, with zeros behind it for as far as a
/// number is looked at.
public enum PlainObject {
    /// Longest text that is read here, in bytes; it lies on the stack meanwhile.
    public static let byteCountMax = 1024

    /// The most numbers that a text of `byteCount` bytes can hold.
    public static func numberCountMax(byteCount: Int) -> Int { byteCount / 2 }

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
    ///   - numbers: Has room for ``numberCountMax(byteCount:)`` more; what is in it when nil is returned means nothing.
    /// - Returns: Nil where the text is of another form, or too long.
    public static func read(
        _ text: Span<UInt8>, member name: StaticString, into numbers: inout OutputSpan<Double>
    ) -> Form? {
        guard text.count <= byteCountMax, numbers.freeCapacity >= numberCountMax(byteCount: text.count) else {
            return nil
        }
        let paddedCount = text.count + NumberToken.byteCountMax
        return unsafe withUnsafeTemporaryAllocation(byteCount: paddedCount, alignment: 8) { buffer in
            // Sound: the buffer has room for the text and the zeros behind it. The cursor stays in it: it only moves
            // on behind a byte that is not zero, and `NumberToken` looks at no more than those zeros. Every number but
            // the last has a comma behind it, so that there is room for all of them.
            unsafe text.withUnsafeBufferPointer { unsafe buffer.copyMemory(from: UnsafeRawBufferPointer($0)) }
            let bytes = unsafe buffer.bindMemory(to: UInt8.self)
            unsafe bytes[text.count...].update(repeating: 0)
            return unsafe Digits.powersOfTen.withUnsafeBufferPointer { powers in
                guard let start = bytes.baseAddress, let powersOfTen = powers.baseAddress else { return nil }
                var cursor = unsafe Cursor(bytes: UnsafePointer(start), powersOfTen: powersOfTen)
                guard let form = cursor.takeObject(name, into: &numbers), cursor.position == text.count else {
                    return nil
                }
                return form
            }
        }
    }

    /// Where in the text reading stands.
    @safe
    private struct Cursor {
        let bytes: UnsafePointer<UInt8>
        let powersOfTen: UnsafePointer<UInt64>
        var position = 0

        mutating func takeObject(_ name: StaticString, into numbers: inout OutputSpan<Double>) -> Form? {
            skipSpace()
            guard take(UInt8(ascii: "{")), takeName(name), take(UInt8(ascii: ":")) else { return nil }
            var form = Form.scalar
            if take(UInt8(ascii: "[")) {
                form = .vector
                repeat {
                    guard takeNumber(into: &numbers) else { return nil }
                } while take(UInt8(ascii: ","))
                guard take(UInt8(ascii: "]")) else { return nil }
            } else {
                guard takeNumber(into: &numbers) else { return nil }
            }
            return take(UInt8(ascii: "}")) ? form : nil
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
                guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
                position &+= 1
            }
        }

        /// Takes the name in its quotation marks, of which the first one has no whitespace behind it.
        private mutating func takeName(_ name: StaticString) -> Bool {
            guard unsafe bytes[position] == UInt8(ascii: "\"") else { return false }
            position &+= 1
            for index in 0..<name.utf8CodeUnitCount {
                // No character of a name is zero, so that this ends at the text's end.
                guard unsafe bytes[position] == name.utf8Start[index] else { return false }
                position &+= 1
            }
            return take(UInt8(ascii: "\""))
        }

        private mutating func takeNumber(into numbers: inout OutputSpan<Double>) -> Bool {
            guard let token = unsafe NumberToken.scan(bytes, &position, powersOfTen),
                let number = token.number?.value
            else { return false }
            numbers.append(number)
            skipSpace()
            return true
        }
    }
}

extension JSONText {
    /// Appends numbers with commas between them, as the elements of an array.
    ///
    /// - Precondition: `output` has room for ``numberByteCountMax`` bytes and a comma for each.
    public static func append(_ values: Span<Double>, to output: inout OutputSpan<UInt8>) {
        precondition(output.freeCapacity >= values.count * (numberByteCountMax + 1), "There is room for the numbers.")
        // Sound: there is room for every number and its comma behind `count`, as has just been checked.
        unsafe output.withUnsafeMutableBufferPointer { buffer, count in
            guard let start = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
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
