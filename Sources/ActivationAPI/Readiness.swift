import Synchronization

/// Whether this process wants new requests; what `/readyz` tells a load balancer.
///
/// The executable turns it off when it begins to shut down, from another thread.
public final class Readiness: Sendable {
    private let flag = Atomic(true)

    public init() {}

    public var isReady: Bool {
        get { flag.load(ordering: .relaxed) }
        set { flag.store(newValue, ordering: .relaxed) }
    }
}
