import HTTP

/// One connection of an event loop: 64 bytes while it is idle.
struct Connection {
    let socket: Socket
    /// Distinguishes events and messages for this connection from those for an earlier one in its slot; 0 means no
    /// connection.
    let generation: UInt32
    /// The interest that is registered with the loop's epoll.
    var interest = Epoll.Interest.arrivals
    /// Whether its last answer has been sent: further input is discarded.
    var isLingering = false
    var conversation: Conversation
    /// The memory that it needs only while a request is in progress that cannot be finished within one event.
    var load: ConnectionLoad?

    init(socket: Socket, generation: UInt32, conversation: Conversation) {
        self.socket = socket
        self.generation = generation
        self.conversation = conversation
    }

    /// The content of a free slot.
    static var none: Connection { Connection(socket: Socket(descriptor: -1), generation: 0, conversation: .closed) }

    var isOpen: Bool { generation != 0 }
}

/// The memory of a connection that is not idle.
final class ConnectionLoad {
    /// Input that the conversation has not used yet.
    var input: [UInt8] = []
    /// The part of the reservation that is for the input, in bytes.
    var reservedInputByteCount = 0
    /// The pieces of a body that follow the input.
    var ahead = BodyAhead()
    /// Output that the peer has not received yet.
    var output = OutputQueue()
    /// The produced body that is being sent.
    var transfer: StreamTransfer?
    /// The work that is in progress on a compute queue.
    var computation: Cancellation?
    /// The part of the budget that the connection has reserved.
    var reservation = Reservation()
    /// Whether it waits for another turn.
    var isQueued = false
    /// Whether it has used up a turn, so that it begins another one only from the queue.
    var hasUsedTurn = false

    /// The memory of an object of this type, with the objects of a request that is being read, in bytes.
    private static let byteCount = 2_048

    var isEmpty: Bool {
        input.isEmpty && ahead.isEmpty && output.isEmpty && transfer == nil && computation == nil && !isQueued
    }

    /// The memory that it holds, in bytes, excluding the handler's objects.
    var heldByteCount: Int {
        Self.byteCount + input.capacity + ahead.heldByteCount + output.heldByteCount
            + (transfer.map { $0.producer.heldByteCount + $0.heldByteCount } ?? 0)
    }
}

/// Queues bytes to be sent, in order, without copying them together.
struct OutputQueue {
    struct Segment {
        var bytes: [UInt8]
        /// The position up to which the bytes have been sent, or are not to be sent.
        var start: Int
        /// Whether they are a piece, whose memory belongs to its transfer.
        let isPiece: Bool

        func send(to socket: Socket) -> Socket.Sent { socket.send(bytes.span.extracting(start..<bytes.count)) }
    }

    private(set) var segments: [Segment] = []

    var isEmpty: Bool { segments.isEmpty }

    /// The memory that it holds, excluding pieces, in bytes.
    var heldByteCount: Int { segments.reduce(0) { $0 + ($1.isPiece ? 0 : $1.bytes.capacity) } }

    mutating func append(_ bytes: [UInt8], from start: Int = 0, isPiece: Bool = false) {
        if start < bytes.count { segments.append(Segment(bytes: bytes, start: start, isPiece: isPiece)) }
    }

    /// Sends as much as the peer accepts.
    ///
    /// - Parameter recycled: Receives the memory of the last segment that was sent.
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

/// The outcome of sending all queued bytes.
enum SendOutcome: Equatable {
    case done
    /// The rest can be sent when the peer accepts it.
    case blocked(hasProgressed: Bool)
    case disconnected
}
