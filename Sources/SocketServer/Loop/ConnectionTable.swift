import HTTP

/// The connections of an event loop, each in a slot that is reused.
///
/// They are plain structs in memory owned by one pointer: nothing is allocated or reference-counted per event. Address
/// space is reserved for the largest number of connections, and pages are used only once their slots are.
@safe
struct ConnectionTable: ~Copyable {
    private let places: UnsafeMutablePointer<Connection>
    private let capacity: Int
    /// The number of slots that have been used; the rest is not initialized.
    private(set) var usedCount = 0
    private var free: [UInt32] = []
    private var lastGeneration: UInt32 = 0

    var count: Int { usedCount - free.count }
    var isFull: Bool { count == capacity }

    init(capacity: Int) {
        self.capacity = capacity
        unsafe places = .allocate(capacity: capacity)
    }

    deinit {
        unsafe places.deinitialize(count: usedCount)
        unsafe places.deallocate()
    }

    /// Stores a connection in a free slot.
    ///
    /// - Precondition: The table is not full.
    mutating func insert(_ socket: Socket, _ conversation: Conversation) -> Int {
        precondition(!isFull, "The connection limit is kept by the loop that accepts.")
        // 0 marks a free slot, and the largest value is reserved for tokens that are not connections.
        lastGeneration = lastGeneration == UInt32.max - 1 ? 1 : lastGeneration + 1
        let connection = Connection(socket: socket, generation: lastGeneration, conversation: conversation)
        guard let index = free.popLast() else {
            // SAFETY: `usedCount` is less than the capacity, since no slot is free and the table is not full.
            unsafe (places + usedCount).initialize(to: connection)
            usedCount += 1
            return usedCount - 1
        }
        // SAFETY: a free slot has been used, so it is initialized.
        unsafe places[Int(index)] = connection
        return Int(index)
    }

    mutating func remove(_ index: Int) {
        self[index] = .none
        free.append(UInt32(index))
    }

    /// The connection in a slot, or one that is not open if the slot is free.
    ///
    /// It is accessed by address: a connection is changed in place, and reading it retains nothing.
    subscript(index: Int) -> Connection {
        @inline(__always)
        unsafeAddress {
            precondition(index < usedCount, "Only places that have been used are read.")
            // SAFETY: slots below `usedCount` are initialized.
            return unsafe UnsafePointer(places + index)
        }
        @inline(__always)
        unsafeMutableAddress {
            precondition(index < usedCount, "Only places that have been used are changed.")
            // SAFETY: slots below `usedCount` are initialized.
            return unsafe places + index
        }
    }

    /// Returns whether `id` is still the connection in its slot.
    func contains(_ id: ConnectionID) -> Bool {
        Int(id.index) < usedCount && self[Int(id.index)].generation == id.generation
    }
}
