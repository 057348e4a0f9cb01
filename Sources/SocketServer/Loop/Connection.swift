import HTTP

/// One connection of an event loop: 64 bytes while it is idle.
struct Connection {
    let socket: Socket
    /// Tells events and messages for this connection from those for an earlier one in its place; 0 is no connection.
    let generation: UInt32
    /// What the loop's epoll is set to.
    var interest = Epoll.Interest.arrivals
    /// Whether it has had its last answer: nothing that still arrives is used.
    var isLingering = false
    var conversation: Conversation
    /// What it holds only while a request is under way and cannot be ended within one event.
    var load: ConnectionLoad?

    init(socket: Socket, generation: UInt32, conversation: Conversation) {
        self.socket = socket
        self.generation = generation
        self.conversation = conversation
    }

    /// What a free place holds.
    static var none: Connection { Connection(socket: Socket(descriptor: -1), generation: 0, conversation: .closed) }

    var isOpen: Bool { generation != 0 }
}

/// The memory of a connection that is not idle.
final class ConnectionLoad {
    /// Input that the conversation has not used yet.
    var input: [UInt8] = []
    /// What of the reservation is for it, in bytes.
    var reservedInputByteCount = 0
    /// Pieces of a body behind that.
    var ahead = BodyAhead()
    /// Output that the peer has not taken yet.
    var output = OutputQueue()
    /// A produced body under way.
    var transfer: StreamTransfer?
    /// Work under way on a compute queue.
    var computation: Cancellation?
    /// What the connection has reserved of the budget.
    var reservation = Reservation()
    /// Whether it waits for another turn.
    var isQueued = false
    /// Whether it has used up a turn, so that it begins no other one out of turn.
    var hasUsedTurn = false

    /// What an object of this type holds itself, with those of a request that is being read, in bytes.
    private static let byteCount = 2_048

    var isEmpty: Bool {
        input.isEmpty && ahead.isEmpty && output.isEmpty && transfer == nil && computation == nil && !isQueued
    }

    /// Memory that it holds, in bytes; the handler's objects are not included.
    var heldByteCount: Int {
        Self.byteCount + input.capacity + ahead.heldByteCount + output.heldByteCount
            + (transfer.map { $0.producer.heldByteCount + $0.heldByteCount } ?? 0)
    }
}

/// Bytes to be sent, in order, without copying them together.
struct OutputQueue {
    struct Segment {
        var bytes: [UInt8]
        /// What of them has been sent, or is not to be.
        var start: Int
        /// Whether they are a piece, whose memory is its transfer's.
        let isPiece: Bool

        func send(to socket: Socket) -> Socket.Sent { socket.send(bytes.span.extracting(start..<bytes.count)) }
    }

    private(set) var segments: [Segment] = []

    var isEmpty: Bool { segments.isEmpty }

    /// Memory that it holds apart from pieces, in bytes.
    var heldByteCount: Int { segments.reduce(0) { $0 + ($1.isPiece ? 0 : $1.bytes.capacity) } }

    mutating func append(_ bytes: [UInt8], from start: Int = 0, isPiece: Bool = false) {
        if start < bytes.count { segments.append(Segment(bytes: bytes, start: start, isPiece: isPiece)) }
    }

    /// Sends what the peer takes.
    ///
    /// - Parameter recycled: Takes the memory of the last segment that was sent.
    mutating func send(to socket: Socket, recycled: inout [UInt8]?) -> SendOutcome {
        var hasProgressed = false
        while !segments.isEmpty {
            switch segments[0].send(to: socket) {
            case .bytes(let count):
                hasProgressed = true
                segments[0].start += count
                guard segments[0].start == segments[0].bytes.count else { return .blocked(hasProgressed: true) }
                recycled = segments.removeFirst().bytes
            case .wouldBlock:
                return .blocked(hasProgressed: hasProgressed)
            case .disconnected:
                return .disconnected
            }
        }
        return .done
    }
}

/// What came of sending all there is.
enum SendOutcome: Equatable {
    case done
    /// The rest goes when the peer takes it.
    case blocked(hasProgressed: Bool)
    case disconnected
}
