import JSON
import RepeatableRandom
import Testing

@Suite struct TensorTextTests {
    @Test(arguments: [
        ([], "0"), ([1], "[0]"), ([3], "[0,1,2]"), ([2, 2], "[[0,1],[2,3]]"), ([2, 1, 2], "[[[0,1]],[[2,3]]]"),
        ([1, 1], "[[0]]"),
        ([0], "[]"), ([2, 0], "[[],[]]"), ([1, 2, 0], "[[[],[]]]"), ([0, 3], "[]"), ([2, 0, 4], "[[],[]]"),
    ])
    func `a tensor's text has its brackets`(shape: [Int], text: String) {
        #expect(written(shape: shape, roomByteCount: 10_000) == text)
    }

    @Test(arguments: [
        [], [7], [3, 4], [2, 3, 2], [5, 1], [1, 1, 1, 1], [0], [3, 0], [2, 2, 0], [90, 1], [40, 3], [2, 20, 2],
        [3, 63],
        [3, 64], [70, 1, 1],
    ])
    func `pieces of any size make up the same text`(shape: [Int]) {
        let whole = written(shape: shape, roomByteCount: 10_000)
        let least = TensorText(shape: shape).leafByteCountMax
        for roomByteCount in least...least + 75 {
            #expect(written(shape: shape, roomByteCount: roomByteCount) == whole)
        }
    }

    @Test(arguments: [[], [3, 4], [1, 1, 1, 1], [3, 0]])
    func `nothing is written where a leaf might not fit`(shape: [Int]) {
        let text = TensorText(shape: shape)
        let values = (0..<text.leafCount).map(Double.init)
        let written = Array<UInt8>(capacity: text.leafByteCountMax - 1) {
            #expect(piece(of: text, values, from: 0, to: &$0) == 0)
        }
        #expect(written.isEmpty)
    }

    @Test(arguments: [[], [1_000], [250, 4], [1_000, 1], [100, 1, 1, 1], [3, 0], [0]])
    func `there is room for as many leaves as announced, though each is as long as can be`(shape: [Int]) {
        let text = TensorText(shape: shape)
        let longest = [Double](repeating: -1.2345678901234567e-6, count: text.leafCount)
        let byteCount = text.byteCountMax(leafCount: text.leafCount)
        let written = [UInt8](capacity: byteCount) {
            #expect(piece(of: text, longest, from: 0, to: &$0) == text.leafCount)
        }
        if !text.isEmpty { #expect(written.count >= text.leafCount * 25) }
        #expect(text.leafCount(inByteCount: byteCount) == text.leafCount)
        #expect(text.leafCount(inByteCount: byteCount - 1) == text.leafCount - 1)
        #expect(text.leafCount(inByteCount: 1) == 0)
    }

    @Test(arguments: [
        [200, 1], [100, 2], [9, 3, 7], [50, 1, 4], [7, 30], [4, 55], [4, 56], [4, 57], [3, 63], [3, 64],
        [5, 2, 2, 2, 2],
        [60, 1, 1, 1],
    ])
    func `the text of short rows is that of their numbers, whatever they are`(shape: [Int]) {
        var random = SplitMix64(seed: 9)
        let count = shape.reduce(1, *)
        let others = [0, 0.5, -1, 1e300, .infinity, .leastNonzeroMagnitude, 123_456_789, -.zero]
        for otherShare in [1, 10, 1000] as [UInt64] {
            let values = (0..<count).map { _ in
                random.next() % otherShare == 0
                    ? others[Int(random.next() % UInt64(others.count))] : Double.random(in: -9...9, using: &random)
            }
            let undefined = values.indices.filter { $0 % 7 == 3 }
            var withNaN = values
            for index in undefined { withNaN[index] = .nan }
            var parts = withNaN.indices.map { undefined.contains($0) ? "null" : numberText(withNaN[$0]) }
            for length in shape.reversed() {
                parts = stride(from: 0, to: parts.count, by: length).map { start in
                    "[\(parts[start..<start + length].joined(separator: ","))]"
                }
            }
            let text = TensorText(shape: shape)
            for roomByteCount in [text.leafByteCountMax, 150, 777, 100_000] where roomByteCount >= text.leafByteCountMax
            {
                var bytes: [UInt8] = []
                var next = 0
                while next < count {
                    bytes.append(addingCapacity: roomByteCount) {
                        next = text.append(withNaN.span, next..<count, at: 0, undefined: undefined, to: &$0)
                    }
                }
                #expect(String(decoding: bytes, as: UTF8.self) == parts[0])
            }
        }
    }

    @Test func `undefined elements are null`() {
        let values = [1, Double.nan, .nan, .infinity]
        var bytes: [UInt8] = []
        bytes.append(addingCapacity: 1000) {
            _ = TensorText(shape: [2, 4]).append(values.span, 1..<4, at: 4, undefined: [1], to: &$0)
        }
        #expect(String(decoding: bytes, as: UTF8.self) == #",null,"NaN","Infinity"]]"#)
    }
}

/// Returns the text of a tensor whose elements count up from 0, written into buffers of a given size.
///
/// It ends early if a buffer accepts nothing.
private func written(shape: [Int], roomByteCount: Int) -> String {
    let text = TensorText(shape: shape)
    let values = (0..<text.leafCount).map(Double.init)
    var bytes: [UInt8] = []
    var next = 0
    while next < text.leafCount {
        let written = Array<UInt8>(capacity: roomByteCount) { next = piece(of: text, values, from: next, to: &$0) }
        guard !written.isEmpty else { break }
        bytes += written
    }
    return String(decoding: bytes, as: UTF8.self)
}

private func numberText(_ value: Double) -> String {
    var bytes: [UInt8] = []
    JSONText.append(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}

/// Appends a piece of the text.
///
/// - Returns: The first leaf that was not written.
private func piece(of text: TensorText, _ values: [Double], from next: Int, to output: inout OutputSpan<UInt8>) -> Int {
    text.isEmpty
        ? text.appendEmptyArrays(next..<text.leafCount, to: &output)
        : text.append(values.span, next..<text.leafCount, at: 0, to: &output)
}
