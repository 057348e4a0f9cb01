import Activations
import FoundationEssentials

/// The resources that the machine, or the container around the process, provides.
struct MachineLimits: Equatable, Sendable {
    /// The number of cores that the process may use, at least 1: its affinity, and the CPU quota of its cgroup rounded
    /// up.
    var coreCount: Int
    /// The memory limit of its cgroup, in bytes, or nil if there is none.
    var memoryByteCount: Int?
    /// The widest vectors that the processor supports.
    var vectorWidth = VectorWidth.baseline.rawValue

    static func ofThisProcess() -> MachineLimits {
        let files = CgroupFiles { path in
            FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
        }
        let cores = ProcessInfo.processInfo.activeProcessorCount
        return MachineLimits(
            coreCount: max(1, min(cores, files.cpuQuota.map { Int($0.rounded(.up)) } ?? cores)),
            memoryByteCount: files.memoryByteCountMax, vectorWidth: VectorWidth.current.rawValue)
    }
}

/// The limits of control groups, version 2 and version 1 (kernel documentation: cgroup-v2, cgroup-v1/memory).
///
/// A limit of any ancestor applies too, so each level from the process's own group up to the root is read.
struct CgroupFiles {
    /// Returns the contents of a file, or nil if it cannot be read.
    let read: (String) -> String?

    /// The number of CPUs that may be used at once, from quota and period.
    var cpuQuota: Double? {
        levels(controller: "cpu").compactMap { level -> Double? in
            if let words = read(level + "/cpu.max")?.split(whereSeparator: \.isWhitespace), words.count == 2 {
                guard let quota = Double(words[0]), let period = Double(words[1]), period > 0 else { return nil }
                return quota / period
            }
            guard let quota = number(level + "/cpu.cfs_quota_us"), quota > 0,
                let period = number(level + "/cpu.cfs_period_us"), period > 0
            else { return nil }
            return Double(quota) / Double(period)
        }.min()
    }

    /// The memory limit in bytes; in version 1 a number near 2^63 means "no limit".
    var memoryByteCountMax: Int? {
        levels(controller: "memory").compactMap { level in
            number(level + "/memory.max") ?? number(level + "/memory.limit_in_bytes")
        }.filter { $0 > 0 && $0 < 1 << 60 }.min()
    }

    private func number(_ path: String) -> Int? {
        read(path).flatMap { text in text.split(whereSeparator: \.isWhitespace).first.flatMap { Int($0) } }
    }

    /// Returns the folders of this process's group and its ancestors, for version 2 and for version 1.
    private func levels(controller: String) -> [String] {
        let lines = read("/proc/self/cgroup")?.split(separator: "\n") ?? []
        return lines.flatMap { line -> [String] in
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { return [] }
            let controllers = parts[1].split(separator: ",")
            guard controllers.isEmpty || controllers.contains(Substring(controller)) else { return [] }
            let root = controllers.isEmpty ? "/sys/fs/cgroup" : "/sys/fs/cgroup/" + controller
            return Self.ancestors(of: parts[2]).map { root + $0 }
        }
    }

    /// Returns `/a/b`, `/a`, and the root as the empty string, for `/a/b`.
    private static func ancestors(of path: Substring) -> [String] {
        let names = path.split(separator: "/")
        return (0...names.count).reversed().map { names.prefix($0).map { "/" + $0 }.joined() }
    }
}
