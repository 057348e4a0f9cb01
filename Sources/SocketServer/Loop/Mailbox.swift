import HTTP
import Locking

/// Identifies a connection of one event loop, also among others that had the same slot before.
struct ConnectionID: Equatable, Sendable {
    let index: UInt32
    let generation: UInt32
}

/// A message from another thread to an event loop.
enum Message: Sendable {
    /// A connection that another loop has accepted for this one.
    case adopt(Socket)
    case computed(ConnectionID, Response)
    case prepared(ConnectionID, piece: Int, PreparedInput)
    case produced(ConnectionID, piece: Int, PieceBuffer, succeeded: Bool)
    /// A connection of any loop has closed; this is for the loop that accepts.
    case resumeAccepting
    /// A connection waits to be accepted: close an idle one if ``ServerShared/closingClaim`` is still open.
    case closeIdle
    /// Shut down gracefully; requests still in progress after that time are dropped.
    case drain(timeoutMilliseconds: Int)
    case stop
}

/// An event loop's inbox, the only part of a loop that other threads use.
final class Mailbox: Sendable {
    private struct State {
        var messages: [Message] = []
        var isClosed = false
    }

    private let state = Locked(State())
    private let wakeUp: WakeUp

    init() throws(SystemError) { wakeUp = try WakeUp() }

    deinit { wakeUp.close() }

    /// The descriptor that the loop watches for input.
    var descriptor: Int32 { wakeUp.descriptor }

    /// Appends a message and wakes the loop.
    ///
    /// - Returns: False if the loop has ended and the message is lost.
    @discardableResult
    func post(_ message: Message) -> Bool {
        let countBefore: Int? = state.withLock { state in
            guard !state.isClosed else { return nil }
            state.messages.append(message)
            return state.messages.count - 1
        }
        // One signal is enough. It is sent without the lock, for which the woken loop would wait.
        if countBefore == 0 { wakeUp.signal() }
        return countBefore != nil
    }

    /// Returns all messages since the last call, in order.
    func takeAll() -> [Message] {
        // The signal is cleared first, so that a later message wakes the loop again.
        wakeUp.clear()
        return state.withLock { state in
            var messages: [Message] = []
            swap(&messages, &state.messages)
            return messages
        }
    }

    /// Closes the mailbox, unless it contains messages.
    ///
    /// - Returns: Whether it has been closed.
    func closeIfEmpty() -> Bool {
        state.withLock { state in
            if state.messages.isEmpty { state.isClosed = true }
            return state.isClosed
        }
    }

    /// Closes the mailbox, and returns the messages that were never taken.
    func close() -> [Message] {
        state.withLock { state in
            state.isClosed = true
            var messages: [Message] = []
            swap(&messages, &state.messages)
            return messages
        }
    }
}
