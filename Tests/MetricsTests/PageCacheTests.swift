import Dispatch
import Synchronization
import Testing

@testable import Metrics

@Suite struct PageCacheTests {
    /// A cache whose pages are numbered, and its clock.
    private final class Pages: Sendable {
        let nanoseconds = Atomic(1_000_000)
        let renderedCount = Atomic(0)

        func cache() -> PageCache {
            PageCache(clock: { self.nanoseconds.load(ordering: .relaxed) }) {
                [UInt8(truncatingIfNeeded: self.renderedCount.add(1, ordering: .relaxed).newValue)]
            }
        }
    }

    @Test func anOccasionalReaderAlwaysGetsAFreshPage() {
        let pages = Pages()
        let cache = pages.cache()
        for number in 1...100 {
            #expect(cache.page() == [UInt8(number)])
            pages.nanoseconds.add(PageCache.intervalNanoseconds, ordering: .relaxed)
        }
    }

    @Test func aFewPagesInARowAreFreshAndAFloodGetsTheLastOneAgain() {
        let pages = Pages()
        let cache = pages.cache()
        for number in 1...PageCache.burstCount { #expect(cache.page() == [UInt8(number)]) }
        for _ in 0..<10_000 { #expect(cache.page() == [UInt8(PageCache.burstCount)]) }
    }

    @Test func aFloodRendersOnePageAnInterval() {
        let pages = Pages()
        let cache = pages.cache()
        for _ in 0..<1_000 {
            for _ in 0..<10 { _ = cache.page() }
            pages.nanoseconds.add(PageCache.intervalNanoseconds / 100, ordering: .relaxed)
        }
        // 1,000 steps of a hundredth of an interval.
        #expect(pages.renderedCount.load(ordering: .relaxed) == PageCache.burstCount + 9)
    }

    @Test func aReaderGetsAFreshPageAlsoWhileAnotherOneIsRendered() {
        let (begun, release) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let renderedCount = Atomic(0)
        let nanoseconds = Atomic(0)
        let cache = PageCache(clock: { nanoseconds.add(1, ordering: .relaxed).newValue }) {
            let number = renderedCount.add(1, ordering: .relaxed).newValue
            if number == 2 {
                begun.signal()
                release.wait()
            }
            return [UInt8(number)]
        }
        #expect(cache.page() == [1])
        let done = DispatchGroup()
        DispatchQueue(label: "slow").async(group: done) { #expect(cache.page() == [2]) }
        begun.wait()
        for number in 3...PageCache.burstCount { #expect(cache.page() == [UInt8(number)]) }
        release.signal()
        done.wait()
        // The page that was requested earlier does not replace a newer one.
        #expect(cache.page() == [UInt8(PageCache.burstCount)])
    }
}
