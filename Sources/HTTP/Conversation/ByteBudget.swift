import Synchronization

/// The memory that all requests may hold together, in bytes.
///
/// Memory is reserved here before it is allocated, on any thread. The last quarter is a reserve for small requests, so
/// that large ones, or those that claim to be, never shut them out.
public final class ByteBudget: Sendable {
    /// Which part of the budget a reservation may use.
    public enum Share: Sendable {
        /// All of it: for what a request with a small body holds until it is answered.
        case small
        /// All but half of the reserve: for the answers to small requests, until their peers have taken them.
        case answer
        /// All but the reserve.
        case large
    }

    /// The longest body of a small request, in bytes.
    public static let smallBodyByteCountMax = 65_536
    /// The largest reserve, in bytes.
    private static let reserveByteCountMax = 67_108_864
    /// What makes a request one of those that share the cores out.
    private static let largeRequestByteCountMin = 1 << 20

    public let byteCountMax: Int
    /// What only small requests may use, in bytes.
    public let reserveByteCount: Int
    private let byteCounter = Atomic(0)
    private let largeRequestCounter = Atomic(0)

    public init(byteCountMax: Int) {
        self.byteCountMax = byteCountMax
        reserveByteCount = min(byteCountMax / 4, Self.reserveByteCountMax)
    }

    /// What is reserved now, in bytes.
    public var byteCount: Int { byteCounter.load(ordering: .relaxed) }

    /// How many connections hold a mebibyte or more.
    public var largeRequestCount: Int { largeRequestCounter.load(ordering: .relaxed) }

    /// Most bytes that may be reserved in all, for a reservation of that share to be granted.
    private func limit(_ share: Share) -> Int {
        switch share {
        case .small: byteCountMax
        case .answer: byteCountMax - reserveByteCount / 2
        case .large: byteCountMax - reserveByteCount
        }
    }

    /// Whether a reservation of `byteCount` bytes would be granted now.
    public func hasRoom(for byteCount: Int, _ share: Share) -> Bool { self.byteCount <= limit(share) - byteCount }

    /// Changes a reservation, if the share has room for what it grows by.
    ///
    /// - Returns: Whether it has been changed. One that shrinks always is.
    func change(from oldByteCount: Int, to newByteCount: Int, _ share: Share) -> Bool {
        let growth = newByteCount - oldByteCount
        guard growth > 0 else {
            set(from: oldByteCount, to: newByteCount)
            return true
        }
        var reserved = byteCount
        while reserved <= limit(share) - growth {
            let (isExchanged, current) = byteCounter.weakCompareExchange(
                expected: reserved, desired: reserved + growth, ordering: .relaxed)
            if isExchanged {
                countLarge(from: oldByteCount, to: newByteCount)
                return true
            }
            reserved = current
        }
        return false
    }

    /// Changes a reservation to what is held in fact, whether or not there is room.
    public func set(from oldByteCount: Int, to newByteCount: Int) {
        byteCounter.add(newByteCount - oldByteCount, ordering: .relaxed)
        countLarge(from: oldByteCount, to: newByteCount)
    }

    /// Makes two reservations of one, the second of `partByteCount` bytes.
    fileprivate func split(_ byteCount: Int, _ partByteCount: Int) {
        countLarge(from: byteCount, to: byteCount - partByteCount)
        countLarge(from: 0, to: partByteCount)
    }

    private func countLarge(from oldByteCount: Int, to newByteCount: Int) {
        let wasLarge = oldByteCount >= Self.largeRequestByteCountMin
        let isLarge = newByteCount >= Self.largeRequestByteCountMin
        if wasLarge != isLarge { largeRequestCounter.add(isLarge ? 1 : -1, ordering: .relaxed) }
    }
}

/// What one connection has reserved of a budget.
///
/// It is given back by ``settle(at:of:)`` with 0, never by itself.
public struct Reservation {
    public private(set) var byteCount = 0

    public init() {}

    /// Reserves more, before it is allocated.
    ///
    /// - Returns: Whether there was room; if not, nothing has changed.
    public mutating func grow(by growth: Int, _ share: ByteBudget.Share, of budget: ByteBudget) -> Bool {
        guard growth > 0 else { return true }
        guard budget.change(from: byteCount, to: byteCount + growth, share) else { return false }
        byteCount += growth
        return true
    }

    /// Leaves a part to work that outlives the connection, and gives it back when it ends.
    ///
    /// - Precondition: The part is no larger than the reservation.
    public mutating func leave(_ partByteCount: Int, of budget: ByteBudget) {
        budget.split(byteCount, partByteCount)
        byteCount -= partByteCount
    }

    /// Makes the reservation agree with what is held in fact.
    public mutating func settle(at heldByteCount: Int, of budget: ByteBudget) {
        guard heldByteCount != byteCount else { return }
        budget.set(from: byteCount, to: heldByteCount)
        byteCount = heldByteCount
    }
}
