/// What one request is called in answers, problems and logs: what its `X-Request-Id` said, or else a name made here.
///
/// Either way it is a token (RFC 9110 §5.6.2) of at most ``byteCountMax`` bytes, so it needs no quotes anywhere: not in
/// a field, not in JSON, not in a log line.
public struct RequestID: Equatable, Sendable {
    /// Of a name that was made here; both are zero in one that was given.
    private let prefix: UInt64
    private let number: UInt64
    private let given: [UInt8]?

    /// The longest that is taken over from a client.
    public static let byteCountMax = 128

    /// A name made here, of two numbers in hexadecimal digits.
    static func made(prefix: UInt64, number: UInt64) -> RequestID { RequestID(prefix: prefix, number: number) }

    private init(prefix: UInt64, number: UInt64) {
        self.prefix = prefix
        self.number = number
        given = nil
    }

    /// The number of a name that was made here.
    var numberMade: UInt64? { given == nil ? number : nil }

    /// Takes over what a client sent, where that is sane.
    public init?(_ value: Span<UInt8>) {
        guard !value.isEmpty, value.count <= Self.byteCountMax else { return nil }
        for index in value.indices where !ByteSet.token.contains(value[index]) { return nil }
        prefix = 0
        number = 0
        given = Array(copying: value)
    }

    /// Appends its text.
    public func append(to output: inout [UInt8]) {
        output.append(addingCapacity: Self.byteCountMax) { append(to: &$0) }
    }

    /// Appends its text.
    ///
    /// - Precondition: There is room for ``byteCountMax`` bytes.
    func append(to output: inout OutputSpan<UInt8>) {
        if let given { return output.append(copying: given) }
        Self.append(prefix: prefix, to: &output)
        Self.append(number: number, to: &output)
    }

    /// Appends what the names that one event loop makes begin with.
    ///
    /// - Precondition: There is room for 17 bytes.
    static func append(prefix: UInt64, to output: inout OutputSpan<UInt8>) {
        precondition(output.freeCapacity >= 17, "There is room for two words and a dash.")
        // SAFETY: 17 bytes are written behind `count`, for which there is room.
        unsafe output.withUnsafeMutableBufferPointer { buffer, count in
            guard let start = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
            unsafe write(digits(UInt32(truncatingIfNeeded: prefix >> 32)), at: start + count)
            unsafe write(digits(UInt32(truncatingIfNeeded: prefix)), at: start + count + 8)
            unsafe (start + count + 16).storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
            count &+= 17
        }
    }

    /// Appends what tells a name from the others of its event loop.
    ///
    /// - Precondition: There is room for 16 bytes.
    @inline(__always)
    static func append(number: UInt64, to output: inout OutputSpan<UInt8>) {
        precondition(output.freeCapacity >= 16, "There is room for two words.")
        // SAFETY: the first word ends at most eight bytes behind `count`, and the second eight bytes behind its digits.
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

    /// Writes eight digits, the one in the highest byte first.
    @inline(__always)
    @unsafe
    private static func write(_ digits: UInt64, at start: UnsafeMutableRawPointer) {
        unsafe start.storeBytes(of: digits.bigEndian, as: UInt64.self)
    }

    /// The eight hexadecimal digits of a number, the first in the highest byte.
    private static func digits(_ number: UInt32) -> UInt64 {
        // Each step moves the upper half of every group away from the lower one, until each nibble has its own byte.
        var spread = UInt64(number)
        spread = (spread | spread << 16) & 0x0000_FFFF_0000_FFFF
        spread = (spread | spread << 8) & 0x00FF_00FF_00FF_00FF
        spread = (spread | spread << 4) & 0x0F0F_0F0F_0F0F_0F0F
        // Adding 6 carries those from 10 on into the next nibble: they are letters, which lie 39 further up.
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

/// Makes names for requests: a prefix drawn at random for each event loop, and a count.
///
/// Unique without coordination, and a name tells nothing but how many requests the loop has seen.
struct RequestIDSource {
    let prefix: UInt64
    private var number: UInt64 = 0

    init(prefix: UInt64) { self.prefix = prefix }

    /// The number in the next name.
    var upcoming: UInt64 { number &+ 1 }

    /// Gives the next name away.
    mutating func advance() { number &+= 1 }

    mutating func next() -> RequestID {
        advance()
        return .made(prefix: prefix, number: number)
    }
}
