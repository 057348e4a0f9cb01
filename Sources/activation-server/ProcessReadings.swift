import FoundationEssentials
import Glibc
import Metrics

/// The kernel's figures about this process, under the names that Prometheus' own clients use.
enum ProcessReadings {
    static var all: [Reading] {
        var readings: [Reading] = []
        let usage = cpuSeconds()
        readings.append(Reading("process_cpu_seconds_total", .counter, "CPU time, user and system.", usage))
        if let pages = memoryPages() {
            let pageByteCount = Double(sysconf(Int32(_SC_PAGESIZE)))
            readings.append(
                Reading(
                    "process_virtual_memory_bytes", .gauge, "Bytes of address space.", pages.virtual * pageByteCount))
            readings.append(
                Reading(
                    "process_resident_memory_bytes", .gauge, "Bytes of memory in use.", pages.resident * pageByteCount))
        }
        if let start = startSeconds {
            readings.append(Reading("process_start_time_seconds", .gauge, "Start, in seconds since 1970.", start))
        }
        return readings
    }

    private static func cpuSeconds() -> Double {
        var usage = rusage()
        // SAFETY: the kernel writes one rusage.
        _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }

    private static func memoryPages() -> (virtual: Double, resident: Double)? {
        let words = read("/proc/self/statm").split(separator: " ")
        guard words.count > 1, let virtual = Double(words[0]), let resident = Double(words[1]) else { return nil }
        return (virtual, resident)
    }

    private static let startSeconds: Double? = startSeconds(stat: read("/proc/self/stat"), bootTime: read("/proc/stat"))

    /// - Parameters:
    ///   - stat: Of the process: its 22nd word is the start, in ticks since boot. The second is in parentheses and may
    ///     hold anything, so words are counted from the last parenthesis.
    ///   - bootTime: Of the machine: a line `btime 1700000000`.
    static func startSeconds(stat: String, bootTime: String) -> Double? {
        let words = stat.suffix(while: { $0 != ")" }).split(separator: " ")
        let boot = bootTime.split(separator: "\n").first { $0.hasPrefix("btime ") }?.dropFirst(6)
        guard words.count > 19, let ticks = Double(words[19]), let boot, let bootSeconds = Double(boot) else {
            return nil
        }
        return bootSeconds + ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    private static func read(_ path: String) -> String {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

extension StringProtocol {
    /// Returns the longest suffix whose characters all satisfy the predicate.
    fileprivate func suffix(while fits: (Character) -> Bool) -> SubSequence {
        var start = endIndex
        while start > startIndex, fits(self[index(before: start)]) { start = index(before: start) }
        return self[start...]
    }
}
