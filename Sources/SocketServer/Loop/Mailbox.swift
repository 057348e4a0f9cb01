import HTTP
import Locking

/// A connection of one event loop, told apart from others that had the same place before.
struct ConnectionID: Equatable, Sendable {
    let index: UInt32
    let generation: UInt32
}

/// What other threads tell an event loop.
enum Message: Sendable {
    /// A connection that another loop has accepted for this one.
    case adopt(Socket)
    case computed(ConnectionID, Response)
    case prepared(ConnectionID, piece: Int, PreparedInput)
    case produced(ConnectionID, piece: Int, PieceBuffer, succeeded: Bool)
    /// A connection has closed somewhere, for the loop that accepts.
    case resumeAccepting
    /// A connection waits to be accepted: close an idle one if ``ServerShared/closingClaim`` is still open.
    case closeIdle
    /// Shut down in peace; what is under way after that time is dropped.
    case drain(timeoutMilliseconds: Int)
    case stop
}

/// An event loop's inbox: the only thing of a loop that other threads touch.
final class Mailbox: Sendable {
    private struct State {
        var messages: [Message] = []
        var isClosed = false
    }

    private let state = Locked(State())
    private let wakeUp: WakeUp

    init() throws(SystemError) { wakeUp = try WakeUp() }

    deinit { wakeUp.close() }

    /// What the loop watches for input.
    var descriptor: Int32 { wakeUp.descriptor }

    /// Leaves a message and wakes the loop.
    ///
    /// - Returns: False when the loop has ended and the message is lost.
    @discardableResult
    func post(_ message: Message) -> Bool {
        let countBefore: Int? = state.withLock { state in
            guard !state.isClosed else { return nil }
            state.messages.append(message)
            return state.messages.count - 1
        }
        // Once is enough. Not under the lock, which the loop would at once wait for.
        if countBefore == 0 { wakeUp.signal() }
        return countBefore != nil
    }

    /// All messages since the last time, in order.
    func takeAll() -> [Message] {
        // First, so that what comes later wakes the loop again.
        wakeUp.clear()
        return state.withLock { state in
            var messages: [Message] = []
            swap(&messages, &state.messages)
            return messages
        }
    }

    /// Ends it, unless there are messages to be taken.
    ///
    /// - Returns: Whether it has ended.
    func closeIfEmpty() -> Bool {
        state.withLock { state in
            if state.messages.isEmpty { state.isClosed = true }
            return state.isClosed
        }
    }

    /// Ends it, and returns what was never taken.
    func close() -> [Message] {
        state.withLock { state in
            state.isClosed = true
            var messages: [Message] = []
            swap(&messages, &state.messages)
            return messages
        }
    }
}
