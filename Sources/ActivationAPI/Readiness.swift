import Synchronization

/// Whether this process accepts new requests, which `/readyz` reports to a load balancer.
///
/// The executable clears it from another thread when it begins to shut down.
public final class Readiness: Sendable {
    private let flag = Atomic(true)

    public init() {}

    public var isReady: Bool {
        get { flag.load(ordering: .relaxed) }
        set { flag.store(newValue, ordering: .relaxed) }
    }
}
