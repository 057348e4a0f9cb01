import CLinux
import Glibc

/// A connected, non-blocking stream socket.
///
/// It is a plain number: its owner closes it, exactly once.
struct Socket: Equatable, Sendable {
    let descriptor: Int32

    /// The outcome of a read.
    enum Received {
        case bytes(Int)
        /// The peer sends nothing more.
        case endOfInput
        case wouldBlock
        case disconnected
    }

    /// The outcome of a write.
    enum Sent {
        case bytes(Int)
        case wouldBlock
        case disconnected
    }

    /// Reads what has arrived, up to the size of `buffer`.
    func receive(into buffer: UnsafeMutableRawBufferPointer) -> Received {
        // SAFETY: the kernel writes at most `buffer.count` bytes to `buffer`.
        let count = retryingInterrupted { unsafe kernel_recv(descriptor, buffer.baseAddress, buffer.count, 0) }
        if count > 0 { return .bytes(count) }
        if count == 0 { return .endOfInput }
        return errno == EAGAIN ? .wouldBlock : .disconnected
    }

    /// Reads what has arrived, up to `byteCountMax`, into an array, whose content is replaced.
    func receive(into bytes: inout [UInt8], byteCountMax: Int) -> Received {
        bytes.removeAll(keepingCapacity: true)
        bytes.reserveCapacity(byteCountMax)
        var received = Received.wouldBlock
        bytes.append(addingCapacity: byteCountMax) { output in
            // SAFETY: exactly the bytes that the kernel has written count as initialized.
            unsafe output.withUnsafeMutableBufferPointer { buffer, count in
                received = unsafe receive(into: UnsafeMutableRawBufferPointer(buffer))
                if case .bytes(let receivedCount) = received { count = receivedCount }
            }
        }
        return received
    }

    /// Discards what has arrived, up to the size of `buffer`, without copying it.
    ///
    /// - Parameter buffer: Written to only by kernels that cannot discard input.
    func discard(upTo buffer: UnsafeMutableRawBufferPointer) -> Received {
        // SAFETY: the reason is the same as in `receive(into:)`.
        let count = retryingInterrupted {
            unsafe kernel_recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_TRUNC))
        }
        if count > 0 { return .bytes(count) }
        if count == 0 { return .endOfInput }
        return errno == EAGAIN ? .wouldBlock : .disconnected
    }

    /// Whether the peer has still to acknowledge some of the output.
    var hasUnacknowledgedOutput: Bool { unacknowledged_byte_count(descriptor) > 0 }

    /// Whether unread bytes have arrived.
    var hasInput: Bool {
        var byte: UInt8 = 0
        // SAFETY: the kernel writes at most that one byte.
        return retryingInterrupted { unsafe recv(descriptor, &byte, 1, Int32(MSG_PEEK)) } > 0
    }

    /// Sends as much of `bytes` as the peer accepts now.
    func send(_ bytes: Span<UInt8>) -> Sent {
        let count = unsafe bytes.withUnsafeBufferPointer { buffer in
            // SAFETY: the kernel reads at most `buffer.count` bytes of `buffer`, which outlives the call.
            retryingInterrupted { unsafe kernel_send(descriptor, buffer.baseAddress, buffer.count, Self.flags) }
        }
        return Self.outcome(count)
    }

    /// Sends as much of `first` and then `second` as the peer accepts now, in one system call.
    func send(_ first: Span<UInt8>, _ second: Span<UInt8>) -> Sent {
        let count = unsafe first.withUnsafeBufferPointer { first in
            unsafe second.withUnsafeBufferPointer { second in
                var parts = unsafe (Self.part(first), Self.part(second))
                return unsafe withUnsafeMutablePointer(to: &parts) { parts in
                    // SAFETY: a tuple of two equal types has the memory layout of an array of two; sendmsg does not
                    // write to it.
                    unsafe parts.withMemoryRebound(to: iovec.self, capacity: 2) { parts in
                        var message = unsafe msghdr()
                        unsafe message.msg_iov = parts
                        unsafe message.msg_iovlen = 2
                        return retryingInterrupted { unsafe sendmsg(descriptor, &message, Self.flags) }
                    }
                }
            }
        }
        return Self.outcome(count)
    }

    /// Makes the kernel send data to a program on this machine at once, rather than at a pace.
    ///
    /// Reno, which every kernel has, does not pace; the system's choice for networks may, as BBR does. Peers on other
    /// machines keep that choice. Nothing depends on whether the call succeeds.
    func stopPacingOnThisMachine() {
        guard Address.isPeerOnThisMachine(descriptor) else { return }
        let name = Array("reno".utf8)
        // SAFETY: the kernel reads `name.count` bytes of `name`.
        _ = unsafe setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_CONGESTION, name, socklen_t(name.count))
    }

    /// Ends the output; what is queued is still delivered.
    func shutDownOutput() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

    func close() { _ = Glibc.close(descriptor) }

    /// Closes the socket so that the peer sees a reset, not an end.
    func reset() {
        var lingering = linger(l_onoff: 1, l_linger: 0)
        // SAFETY: the option's value is a `linger`, of that size.
        _ = unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &lingering, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    /// A peer that has disconnected is an error to handle, rather than a signal that ends the process.
    private static let flags = Int32(MSG_NOSIGNAL)

    private static func part(_ buffer: UnsafeBufferPointer<UInt8>) -> iovec {
        // SAFETY: sendmsg only reads through the pointer, although its type says otherwise.
        unsafe iovec(iov_base: UnsafeMutableRawPointer(mutating: buffer.baseAddress), iov_len: buffer.count)
    }

    private static func outcome(_ count: Int) -> Sent {
        if count >= 0 { return .bytes(count) }
        return errno == EAGAIN || errno == ENOBUFS ? .wouldBlock : .disconnected
    }
}
