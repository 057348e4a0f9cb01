import Testing

@testable import activation_server

@Suite struct MachineLimitsTests {
    private func files(_ contents: [String: String]) -> CgroupFiles { CgroupFiles { contents[$0] } }

    @Test func versionTwoLimitsAreTheLeastOnTheWayUp() {
        let group = files([
            "/proc/self/cgroup": "0::/pod/app\n",
            "/sys/fs/cgroup/pod/app/cpu.max": "max 100000\n",
            "/sys/fs/cgroup/pod/cpu.max": "150000 100000\n",
            "/sys/fs/cgroup/pod/app/memory.max": "67108864\n",
            "/sys/fs/cgroup/pod/memory.max": "max\n",
        ])
        #expect(group.cpuQuota == 1.5)
        #expect(group.memoryByteCountMax == 67_108_864)
    }

    @Test func insideAContainerTheRootHoldsTheLimits() {
        let group = files(["/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/memory.max": "1000000\n"])
        #expect(group.memoryByteCountMax == 1_000_000)
        #expect(group.cpuQuota == nil)
    }

    @Test func versionOneLimitsAreRead() {
        let group = files([
            "/proc/self/cgroup": "4:cpu,cpuacct:/a\n3:memory:/a\n0::/x\n",
            "/sys/fs/cgroup/cpu/a/cpu.cfs_quota_us": "50000\n",
            "/sys/fs/cgroup/cpu/a/cpu.cfs_period_us": "100000\n",
            "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
            "/sys/fs/cgroup/memory/a/memory.limit_in_bytes": "33554432\n",
            "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
        ])
        #expect(group.cpuQuota == 0.5)
        #expect(group.memoryByteCountMax == 33_554_432)
    }

    @Test(arguments: ["", "nonsense", "0::", "1:name=systemd:/x\n"])
    func withoutControlGroupsThereIsNoLimit(text: String) {
        let group = files(["/proc/self/cgroup": text])
        #expect(group.cpuQuota == nil && group.memoryByteCountMax == nil)
    }

    @Test func thisMachineHasACore() {
        #expect(MachineLimits.ofThisProcess().coreCount >= 1)
    }
}
