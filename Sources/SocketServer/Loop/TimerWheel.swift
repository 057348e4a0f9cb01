/// Manages deadlines of many entries, each scheduled and cancelled in constant time; it has no clock of its own.
///
/// It is a wheel of slots, each a doubly linked list of the entries due within its span; an entry further away than one
/// turn waits for the turns before its own. A deadline fires up to one slot's span late, never early.
struct TimerWheel {
    /// The number of milliseconds that one slot spans: the wheel's precision.
    static let slotMilliseconds = 64
    private static let slotCount = 1_024

    /// The value that represents an absent neighbour.
    private static let none = UInt32.max

    /// Marks a `previous` that is not an entry but the slot whose list the entry heads.
    private static let slotMark: UInt32 = 1 << 31

    private struct Entry {
        var deadline = Int.max
        var next = none
        var previous = none
    }

    /// The entries, indexed by the callers' indices.
    private var entries: [Entry] = []
    private var firsts = [UInt32](repeating: none, count: slotCount)
    private var scheduledCount = 0
    /// The current slot, counted from time 0: all slots before it have been emptied of entries that were due.
    private var tick: Int
    /// The slot up to which the slots from `tick` are known to be empty.
    private var emptyUpTo: Int

    init(nowMilliseconds: Int) {
        tick = nowMilliseconds / Self.slotMilliseconds
        emptyUpTo = tick
    }

    /// Returns the time at which an entry is due, or `Int.max` if it is not scheduled.
    func deadline(of index: Int) -> Int { index < entries.count ? entries[index].deadline : Int.max }

    /// Sets an entry's deadline, in place of any earlier one.
    ///
    /// `Int.max` cancels it.
    mutating func schedule(_ index: Int, at deadline: Int) {
        while index >= entries.count { entries.append(Entry()) }
        unlink(index)
        guard deadline != Int.max else { return }
        // A deadline that has already passed goes to the slot that is checked next.
        let dueTick = max(deadline / Self.slotMilliseconds, tick)
        emptyUpTo = min(emptyUpTo, dueTick)
        let slot = dueTick % Self.slotCount
        let first = firsts[slot]
        entries[index] = Entry(deadline: deadline, next: first, previous: Self.slotMark | UInt32(slot))
        if first != Self.none { entries[Int(first)].previous = UInt32(index) }
        firsts[slot] = UInt32(index)
        scheduledCount += 1
    }

    /// Removes and returns one entry whose deadline has come, or nil if there are no more.
    mutating func popExpired(nowMilliseconds now: Int) -> Int? {
        let present = now / Self.slotMilliseconds
        // After a long pause one turn covers every slot.
        tick = max(tick, present - Self.slotCount)
        while tick < present {
            var index = firsts[tick % Self.slotCount]
            while index != Self.none {
                let entry = entries[Int(index)]
                if entry.deadline / Self.slotMilliseconds < present {
                    unlink(Int(index))
                    return Int(index)
                }
                index = entry.next
            }
            tick += 1
        }
        return nil
    }

    /// Returns the least time until an entry can be due, or nil if nothing is scheduled.
    mutating func millisecondsToNext(nowMilliseconds now: Int) -> Int? {
        guard scheduledCount > 0 else { return nil }
        emptyUpTo = max(emptyUpTo, tick)
        while firsts[emptyUpTo % Self.slotCount] == Self.none, emptyUpTo < tick + Self.slotCount { emptyUpTo += 1 }
        return max((emptyUpTo + 1) * Self.slotMilliseconds - now, 1)
    }

    /// Returns the first entry that `isWanted` accepts, in approximate order of deadlines.
    ///
    /// - Parameter limit: Most entries with a later deadline are skipped.
    func first(dueBy limit: Int = .max, where isWanted: (Int) -> Bool) -> Int? {
        let end = min(tick + Self.slotCount, limit / Self.slotMilliseconds + 1)
        guard tick < end else { return nil }
        for candidate in tick..<end {
            var index = firsts[candidate % Self.slotCount]
            while index != Self.none {
                if isWanted(Int(index)) { return Int(index) }
                index = entries[Int(index)].next
            }
        }
        return nil
    }

    private mutating func unlink(_ index: Int) {
        let entry = entries[index]
        guard entry.deadline != Int.max else { return }
        if entry.previous & Self.slotMark == 0 {
            entries[Int(entry.previous)].next = entry.next
        } else {
            firsts[Int(entry.previous & ~Self.slotMark)] = entry.next
        }
        if entry.next != Self.none { entries[Int(entry.next)].previous = entry.previous }
        entries[index] = Entry()
        scheduledCount -= 1
    }
}
