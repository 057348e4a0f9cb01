/// What one request is called in answers, problems and logs: what its `X-Request-Id` said, or else a name made here.
///
/// Either way it is a token (RFC 9110 §5.6.2) of at most ``byteCountMax`` bytes, so it needs no quotes anywhere: not in
/// a field, not in JSON, not in a log line.
public enum RequestID: Equatable, Sendable {
    case made(prefix: UInt64, number: UInt64)
    case given([UInt8])

    /// The longest that is taken over from a client.
    public static let byteCountMax = 128

    /// Takes over what a client sent, where that is sane.
    public init?(_ value: Span<UInt8>) {
        guard !value.isEmpty, value.count <= Self.byteCountMax else { return nil }
        for index in value.indices where !ByteSet.token.contains(value[index]) { return nil }
        self = .given(Array(copying: value))
    }

    /// Appends its text.
    public func append(to output: inout [UInt8]) {
        output.append(addingCapacity: Self.byteCountMax) { append(to: &$0) }
    }

    /// Appends its text.
    ///
    /// - Precondition: There is room for ``byteCountMax`` bytes.
    func append(to output: inout OutputSpan<UInt8>) {
        switch self {
        case .made(let prefix, let number):
            precondition(output.freeCapacity >= 33, "There is room for a name.")
            Self.append(Self.digits(UInt32(truncatingIfNeeded: prefix >> 32)), count: 8, to: &output)
            Self.append(Self.digits(UInt32(truncatingIfNeeded: prefix)), count: 8, to: &output)
            output.append(UInt8(ascii: "-"))
            let digitCount = max(1, (67 - number.leadingZeroBitCount) / 4)
            let highCount = max(0, digitCount - 8)
            if highCount > 0 {
                Self.append(Self.digits(UInt32(truncatingIfNeeded: number >> 32)), count: highCount, to: &output)
            }
            Self.append(Self.digits(UInt32(truncatingIfNeeded: number)), count: digitCount - highCount, to: &output)
        case .given(let bytes):
            output.append(copying: bytes)
        }
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

    /// Appends the last `count` of eight digits.
    @inline(__always)
    private static func append(_ digits: UInt64, count: Int, to output: inout OutputSpan<UInt8>) {
        var shift = UInt64(truncatingIfNeeded: count * 8)
        while shift > 0 {
            shift &-= 8
            output.append(UInt8(truncatingIfNeeded: digits &>> shift))
        }
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
    private let prefix: UInt64
    private var number: UInt64 = 0

    init(prefix: UInt64) { self.prefix = prefix }

    mutating func next() -> RequestID {
        number &+= 1
        return .made(prefix: prefix, number: number)
    }
}
