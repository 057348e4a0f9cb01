/// Queues the connections of an event loop that have used their share of its time and wait for another turn.
struct TurnQueue {
    private var ids: [ConnectionID] = []
    private var takenCount = 0

    var isEmpty: Bool { takenCount == ids.count }

    mutating func append(_ id: ConnectionID) { ids.append(id) }

    /// Removes and returns the connection that has waited longest.
    mutating func popFirst() -> ConnectionID? {
        guard takenCount < ids.count else { return nil }
        defer {
            takenCount += 1
            // The elements are moved rarely enough for each to be moved once on average.
            if takenCount * 2 >= ids.count {
                ids.removeFirst(takenCount)
                takenCount = 0
            }
        }
        return ids[takenCount]
    }
}
