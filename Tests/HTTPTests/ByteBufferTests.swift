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

    @Test func `what is set aside stays as it is until it is thrown away, and is not among the bytes`() {
        var buffer = ByteBuffer()
        buffer.append([1, 2, 3])
        let first = buffer.setAside()
        #expect(Array(copying: buffer.span) == [])
        buffer.append([4, 5])
        let second = buffer.setAside()
        buffer.append([UInt8](repeating: 6, count: 1000))
        #expect(Array(copying: buffer.span) == [UInt8](repeating: 6, count: 1000))
        buffer.removeAll()
        buffer.append([7])
        #expect(Array(copying: buffer.bytes(setAside: first)) == [1, 2, 3])
        #expect(Array(copying: buffer.bytes(setAside: second)) == [4, 5])
        #expect(Array(copying: buffer.bytes(setAside: second.dropFirst())) == [5])
        var setAsideCount = buffer.setAsideCount
        #expect(setAsideCount == 5)
        // Nothing is removed while other bytes follow.
        buffer.removeSetAside()
        #expect(Array(copying: buffer.span) == [7])
        buffer.removeAll()
        buffer.removeSetAside()
        setAsideCount = buffer.setAsideCount
        #expect(setAsideCount == 0)
        buffer.append([8])
        #expect(Array(copying: buffer.span) == [8])
    }
}
