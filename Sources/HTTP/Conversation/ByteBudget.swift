import Synchronization

/// Bounds the memory that all requests hold together, in bytes.
///
/// Memory is reserved here before it is allocated, on any thread. The last quarter is a reserve for small requests, so
/// that large ones, or those that claim to be large, never shut them out.
public final class ByteBudget: Sendable {
    /// The part of the budget that a reservation may use.
    public enum Share: Sendable {
        /// All of it: for the memory of a request with a small body until it is answered.
        case small
        /// All except half of the reserve: for the answers to small requests, until the clients have received them.
        case answer
        /// All except the reserve.
        case large
    }

    /// The longest body of a small request, in bytes.
    public static let smallBodyByteCountMax = 65_536
    /// The largest reserve, in bytes.
    private static let reserveByteCountMax = 67_108_864
    /// The least memory, in bytes, that makes a request count as large: large requests share the cores.
    private static let largeRequestByteCountMin = 1 << 20

    public let byteCountMax: Int
    /// The part that only small requests may use, in bytes.
    public let reserveByteCount: Int
    private let byteCounter = Atomic(0)
    private let largeRequestCounter = Atomic(0)

    public init(byteCountMax: Int) {
        self.byteCountMax = byteCountMax
        reserveByteCount = min(byteCountMax / 4, Self.reserveByteCountMax)
    }

    /// The memory that is reserved now, in bytes.
    public var byteCount: Int { byteCounter.load(ordering: .relaxed) }

    /// The number of connections that hold a mebibyte or more.
    public var largeRequestCount: Int { largeRequestCounter.load(ordering: .relaxed) }

    /// Returns the largest total at which a reservation of that share is granted.
    private func limit(_ share: Share) -> Int {
        switch share {
        case .small: byteCountMax
        case .answer: byteCountMax - reserveByteCount / 2
        case .large: byteCountMax - reserveByteCount
        }
    }

    /// Returns whether a reservation of `byteCount` bytes would be granted now.
    public func hasRoom(for byteCount: Int, _ share: Share) -> Bool { self.byteCount <= limit(share) - byteCount }

    /// Changes a reservation if the share has space for its growth.
    ///
    /// - Returns: Whether it has been changed. A reservation can always shrink.
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

    /// Changes a reservation to the memory actually held, even beyond the limit.
    public func set(from oldByteCount: Int, to newByteCount: Int) {
        byteCounter.add(newByteCount - oldByteCount, ordering: .relaxed)
        countLarge(from: oldByteCount, to: newByteCount)
    }

    /// Splits a reservation in two, the second of `partByteCount` bytes.
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

/// The part of a budget that one connection has reserved.
///
/// It is released only by ``settle(at:of:)`` with 0, never automatically.
public struct Reservation {
    public private(set) var byteCount = 0

    public init() {}

    /// Reserves more memory, before it is allocated.
    ///
    /// - Returns: Whether there was space; if not, nothing has changed.
    public mutating func grow(by growth: Int, _ share: ByteBudget.Share, of budget: ByteBudget) -> Bool {
        guard growth > 0 else { return true }
        guard budget.change(from: byteCount, to: byteCount + growth, share) else { return false }
        byteCount += growth
        return true
    }

    /// Transfers a part to work that outlives the connection and releases it when it ends.
    ///
    /// - Precondition: The part is no larger than the reservation.
    public mutating func leave(_ partByteCount: Int, of budget: ByteBudget) {
        budget.split(byteCount, partByteCount)
        byteCount -= partByteCount
    }

    /// Makes the reservation equal to the memory actually held.
    public mutating func settle(at heldByteCount: Int, of budget: ByteBudget) {
        guard heldByteCount != byteCount else { return }
        budget.set(from: byteCount, to: heldByteCount)
        byteCount = heldByteCount
    }
}
