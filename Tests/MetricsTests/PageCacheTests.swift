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

    @Test func whoAsksNowAndThenAlwaysGetsAFreshPage() {
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

    @Test func whileOneThreadRendersOthersGetTheLastPage() {
        let (begun, release) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let isHeld = Atomic(false)
        let cache = PageCache(clock: { 1 }) {
            if isHeld.load(ordering: .acquiring) {
                begun.signal()
                release.wait()
                return [2]
            }
            return [1]
        }
        #expect(cache.page() == [1])
        isHeld.store(true, ordering: .releasing)
        let done = DispatchGroup()
        DispatchQueue.global().async(group: done) { #expect(cache.page() == [2]) }
        begun.wait()
        #expect(cache.page() == [1])
        release.signal()
        done.wait()
        isHeld.store(false, ordering: .releasing)
        #expect(cache.page() == [1])
    }
}
