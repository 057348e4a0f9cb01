import CLinux

/// What the kernel tells of the thread that asks.
enum CurrentThread {
    /// How often it has had to give its core to another one.
    static var preemptionCount: Int { thread_preemption_count() }
}
