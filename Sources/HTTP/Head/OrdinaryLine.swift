// Fast paths for the lines of nearly every request, read eight bytes at a time. Each returns nil for anything it does
// not handle, valid or not; the full parser then decides, so that each rule's error has a single source.

extension FieldLine {
    /// Reads a line that has arrived completely and whose name consists of letters and dashes.
    ///
    /// - Parameters:
    ///   - start: The position of the line; afterwards, that of the next one.
    ///   - end: The end of the bytes that may be read. A line that ends close to it is not handled.
    @inline(__always)
    init?(ordinaryIn bytes: Span<UInt8>, from start: inout Int, before end: Int) {
        guard start >= 0, end <= bytes.count, let nameEnd = ByteWord.nameEnd(bytes, from: start, before: end),
            nameEnd > start,
            bytes[nameEnd] == Byte.colon,
            let valueEnd = ByteWord.fieldValueEnd(bytes, from: nameEnd + 1, before: end), valueEnd + 1 < end,
            bytes[valueEnd] == Byte.carriageReturn, bytes[valueEnd + 1] == Byte.lineFeed
        else { return nil }
        let name = start..<nameEnd
        start = valueEnd + 2
        let valueStart = bytes[nameEnd + 1] == Byte.space ? nameEnd + 2 : nameEnd + 1
        // Nearly every client writes one space before the value and none after it.
        let isTrimmed =
            valueStart < valueEnd && !bytes[valueStart].isOptionalWhitespace
            && !bytes[valueEnd - 1].isOptionalWhitespace
        self.init(
            name: name,
            value: isTrimmed
                ? valueStart..<valueEnd : bytes.trimmingOptionalWhitespace(nameEnd + 1..<valueEnd))
    }
}

extension RequestLine {
    /// Reads a request line with GET or POST, a path without escapes or query, and HTTP/1.1.
    ///
    /// - Parameter line: The line without its CRLF; the caller has checked that it consists of visible ASCII and
    ///   spaces.
    @inline(__always)
    init?(ordinary line: Range<Int>, in bytes: Span<UInt8>) {
        // The shortest is `GET /1234567 HTTP/1.1`, in which words fit everywhere.
        guard line.upperBound <= bytes.count, line.count >= 21 else { return nil }
        let method: Method
        let pathStart: Int
        let beginning = ByteWord.load(bytes, at: line.lowerBound)
        if beginning & 0xFF_FFFF_FFFF == ByteWord.of("POST ") {
            method = .post
            pathStart = line.lowerBound + 5
        } else if beginning & 0xFFFF_FFFF == ByteWord.of("GET ") {
            method = .get
            pathStart = line.lowerBound + 4
        } else {
            return nil
        }
        let pathEnd = line.upperBound - 9
        guard pathEnd - pathStart >= 8, bytes[pathStart] == Byte.slash, bytes[pathEnd] == Byte.space,
            ByteWord.load(bytes, at: pathEnd + 1) == ByteWord.of("HTTP/1.1"),
            ByteWord.isPlainPath(bytes, pathStart..<pathEnd)
        else { return nil }
        self.init(method: method, path: pathStart..<pathEnd)
    }
}

extension ByteWord {
    /// Returns the position of the first byte that is neither a letter nor a dash, or nil if it is close to `end`.
    @inline(__always)
    fileprivate static func nameEnd(_ bytes: Span<UInt8>, from start: Int, before end: Int) -> Int? {
        var next = start
        while next <= end &- 8 {
            // SAFETY: `start` is not negative, and the eight bytes from `next` end before `end`, which is within the
            // span.
            let others = unsafe othersThanLettersAndDashes(loadUnchecked(bytes, at: next))
            if others != 0 { return next &+ others.trailingZeroBitCount >> 3 }
            next &+= 8
        }
        return nil
    }

    /// Returns the position of the first byte that is invalid in a field value, or nil if it is close to `end`.
    @inline(__always)
    fileprivate static func fieldValueEnd(_ bytes: Span<UInt8>, from start: Int, before end: Int) -> Int? {
        var next = start
        while next <= end &- 8 {
            // SAFETY: the bounds are those of ``nameEnd(_:from:before:)``.
            let controls = unsafe controls(loadUnchecked(bytes, at: next))
            next &+= controls.trailingZeroBitCount >> 3
            guard controls != 0 else { continue }
            guard bytes[next] == Byte.tab else { return next }
            next &+= 1
        }
        return nil
    }

    /// Returns whether these bytes, eight or more, are letters, digits, `-`, `.`, `/` and `_`.
    @inline(__always)
    static func isPlainPath(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var next = range.lowerBound
        let last = range.upperBound - 8
        while next < last {
            if othersThanPlainPath(load(bytes, at: next)) != 0 { return false }
            next &+= 8
        }
        // The last word ends at the end, and may overlap the previous one.
        return othersThanPlainPath(load(bytes, at: last)) == 0
    }
}
