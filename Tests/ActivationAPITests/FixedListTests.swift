import Locking
import Testing

@Suite struct FixedListTests {
    /// Reports when it is destroyed.
    private struct Element: ~Copyable {
        let number: Int
        let end: (Int) -> Void

        deinit { end(number) }
    }

    @Test("Every element stays where it was created, and is destroyed once, with the list")
    func elements() {
        var ended: [Int] = []
        do {
            let list = FixedList(count: 3) { index in Element(number: 10 * index) { ended.append($0) } }
            let count = list.count
            let numbers = (0..<count).map { list[$0].number }
            #expect(numbers == [0, 10, 20])
            #expect(ended.isEmpty)
        }
        #expect(ended == [0, 10, 20])
    }

    @Test("A list may be empty")
    func empty() {
        let list = FixedList(count: 0) { _ in Element(number: 0) { _ in } }
        let count = list.count
        #expect(count == 0)
    }
}
