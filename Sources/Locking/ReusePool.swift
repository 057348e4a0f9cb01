import Dispatch

/// Memory that is costly to get anew, kept for whoever needs the like next.
///
/// Under load as much is kept as is taken out again and again. What nobody has needed for a second goes, down to what
/// always stays: after a burst the rest of it is freed within two.
public final class ReusePool<Element: Sendable>: Sendable {
    /// Runs work a while later.
    public typealias Delay = @Sendable (_ work: @escaping @Sendable () -> Void) -> Void

    private struct Kept {
        /// The last one has been used last.
        var elements: [Element] = []
        /// How many there were at least since the last look: that many nobody has needed.
        var leastCount = 0
        var isLookComing = false
    }

    private let countMax: Int
    private let restingCount: Int
    private let delay: Delay
    private let kept = Locked(Kept())

    /// - Parameters:
    ///   - countMax: How many are kept at most.
    ///   - restingCount: How many stay though nobody needs them.
    ///   - delay: Runs work a second later, or whenever it likes, and on any thread.
    public init(countMax: Int, restingCount: Int, delay: @escaping Delay = ReusePool.afterOneSecond) {
        self.countMax = countMax
        self.restingCount = restingCount
        self.delay = delay
    }

    /// How many there are now.
    public var count: Int { kept.withLock { $0.elements.count } }

    /// Takes out what has been used last; nil where there is nothing.
    public func take() -> Element? {
        kept.withLock { kept in
            let element = kept.elements.popLast()
            kept.leastCount = min(kept.leastCount, kept.elements.count)
            return element
        }
    }

    /// Takes in what is no longer used, unless there is enough of it.
    public func put(_ element: consuming Element) {
        let element = element
        let isLookNeeded = kept.withLock { kept in
            guard kept.elements.count < countMax else { return false }
            kept.elements.append(element)
            guard kept.elements.count > restingCount, !kept.isLookComing else { return false }
            kept.isLookComing = true
            kept.leastCount = kept.elements.count
            return true
        }
        if isLookNeeded { lookLater() }
    }

    private func lookLater() { delay { [weak self] in self?.look() } }

    /// Frees what nobody has needed since the last look.
    private func look() {
        let (surplus, isLookNeeded) = kept.withLock { kept in
            let count = max(0, min(kept.leastCount, kept.elements.count - restingCount))
            let surplus = Array(kept.elements.prefix(count))
            kept.elements.removeFirst(count)
            kept.leastCount = kept.elements.count
            kept.isLookComing = kept.elements.count > restingCount
            return (surplus, kept.isLookComing)
        }
        if isLookNeeded { lookLater() }
        // Freed where the lock is no longer held.
        _ = consume surplus
    }

    /// Work is done on a queue of the system's a second later.
    public static var afterOneSecond: Delay {
        { work in DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + 1, execute: work) }
    }
}
