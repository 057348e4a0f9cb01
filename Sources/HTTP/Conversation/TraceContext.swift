/// The trace that a request belongs to: the `traceparent` field of W3C Trace Context (level 1, §3.2).
public struct TraceContext: Equatable, Sendable {
    /// The trace's ID: 32 lowercase digits, not all zero.
    public let traceID: String
    /// The ID of the caller's span: 16 lowercase digits, not all zero.
    public let parentID: String
    public let isSampled: Bool

    /// Parses a field such as `00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01`; returns nil if it breaks a
    /// rule, since it must then be ignored as a whole.
    public init?(_ field: Span<UInt8>) {
        guard field.count >= 55, let version = Self.lowerHex(field, 0..<2), version != "ff",
            field[2] == Self.dash, field[35] == Self.dash, field[52] == Self.dash,
            let traceID = Self.lowerHex(field, 3..<35), let parentID = Self.lowerHex(field, 36..<52),
            let flags = Self.lowerHex(field, 53..<55)
        else { return nil }
        // Version 00 ends here; a later one may continue after another dash.
        guard field.count == 55 || (version != "00" && field[55] == Self.dash) else { return nil }
        guard traceID.contains(where: { $0 != "0" }), parentID.contains(where: { $0 != "0" }) else { return nil }
        self.traceID = traceID
        self.parentID = parentID
        isSampled = (UInt8(flags, radix: 16) ?? 0) & 1 == 1
    }

    private static let dash = UInt8(ascii: "-")

    private static func lowerHex(_ field: Span<UInt8>, _ range: Range<Int>) -> String? {
        for index in range {
            guard case 0x30...0x39 = field[index] else {
                guard case 0x61...0x66 = field[index] else { return nil }
                continue
            }
        }
        return String(decoding: Array(copying: field.extracting(range)), as: UTF8.self)
    }
}
