/// The grammar: one byte, one step.
extension JSONObjectReader {
    /// Takes a byte.
    mutating func take(_ byte: UInt8, at offset: Int) {
        switch state {
        case .inString: takeInString(byte, at: offset)
        case .inNumber:
            if !number.take(byte) {
                endNumber(at: offset)
                // The byte is the first one behind the number.
                if case .malformed = state { return }
                take(byte, at: offset)
            }
        case .inLiteral(let rest):
            guard UInt8(truncatingIfNeeded: rest) == byte else { return fail("There is no such literal.", at: offset) }
            state = rest >> 8 == 0 ? stateBehindValue : .inLiteral(rest: rest >> 8)
        default:
            if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { return }
            takeToken(byte, at: offset)
        }
    }

    /// Takes the first byte of a token.
    private mutating func takeToken(_ byte: UInt8, at offset: Int) {
        switch state {
        case .value: beginValue(byte, at: offset)
        case .firstElement:
            if byte == UInt8(ascii: "]") { closeContainer() } else { beginValue(byte, at: offset) }
        case .firstName where byte == UInt8(ascii: "}"): closeContainer()
        case .firstName, .name:
            guard byte == UInt8(ascii: "\"") else { return fail("The name of a member must come here.", at: offset) }
            isName = true
            beginString(isHeld: isNameHeld)
        case .colon:
            guard byte == UInt8(ascii: ":") else { return fail("A colon must come here.", at: offset) }
            state = .value
        case .afterValue:
            if byte == UInt8(ascii: ",") {
                state = isInObject ? .name : .value
            } else if byte == UInt8(ascii: isInObject ? "}" : "]") {
                closeContainer()
            } else {
                fail(isInObject ? "A comma or } must come here." : "A comma or ] must come here.", at: offset)
            }
        case .end: fail("Nothing may follow the value.", at: offset)
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
        default: fail("A value must come here.", at: offset)
        }
        if case .inLiteral = state { admit(byte == UInt8(ascii: "n") ? .null : .boolean) }
    }

    private mutating func beginString(isHeld: Bool) {
        string = StringScanner(isHeld: isHeld)
        state = .inString
    }

    private mutating func takeInString(_ byte: UInt8, at offset: Int) {
        switch string.take(byte) {
        case .more: break
        case .end where isName:
            isName = false
            state = .colon
            endName()
        case .end:
            state = stateBehindValue
            endString()
        case .malformed(let message): fail(message, at: offset)
        }
    }

    private var stateBehindValue: State { depth == 0 ? .end : .afterValue }

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
        guard number.isComplete else { return fail("A digit must come here.", at: offset) }
        state = stateBehindValue
        endNumber()
    }

    private mutating func fail(_ message: StaticString, at offset: Int) {
        state = .malformed(message, offset: offset)
    }
}
