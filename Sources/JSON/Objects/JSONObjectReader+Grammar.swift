/// The grammar: each step consumes one token, or a piece of one.
extension JSONObjectReader {
    /// Consumes one byte or more.
    ///
    /// - Returns: The position of the next byte to consume.
    mutating func step(_ bytes: Span<UInt8>, from start: Int) -> Int {
        switch state {
        case .inString: return takeInString(bytes, from: start)
        case .inNumber: return takeInNumber(bytes, from: start)
        case .inLiteral(let rest):
            if UInt8(truncatingIfNeeded: rest) == bytes[start] {
                state = rest >> 8 == 0 ? stateBehindValue : .inLiteral(rest: rest >> 8)
            } else {
                fail("Expected true, false or null.", at: pieceOffset + start)
            }
            return start + 1
        case .malformed, .stopped: return bytes.count
        default:
            let byte = bytes[start]
            if JSONWhitespace.contains(byte) { return start + 1 }
            switch state {
            case .name, .firstName: if let end = takeShortName(bytes, from: start) { return end }
            case .value, .firstElement: if let end = takeShortNumbers(bytes, from: start) { return end }
            default: break
            }
            takeToken(byte, at: pieceOffset + start)
            return start + 1
        }
    }

    private mutating func takeInNumber(_ bytes: Span<UInt8>, from start: Int) -> Int {
        let index = number.take(bytes, from: start)
        guard index < bytes.count else { return index }
        if bytes[index] == UInt8(ascii: "I"), number.isSign {
            // This is -Infinity without quotes: a digit must follow the sign.
            fail("Expected a digit. Infinities are written as strings: \"-Infinity\".", at: pieceOffset + index)
        } else {
            // The byte at `index` is the first one after the number.
            endNumber(at: pieceOffset + index)
        }
        return index
    }

    private mutating func takeInString(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while true {
            index = string.takeRun(bytes, from: index)
            guard index < bytes.count else { break }
            let outcome = string.take(bytes[index])
            index += 1
            switch outcome {
            case .more: continue
            case .end where isName:
                isName = false
                state = .colon
                endName()
            case .end:
                state = stateBehindValue
                endString()
            case .malformed(let message): fail(message, at: pieceOffset + index - 1)
            }
            break
        }
        return index
    }

    /// Consumes a member's name that is complete in the input and has no escapes, if the schema contains it.
    ///
    /// - Returns: The position after the name, or nil, with no change, if the regular path has to read it.
    private mutating func takeShortName(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        guard bytes[start] == UInt8(ascii: "\""), isNameHeld else { return nil }
        let last = min(bytes.count, start + 1 + JSONLimits.heldStringByteCountMax)
        var end = start + 1
        while end < last && bytes[end] != UInt8(ascii: "\"") { end += 1 }
        // The names of a schema contain no character that has to be escaped.
        guard end < last, let index = schema.index(of: bytes.extracting(start + 1..<end)) else { return nil }
        role = members.contains { $0.index == index } ? .duplicateMember(index) : .member(index)
        state = .colon
        return end + 1
    }

    /// Consumes the first byte of a token.
    private mutating func takeToken(_ byte: UInt8, at offset: Int) {
        switch state {
        case .value: beginValue(byte, at: offset)
        case .firstElement:
            if byte == UInt8(ascii: "]") { closeContainer() } else { beginValue(byte, at: offset) }
        case .firstName where byte == UInt8(ascii: "}"): closeContainer()
        case .firstName, .name:
            guard byte == UInt8(ascii: "\"") else {
                return fail("Expected a member name in double quotes.", at: offset)
            }
            isName = true
            beginString(isHeld: isNameHeld)
        case .colon:
            guard byte == UInt8(ascii: ":") else { return fail("Expected ':'.", at: offset) }
            state = .value
        case .afterValue:
            if byte == UInt8(ascii: ",") {
                state = isInObject ? .name : .value
            } else if byte == UInt8(ascii: isInObject ? "}" : "]") {
                closeContainer()
            } else {
                fail(isInObject ? "Expected ',' or '}'." : "Expected ',' or ']'.", at: offset)
            }
        case .end: fail("Unexpected text after the value.", at: offset)
        case .inString, .inNumber, .inLiteral, .malformed, .stopped: break
        }
    }

    private mutating func beginValue(_ byte: UInt8, at offset: Int) {
        valueOffset = offset
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "{"): openContainer(isObject: byte == UInt8(ascii: "{"), at: offset)
        case UInt8(ascii: "\""):
            admit(.string)
            if case .ignored = role { beginString(isHeld: false) } else { beginString(isHeld: true) }
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            admit(.number)
            number = NumberScanner()
            _ = number.take(byte)
            state = .inNumber
        case UInt8(ascii: "t"): state = .inLiteral(rest: 0x65_75_72)
        case UInt8(ascii: "f"): state = .inLiteral(rest: 0x65_73_6C_61)
        case UInt8(ascii: "n"): state = .inLiteral(rest: 0x6C_6C_75)
        case 0xEF where offset == 0: fail("A byte order mark is not allowed.", at: offset)
        // Python's json and other encoders write these words without quotes.
        case UInt8(ascii: "N"), UInt8(ascii: "I"):
            fail("Expected a value. NaN and the infinities are written as strings: \"NaN\".", at: offset)
        default: fail("Expected a value.", at: offset)
        }
        if case .inLiteral = state { admit(byte == UInt8(ascii: "n") ? .null : .boolean) }
    }

    private mutating func beginString(isHeld: Bool) {
        string = StringScanner(isHeld: isHeld)
        state = .inString
    }

    var stateBehindValue: State { depth == 0 ? .end : .afterValue }

    /// Whether the innermost open container is an object.
    private var isInObject: Bool {
        let level = depth - 1
        return objectBits[level >> 6] >> UInt64(level & 63) & 1 == 1
    }

    private mutating func openContainer(isObject: Bool, at offset: Int) {
        admit(isObject ? .object : .array)
        if case .stopped = state { return }
        guard depth < JSONLimits.nestingDepthMax else { return state = .stopped }
        let bit: UInt64 = 1 << UInt64(depth & 63)
        if isObject { objectBits[depth >> 6] |= bit } else { objectBits[depth >> 6] &= ~bit }
        depth += 1
        state = isObject ? .firstName : .firstElement
    }

    private mutating func closeContainer() {
        depth -= 1
        state = stateBehindValue
        endContainer()
    }

    mutating func endNumber(at offset: Int) {
        guard number.isComplete else { return fail("Expected a digit.", at: offset) }
        state = stateBehindValue
        endNumber()
    }

    private mutating func fail(_ message: StaticString, at offset: Int) {
        state = .malformed(message, offset: offset)
    }
}
