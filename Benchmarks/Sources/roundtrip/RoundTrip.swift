import Dispatch
import JSON
import Synchronization

/// Writes and reads random bit patterns of float64 and float32, and compares with `description` and strtod.
///
/// One by one and as tensors, for these take other ways. The digits written are those of `description`; the text is
/// read, by this package and by strtod (`Double(_:)` calls it), as the number that was written.
@main
enum RoundTrip {
    private static let blockCount = 10_000

    static func main() {
        guard let count = Int(CommandLine.arguments.dropFirst().first ?? "100000000"), count > 0 else {
            print("usage: roundtrip [COUNT]")
            return
        }
        let failureCount = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: (count + blockCount - 1) / blockCount) { block in
            var random = SplitMix64(state: UInt64(block) << 32)
            let bits = (0..<blockCount / 2).map { _ in random.next() }
            let wide = bits.map { Double(bitPattern: $0) }.filter(\.isFinite)
            let narrow = bits.map { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) }.filter(\.isFinite)
            let wrong = wide.filter { !holds($0) }.count + narrow.filter { !holds($0) }.count
            let isRight =
                tensor(wide)?.elements.map(\.bitPattern) == wide.map(\.bitPattern)
                && tensor(narrow)?.float32Elements().map(\.bitPattern) == narrow.map(\.bitPattern)
            if wrong > 0 || !isRight {
                print("block \(block): \(wrong) wrong numbers" + (isRight ? "" : ", as a tensor too"))
                failureCount.add(1, ordering: .relaxed)
            }
        }
        let failures = failureCount.load(ordering: .relaxed)
        print("\(count) numbers, half of them float32: \(failures) blocks with wrong ones")
        precondition(failures == 0, "Numbers keep their values.")
    }

    /// What comes of writing numbers as a tensor and reading that.
    private static func tensor(_ values: [Double]) -> JSONTensor? {
        let text = TensorText(shape: [values.count])
        let bytes = [UInt8](capacity: (values.count + 1) * text.leafByteCountMax) {
            _ = text.append(values.span, values.indices, at: 0, to: &$0)
        }
        return try? JSONTensor.read(bytes.span).get()
    }

    private static func tensor(_ values: [Float]) -> JSONTensor? {
        let text = TensorText(shape: [values.count])
        let bytes = [UInt8](capacity: (values.count + 1) * text.leafByteCountMax) {
            _ = text.append(values.span, values.indices, at: 0, to: &$0)
        }
        return try? JSONTensor.read(bytes.span).get()
    }

    private static func holds(_ value: Double) -> Bool {
        var text: [UInt8] = []
        JSONText.append(value, to: &text)
        guard case .number(let read) = JSONNumber.read(text.span) else { return false }
        return read.value.bitPattern == value.bitPattern
            && Double(String(decoding: text, as: UTF8.self))?.bitPattern == value.bitPattern
            && digits(text) == digits(Array(value.description.utf8))
    }

    private static func holds(_ value: Float) -> Bool {
        var text: [UInt8] = []
        JSONText.append(value, to: &text)
        guard case .number(let read) = JSONNumber.read(text.span) else { return false }
        return read.float32.bitPattern == value.bitPattern
            && Float(String(decoding: text, as: UTF8.self))?.bitPattern == value.bitPattern
            && digits(text) == digits(Array(value.description.utf8))
    }

    /// The digits before the exponent, without zeros around them.
    private static func digits(_ text: [UInt8]) -> ArraySlice<UInt8> {
        let all = text.prefix { $0 != UInt8(ascii: "e") }.filter { $0 >= 0x30 && $0 <= 0x39 }
        let end = all.lastIndex { $0 != 0x30 } ?? -1
        return all[...end].drop { $0 == 0x30 }
    }
}

/// The same random numbers on every run: SplitMix64, by Steele, Lea and Flood.
private struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
