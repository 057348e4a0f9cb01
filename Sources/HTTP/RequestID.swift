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
        switch self {
        case .made(let prefix, let number):
            Self.append(prefix, digitCount: 16, to: &output)
            output.append(UInt8(ascii: "-"))
            Self.append(number, digitCount: max(1, (67 - number.leadingZeroBitCount) / 4), to: &output)
        case .given(let bytes):
            output.append(contentsOf: bytes)
        }
    }

    private static func append(_ number: UInt64, digitCount: Int, to output: inout [UInt8]) {
        var shift = digitCount * 4
        while shift > 0 {
            shift -= 4
            let digit = UInt8(truncatingIfNeeded: number >> UInt64(shift)) & 0xF
            output.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
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
