import Testing

@testable import HTTP

@Suite struct ByteBufferTests {
    @Test(arguments: [0, 1, 5, 100])
    func `what is appended stays in order, however often the memory grows`(capacity: Int) {
        var buffer = ByteBuffer(capacity: capacity)
        var expected: [UInt8] = []
        for length in [0, 1, 2, 3, 50, 0, 1000, 7] {
            let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: length), count: length)
            buffer.append(bytes)
            expected += bytes
            #expect(buffer.count == expected.count)
            #expect(Array(copying: buffer.span) == expected)
        }
    }

    @Test func `less may be appended than there was to be room for, and nothing more`() {
        var buffer = ByteBuffer()
        buffer.append(addingCapacity: 10) { output in
            #expect(output.freeCapacity >= 10)
            output.append(1)
        }
        buffer.append(addingCapacity: 0) { _ in }
        #expect(Array(copying: buffer.span) == [1])
    }

    @Test func `an emptied buffer has nothing, and takes as much as before in the same memory`() {
        var buffer = ByteBuffer()
        buffer.append([UInt8](repeating: 1, count: 100))
        let memory = buffer.span.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
        buffer.removeAll()
        let isEmpty = buffer.isEmpty
        #expect(isEmpty)
        #expect(Array(copying: buffer.span) == [])
        buffer.append([UInt8](repeating: 2, count: 100))
        #expect(Array(copying: buffer.span) == [UInt8](repeating: 2, count: 100))
        #expect(buffer.span.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) } == memory)
    }
}
