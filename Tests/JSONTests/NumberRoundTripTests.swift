import JSON
import RepeatableRandom
import Testing

@Suite struct NumberRoundTripTests {
    /// The seeds of the tested numbers, so that the parts run in parallel.
    static let seeds: [UInt64] = Array(1...4)
    static let countPerSeed = 125_000

    @Test(arguments: seeds)
    func `random float64 numbers are written as description writes them and read back`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let values = (0..<Self.countPerSeed).map { _ in randomFloat64(&random) }
        var text: [UInt8] = []
        text.append(addingCapacity: values.count * 34 + 100) {
            _ = TensorText(shape: [values.count]).append(values.span, 0..<values.count, at: 0, to: &$0)
        }
        let differing = zip(text.dropFirst().dropLast().split(separator: UInt8(ascii: ",")), values).first {
            digits($0) != digits($1.description.utf8)
        }
        #expect(differing == nil)
        let read = try JSONTensor.read(text.span).get()
        #expect(read.elements.map(\.bitPattern) == values.map(\.bitPattern))
    }

    @Test(arguments: seeds)
    func `random float32 numbers are written as description writes them and read back`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let values = (0..<Self.countPerSeed).map { _ in randomFloat32(&random) }
        var text: [UInt8] = []
        text.append(addingCapacity: values.count * 34 + 100) {
            _ = TensorText(shape: [values.count]).append(values.span, 0..<values.count, at: 0, to: &$0)
        }
        let differing = zip(text.dropFirst().dropLast().split(separator: UInt8(ascii: ",")), values).first {
            digits($0) != digits($1.description.utf8)
        }
        #expect(differing == nil)
        let read = try JSONTensor.read(text.span).get()
        #expect(read.float32Elements().map(\.bitPattern) == values.map(\.bitPattern))
    }

    @Test(arguments: seeds)
    func `random decimals are read as strtod and strtof read them`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let texts = (0..<Self.countPerSeed / 4).map { _ in randomDecimal(&random) }
        let read = try JSONTensor.read(Array("[\(texts.joined(separator: ","))]".utf8).span).get()
        #expect(read.elements.map(\.bitPattern) == texts.map { Double($0)?.bitPattern })
        #expect(read.float32Elements().map(\.bitPattern) == texts.map { Float($0)?.bitPattern })
    }
}

/// Returns a finite number of any exponent, or near 1, or with few digits.
private func randomFloat64(_ random: inout SplitMix64) -> Double {
    switch random.next() % 4 {
    case 0, 1:
        let value = Double(bitPattern: random.next())
        return value.isFinite ? value : 1
    case 2: return Double.random(in: -2...2, using: &random)
    default: return Double(Int.random(in: -1_000_000...1_000_000, using: &random)) / 1000
    }
}

private func randomFloat32(_ random: inout SplitMix64) -> Float {
    let value = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
    return value.isFinite ? value : 1
}

/// Returns a decimal of up to 40 digits within float64's range.
private func randomDecimal(_ random: inout SplitMix64) -> String {
    let count = Int.random(in: 1...40, using: &random)
    var digits = (0..<count).map { _ in String(random.next() % 10) }.joined()
    if random.next() % 4 == 0 {
        // The number is a float32 number, the middle between two, or close to it: 16777217 and similar ones.
        let float32 = UInt64.random(in: 1 << 24..<1 << 25, using: &random)
        let rest: [String] = ["", "0", "00000000000001", "00000000000000000001"]
        digits = String(2 * float32 + 1) + rest[Int(random.next() % 4)]
    }
    while digits.first == "0" && digits.count > 1 { digits.removeFirst() }
    let sign = random.next() % 2 == 0 ? "-" : ""
    let point = Int.random(in: 1...digits.count, using: &random)
    let fraction = point < digits.count ? ".\(digits.dropFirst(point))" : ""
    let exponent = random.next() % 2 == 0 ? "" : "e\(Int.random(in: -350...260, using: &random))"
    return "\(sign)\(digits.prefix(point))\(fraction)\(exponent)"
}

/// Returns the digits before the exponent, without zeros around them.
private func digits(_ text: some Sequence<UInt8>) -> [UInt8] {
    var digits: [UInt8] = []
    for byte in text {
        if byte == UInt8(ascii: "e") { break }
        let isDigit = byte >= 0x30 && byte <= 0x39
        if isDigit && (byte != 0x30 || !digits.isEmpty) { digits.append(byte) }
    }
    while digits.last == 0x30 { digits.removeLast() }
    return digits
}
