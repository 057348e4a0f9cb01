import Glibc

/// Raises the number of descriptors that the process may open.
enum DescriptorLimit {
    /// Raises the soft limit to the hard one: the soft one is low for the sake of programs that use `select`.
    ///
    /// - Returns: The soft limit before and after.
    static func raise() throws(SystemError) -> (before: Int, after: Int) {
        var limit = rlimit()
        // SAFETY: the kernel writes, then reads, one rlimit.
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            throw SystemError("getrlimit")
        }
        let before = Int(clamping: limit.rlim_cur)
        limit.rlim_cur = limit.rlim_max
        guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            throw SystemError("setrlimit")
        }
        return (before, Int(clamping: limit.rlim_cur))
    }
}
