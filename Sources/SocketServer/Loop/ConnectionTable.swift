import HTTP

/// The connections of an event loop, each in a place of its own that is used again.
///
/// Plain structs behind one pointer: nothing is allocated or counted per event. The memory is reserved for the largest
/// number of connections and only becomes real as places are used for the first time.
@safe
struct ConnectionTable: ~Copyable {
    private let places: UnsafeMutablePointer<Connection>
    private let capacity: Int
    /// Places that have been used; the rest is not initialized.
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

    /// Puts a connection into a free place.
    ///
    /// - Precondition: The table is not full.
    mutating func insert(_ socket: Socket, _ conversation: Conversation) -> Int {
        precondition(!isFull, "The connection limit is kept by the loop that accepts.")
        // 0 means that a place is free, the largest is left for what is no connection.
        lastGeneration = lastGeneration == UInt32.max - 1 ? 1 : lastGeneration + 1
        let connection = Connection(socket: socket, generation: lastGeneration, conversation: conversation)
        guard let index = free.popLast() else {
            // SAFETY: `usedCount` is below the capacity, since no place is free and the table is not full.
            unsafe (places + usedCount).initialize(to: connection)
            usedCount += 1
            return usedCount - 1
        }
        // SAFETY: a free place has been used, so it is initialized.
        unsafe places[Int(index)] = connection
        return Int(index)
    }

    mutating func remove(_ index: Int) {
        self[index] = .none
        free.append(UInt32(index))
    }

    /// What is in a place; where there is no connection, one that is not open.
    ///
    /// An address rather than a copy: a connection is changed where it lies, and nothing of it is retained for a look.
    subscript(index: Int) -> Connection {
        @inline(__always)
        unsafeAddress {
            precondition(index < usedCount, "Only places that have been used are read.")
            // SAFETY: places below `usedCount` are initialized.
            return unsafe UnsafePointer(places + index)
        }
        @inline(__always)
        unsafeMutableAddress {
            precondition(index < usedCount, "Only places that have been used are changed.")
            // SAFETY: places below `usedCount` are initialized.
            return unsafe places + index
        }
    }

    /// Whether `id` still is the connection in its place.
    func contains(_ id: ConnectionID) -> Bool {
        Int(id.index) < usedCount && self[Int(id.index)].generation == id.generation
    }
}
