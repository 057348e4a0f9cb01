import Glibc

/// The few system calls of the executable itself: standard error, signals, the end of the process.
enum ProcessSystem {
    static var standardErrorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Opens `/dev/null` in place of standard input, output or error if they are closed.
    ///
    /// Otherwise the first sockets would get those numbers, and the log would be written into one of them. It must be
    /// called before anything else is opened.
    static func openStandardDescriptors() {
        while true {
            // SAFETY: the path is a constant that outlives the call.
            let descriptor = unsafe open("/dev/null", O_RDWR)
            guard descriptor > STDERR_FILENO else {
                if descriptor < 0 { return }
                continue
            }
            _ = close(descriptor)
            return
        }
    }

    /// Writes all bytes to standard error; it waits if that is a full pipe, and gives up if the pipe has no reader.
    static func writeToStandardError(_ bytes: [UInt8]) {
        var written = 0
        while written < bytes.count {
            // SAFETY: the pointer is used only inside the call, for the bytes that it covers.
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(
                    STDERR_FILENO, buffer.baseAddress.map { unsafe $0 + written }, buffer.count - written)
            }
            if count > 0 {
                written += count
            } else if errno == EAGAIN {
                var waiting = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&waiting, 1, 1_000)
            } else if errno != EINTR {
                return
            }
        }
    }

    /// Ends the process at once, without running any further code.
    static func exitNow(_ status: Int32) -> Never { _exit(status) }
}

/// Signals that are received by waiting for them instead of by a handler: none is lost, however early it arrives.
struct SignalSet {
    private var set = sigset_t()

    /// Blocks these signals in this thread and all that it starts, so that they stay pending until `next()` receives
    /// them.
    ///
    /// It must be called before any other thread exists.
    init(blocking signals: [Int32]) {
        // SAFETY: the set is initialised by the first call and owned by this value.
        unsafe sigemptyset(&set)
        for signal in signals { unsafe sigaddset(&set, signal) }
        unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
        // Writing to a closed log pipe or connection then fails, but never ends the process.
        Glibc.signal(SIGPIPE, SIG_IGN)
    }

    /// Waits for the next of the signals, and returns it.
    func next() -> Int32 {
        var signal: Int32 = 0
        var waited = set
        // SAFETY: both are local; the only error is an invalid set, which `init` rules out.
        while unsafe sigwait(&waited, &signal) != 0 {}
        return signal
    }
}
