import Glibc

/// An error of a system call, with the call's name and the reason.
public struct SystemError: Error, Equatable, CustomStringConvertible {
    public let operation: String
    /// The value of `errno`.
    public let code: Int32

    init(_ operation: String, code: Int32 = errno) {
        self.operation = operation
        self.code = code
    }

    public var description: String {
        // SAFETY: strerror returns a NUL-terminated string that is copied here at once.
        let reason = unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
        return "\(operation): \(reason)"
    }

    /// Returns whether the process or the machine has run out of descriptors or memory, which is temporary.
    static func isExhaustion(_ code: Int32) -> Bool {
        [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code)
    }
}

/// Repeats a system call for as long as a signal interrupts it.
@inline(__always)
func retryingInterrupted<Result: FixedWidthInteger & SignedInteger>(_ call: () -> Result) -> Result {
    while true {
        let result = call()
        if result != -1 || errno != EINTR { return result }
    }
}
