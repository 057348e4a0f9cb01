import Synchronization

/// Wraps a producer to count its bytes and measure its time.
final class ObservedProducer: BodyProducer {
    private let producer: any BodyProducer
    private let clock: @Sendable () -> Int
    // The pieces are produced on a compute queue, several at a time, and the counters are read on the event loop.
    private let byteCounter = Atomic(0)
    private let nanosecondCounter = Atomic(0)

    init(_ producer: any BodyProducer, clock: @escaping @Sendable () -> Int) {
        self.producer = producer
        self.clock = clock
    }

    var heldByteCount: Int { producer.heldByteCount }
    var pieceCount: Int { producer.pieceCount }
    var pieceByteCountMax: Int { producer.pieceByteCountMax }
    var byteCount: Int { byteCounter.load(ordering: .relaxed) }
    var workNanoseconds: Int { nanosecondCounter.load(ordering: .relaxed) }

    func produce(_ piece: Int, into output: inout OutputSpan<UInt8>) -> Bool {
        let start = clock()
        let countBefore = output.count
        let isProduced = producer.produce(piece, into: &output)
        byteCounter.wrappingAdd(output.count - countBefore, ordering: .relaxed)
        nanosecondCounter.wrappingAdd(clock() - start, ordering: .relaxed)
        return isProduced
    }
}
