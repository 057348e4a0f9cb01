/// Validates the syntax of `Host` and of a target's authority: `uri-host [ ":" port ]`, without user information (RFC
/// 9110 §7.2).
enum Authority {
    /// Returns whether `bytes` are a host and optionally a port; an empty host is valid only if `bytes` is empty.
    static func isValid(_ bytes: Span<UInt8>, needsPort: Bool) -> Bool {
        guard !bytes.isEmpty else { return !needsPort }
        let hostEnd: Int
        if bytes[0] == Byte.openBracket {
            var close = 1
            while close < bytes.count, bytes[close] != Byte.closeBracket { close += 1 }
            guard close < bytes.count, isAddressLiteral(bytes.extracting(1..<close)) else { return false }
            hostEnd = close + 1
        } else {
            guard let end = registeredNameEnd(bytes), end > 0 else { return false }
            hostEnd = end
        }
        guard hostEnd < bytes.count else { return !needsPort }
        guard bytes[hostEnd] == Byte.colon else { return false }
        return isPort(bytes.extracting(hostEnd + 1..<bytes.count), mayBeEmpty: !needsPort)
    }

    /// Returns the end of the longest `reg-name` at the start, or nil if a percent escape in it is broken.
    private static func registeredNameEnd(_ bytes: Span<UInt8>) -> Int? {
        var index = 0
        // Most names consist of letters, digits, dots and dashes.
        while index + 8 <= bytes.count {
            let word = ByteWord.load(bytes, at: index)
            let others = ByteWord.othersThanPlainPath(word) | ByteWord.matches(word, Byte.slash)
            index += others.trailingZeroBitCount >> 3
            if others != 0 { break }
        }
        while index < bytes.count {
            if ByteSet.registeredName.contains(bytes[index]) {
                index += 1
            } else if bytes[index] == Byte.percent {
                guard index + 2 < bytes.count, bytes[index + 1].hexadecimalValue != nil,
                    bytes[index + 2].hexadecimalValue != nil
                else { return nil }
                index += 3
            } else {
                break
            }
        }
        return index
    }

    /// Returns whether `bytes` match `*DIGIT` and are a valid port number.
    private static func isPort(_ bytes: Span<UInt8>, mayBeEmpty: Bool) -> Bool {
        guard !bytes.isEmpty else { return mayBeEmpty }
        var port = 0
        for index in bytes.indices {
            guard bytes[index].isDigit else { return false }
            port = port * 10 + Int(bytes[index] &- 0x30)
            guard port <= 65_535 else { return false }
        }
        return true
    }

    /// Returns whether `bytes` may be between brackets: an IPv6 address, or an address of a future version (RFC 3986
    /// §3.2.2).
    private static func isAddressLiteral(_ bytes: Span<UInt8>) -> Bool {
        guard let first = bytes.isEmpty ? nil : bytes[0] else { return false }
        return first.lowercased == 0x76 ? isFutureAddress(bytes) : isVersion6Address(bytes)
    }

    /// Returns whether `bytes` match `"v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )`.
    private static func isFutureAddress(_ bytes: Span<UInt8>) -> Bool {
        var index = 1
        while index < bytes.count, bytes[index].hexadecimalValue != nil { index += 1 }
        guard index > 1, index + 1 < bytes.count, bytes[index] == 0x2E else { return false }
        for rest in index + 1..<bytes.count
        where !ByteSet.registeredName.contains(bytes[rest]) && bytes[rest] != Byte.colon {
            return false
        }
        return true
    }

    /// Returns whether `bytes` are an IPv6 address: eight groups of one to four hex digits, of which the last two may
    /// be an IPv4 address and one run of zeros may be `::`.
    private static func isVersion6Address(_ bytes: Span<UInt8>) -> Bool {
        var groupCount = 0
        var hasGap = false
        var index = 0
        if bytes.count >= 2, bytes[0] == Byte.colon {
            guard bytes[1] == Byte.colon else { return false }
            hasGap = true
            index = 2
        }
        while index < bytes.count {
            let start = index
            while index < bytes.count, bytes[index].hexadecimalValue != nil { index += 1 }
            guard index > start else { return false }
            if index < bytes.count, bytes[index] == 0x2E {
                guard isVersion4Address(bytes.extracting(start..<bytes.count)) else { return false }
                groupCount += 2
                break
            }
            guard index - start <= 4 else { return false }
            groupCount += 1
            guard index < bytes.count else { break }
            guard bytes[index] == Byte.colon, index + 1 < bytes.count else { return false }
            index += 1
            if bytes[index] == Byte.colon {
                guard !hasGap else { return false }
                hasGap = true
                index += 1
            }
        }
        return hasGap ? groupCount <= 7 : groupCount == 8
    }

    /// Returns whether `bytes` are an IPv4 address: four decimal numbers up to 255 without leading zeros.
    private static func isVersion4Address(_ bytes: Span<UInt8>) -> Bool {
        var partCount = 1
        var value = 0
        var digitCount = 0
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == 0x2E {
                guard digitCount > 0, partCount < 4 else { return false }
                partCount += 1
                value = 0
                digitCount = 0
            } else {
                guard byte.isDigit, digitCount == 0 || value > 0 else { return false }
                value = value * 10 + Int(byte &- 0x30)
                digitCount += 1
                guard value <= 255 else { return false }
            }
        }
        return partCount == 4 && digitCount > 0
    }
}
