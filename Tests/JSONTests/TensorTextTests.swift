import JSON
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

    @Test(arguments: [[], [7], [3, 4], [2, 3, 2], [5, 1], [1, 1, 1, 1], [0], [3, 0], [2, 2, 0]])
    func `pieces of any size make up the same text`(shape: [Int]) {
        let whole = written(shape: shape, roomByteCount: 10_000)
        for roomByteCount in 45...120 { #expect(written(shape: shape, roomByteCount: roomByteCount) == whole) }
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

/// The text of a tensor whose elements count up from 0, written into buffers of that size.
private func written(shape: [Int], roomByteCount: Int) -> String {
    let text = TensorText(shape: shape)
    let values = (0..<text.leafCount).map(Double.init)
    var bytes: [UInt8] = []
    var next = 0
    repeat {
        let piece = Array<UInt8>(capacity: roomByteCount) {
            next =
                text.isEmpty
                ? text.appendEmptyArrays(next..<text.leafCount, to: &$0)
                : text.append(values.span, next..<text.leafCount, at: 0, to: &$0)
        }
        bytes += piece
    } while next < text.leafCount
    return String(decoding: bytes, as: UTF8.self)
}
