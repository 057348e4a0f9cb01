import CLinux
import Glibc

/// Starts threads outside Dispatch's pool.
///
/// Dispatch has at most 255 threads, and runs no more of them than there are cores. Anything that must run regardless
/// of the number of event loops and computations (the loops themselves, the log, the shutdown) has a thread of its own.
public enum DedicatedThread {
    /// The address space that a thread reserves for its stack; only the pages that it touches use memory.
    static let stackByteCount = 1 << 20

    /// Runs `body` once on a new thread.
    ///
    /// - Parameter name: Shown by `top -H` and debuggers, which see its first 15 bytes.
    /// - Throws: If the system's or the control group's limit of threads is reached.
    public static func start(_ name: String, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
        var attributes = pthread_attr_t()
        // SAFETY: initialised here, used by the calls below only, and destroyed when they are done.
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        unsafe pthread_attr_setstacksize(&attributes, stackByteCount)
        let start = unsafe Unmanaged.passRetained(ThreadStart(name, body))
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, &attributes,
            { argument in
                // SAFETY: the argument is the object retained above, and this thread alone releases it.
                if let argument = unsafe argument {
                    unsafe Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue().run()
                }
                return nil
            }, start.toOpaque())
        guard code == 0 else {
            unsafe start.release()
            throw SystemError("pthread_create", code: code)
        }
    }
}

/// The argument of a new thread.
private final class ThreadStart: Sendable {
    private let name: String
    private let body: @Sendable () -> Void

    init(_ name: String, _ body: @escaping @Sendable () -> Void) {
        self.name = name
        self.body = body
    }

    func run() {
        // SAFETY: the kernel copies the name, which has at most 15 bytes, during the call.
        _ = unsafe String(decoding: name.utf8.prefix(15), as: UTF8.self).withCString {
            unsafe pthread_setname_np(pthread_self(), $0)
        }
        body()
    }
}
