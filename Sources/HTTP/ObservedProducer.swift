import Synchronization

/// A producer that counts the bytes it makes and the time it takes.
final class ObservedProducer: BodyProducer {
    private let producer: any BodyProducer
    private let clock: @Sendable () -> Int
    // The pieces are made on a compute queue, and looked at on the event loop.
    private let byteCounter = Atomic(0)
    private let nanosecondCounter = Atomic(0)

    init(_ producer: any BodyProducer, clock: @escaping @Sendable () -> Int) {
        self.producer = producer
        self.clock = clock
    }

    var heldByteCount: Int { producer.heldByteCount }
    var byteCount: Int { byteCounter.load(ordering: .relaxed) }
    var workNanoseconds: Int { nanosecondCounter.load(ordering: .relaxed) }

    func produce(into output: inout OutputSpan<UInt8>) -> Production {
        let start = clock()
        let countBefore = output.count
        let production = producer.produce(into: &output)
        byteCounter.wrappingAdd(output.count - countBefore, ordering: .relaxed)
        nanosecondCounter.wrappingAdd(clock() - start, ordering: .relaxed)
        return production
    }
}
