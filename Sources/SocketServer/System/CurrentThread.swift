import CLinux

/// Reads the kernel's counters for the current thread.
enum CurrentThread {
    /// The number of times that its core has been given to another thread.
    static var preemptionCount: Int { thread_preemption_count() }
}
