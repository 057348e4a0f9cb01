/// The ID of one request in answers, problems and logs: the value of its `X-Request-Id`, or a generated one.
///
/// It is always a token (RFC 9110 §5.6.2) of at most ``byteCountMax`` bytes, so it needs no quotes in a field, in JSON
/// or in a log line.
public struct RequestID: Equatable, Sendable {
    /// The prefix of a generated ID; this and the number are zero in an ID that the client sent.
    private let prefix: UInt64
    private let number: UInt64
    private let given: [UInt8]?

    /// The length of the longest ID that is accepted from a client.
    public static let byteCountMax = 128

    /// Returns a generated ID, which consists of two numbers in hexadecimal digits.
    static func made(prefix: UInt64, number: UInt64) -> RequestID { RequestID(prefix: prefix, number: number) }

    private init(prefix: UInt64, number: UInt64) {
        self.prefix = prefix
        self.number = number
        given = nil
    }

    /// The number of a generated ID, or nil for an ID that the client sent.
    var numberMade: UInt64? { given == nil ? number : nil }

    /// Creates an ID from a client's value, or returns nil if it is not a token or is too long.
    public init?(_ value: Span<UInt8>) {
        guard !value.isEmpty, value.count <= Self.byteCountMax else { return nil }
        for index in value.indices where !ByteSet.token.contains(value[index]) { return nil }
        prefix = 0
        number = 0
        given = Array(copying: value)
    }

    /// Appends the ID's text.
    public func append(to output: inout [UInt8]) {
        output.append(addingCapacity: Self.byteCountMax) { append(to: &$0) }
    }

    /// Appends the ID's text.
    ///
    /// - Precondition: There is space for ``byteCountMax`` bytes.
    func append(to output: inout OutputSpan<UInt8>) {
        if let given { return output.append(copying: given) }
        Self.append(prefix: prefix, to: &output)
        Self.append(number: number, to: &output)
    }

    /// Appends the prefix of the IDs that one event loop generates.
    ///
    /// - Precondition: There is space for 17 bytes.
    static func append(prefix: UInt64, to output: inout OutputSpan<UInt8>) {
        precondition(output.freeCapacity >= 17, "There is room for two words and a dash.")
        // SAFETY: 17 bytes are written after `count`, for which there is space.
        unsafe output.withUnsafeMutableBufferPointer { buffer, count in
            guard let start = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
            unsafe write(digits(UInt32(truncatingIfNeeded: prefix >> 32)), at: start + count)
            unsafe write(digits(UInt32(truncatingIfNeeded: prefix)), at: start + count + 8)
            unsafe (start + count + 16).storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
            count &+= 17
        }
    }

    /// Appends the suffix that distinguishes an ID from the others of its event loop.
    ///
    /// - Precondition: There is space for 16 bytes.
    @inline(__always)
    static func append(number: UInt64, to output: inout OutputSpan<UInt8>) {
        precondition(output.freeCapacity >= 16, "There is room for two words.")
        // SAFETY: the first word ends at most eight bytes after `count`, and the second eight bytes after its digits.
        unsafe output.withUnsafeMutableBufferPointer { buffer, count in
            guard let start = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
            let high = UInt32(truncatingIfNeeded: number >> 32)
            if high > 0 {
                let digitCount = (35 - high.leadingZeroBitCount) / 4
                unsafe write(digits(high) << UInt64(64 - 8 * digitCount), at: start + count)
                count &+= digitCount
            }
            let low = UInt32(truncatingIfNeeded: number)
            let digitCount = high > 0 ? 8 : max(1, (35 - low.leadingZeroBitCount) / 4)
            unsafe write(digits(low) << UInt64(64 - 8 * digitCount), at: start + count)
            count &+= digitCount
        }
    }

    /// Writes eight digits, starting with the one in the highest byte.
    @inline(__always)
    @unsafe
    private static func write(_ digits: UInt64, at start: UnsafeMutableRawPointer) {
        unsafe start.storeBytes(of: digits.bigEndian, as: UInt64.self)
    }

    /// Returns the eight hexadecimal digits of a number, the first in the highest byte.
    private static func digits(_ number: UInt32) -> UInt64 {
        // Each step moves the upper half of every group away from the lower one, until each nibble has its own byte.
        var spread = UInt64(number)
        spread = (spread | spread << 16) & 0x0000_FFFF_0000_FFFF
        spread = (spread | spread << 8) & 0x00FF_00FF_00FF_00FF
        spread = (spread | spread << 4) & 0x0F0F_0F0F_0F0F_0F0F
        // Adding 6 carries digits of 10 or more into the next nibble: they are letters, whose codes are 39 higher.
        let letters = (spread &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return spread &+ 0x3030_3030_3030_3030 &+ letters &* 39
    }
}

extension RequestID: CustomStringConvertible {
    public var description: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Generates IDs for requests from a prefix drawn at random for each event loop, and a counter.
///
/// They are unique without coordination, and an ID reveals only how many requests the loop has received.
struct RequestIDSource {
    let prefix: UInt64
    private var number: UInt64 = 0

    init(prefix: UInt64) { self.prefix = prefix }

    /// The number in the next ID.
    var upcoming: UInt64 { number &+ 1 }

    /// Advances to the number after the next ID's.
    mutating func advance() { number &+= 1 }

    mutating func next() -> RequestID {
        advance()
        return .made(prefix: prefix, number: number)
    }
}
