import HTTP
import Locking

/// The counters of one event loop: the loop writes them, and any thread that renders the metrics reads them.
///
/// All memory is allocated when the loop starts. No request adds a series, so that clients cannot make the metrics
/// grow.
final class LoopCounts: Sendable {
    let began = Counter()
    let ended = Counter()
    let abandoned = Counter()
    let requestBytes = Histogram(.bytes)
    let responseBytes = Histogram(.bytes)
    let problems: FixedList<Counter>
    /// The counts by position in ``MetricLabels/routes`` plus 1; the first entry is for requests whose path matches no
    /// route.
    let routes: FixedList<RouteCounts>
    /// The positions of the counters to increment, by position in ``MetricLabels/evaluations``.
    let evaluations: FixedList<EvaluationPosition>
    let activations: FixedList<ActivationCounts>
    let operations: FixedList<OperationCounts>

    init(_ labels: MetricLabels) {
        problems = FixedList(count: labels.problems.count) { _ in Counter() }
        routes = FixedList(count: labels.routes.count + 1) { index in
            RouteCounts(methods: index == 0 ? MethodLabel.known : labels.routes[index - 1].methods)
        }
        let (activationNames, operationNames) = (labels.activations, labels.operations)
        evaluations = FixedList(count: labels.evaluations.count) { index in
            EvaluationPosition(
                activation: activationNames.firstIndex(of: labels.evaluations[index].activation) ?? 0,
                operation: operationNames.firstIndex(of: labels.evaluations[index].operation) ?? 0)
        }
        activations = FixedList(count: activationNames.count) { _ in ActivationCounts() }
        operations = FixedList(count: operationNames.count) { _ in OperationCounts() }
    }

    func record(_ request: borrowing EndedRequest) {
        ended.add()
        routes[request.note.route.map { Int($0) + 1 } ?? 0].record(request)
        requestBytes.record(request.requestBodyByteCount)
        responseBytes.record(request.responseBodyByteCount)
        if let problem = request.note.problem { problems[Int(problem)].add() }
        guard let evaluation = request.note.work else { return }
        let position = evaluations[Int(evaluation)]
        activations[position.activation].record(request)
        operations[position.operation].record(request)
    }
}

/// Counts the requests of one route.
struct RouteCounts: ~Copyable, Sendable {
    /// A bit set: whether the method at that position of ``MethodLabel/known`` is one that the route allows.
    private let allowedMethods: UInt8
    /// The counts by position in ``MethodLabel/names``.
    let methods = InlineArray<5, Counter> { _ in Counter() }
    /// The counts by position in ``StatusLabel/names``.
    let statuses = InlineArray<20, Counter> { _ in Counter() }
    let seconds = Histogram(.requestSeconds)

    init(methods: [Method]) {
        allowedMethods = methods.reduce(0) { $0 | 1 << UInt8(MethodLabel.position($1)) }
    }

    func record(_ request: borrowing EndedRequest) {
        let position = request.method.map(MethodLabel.position) ?? MethodLabel.other
        methods[allowedMethods >> UInt8(position) & 1 == 1 ? position : MethodLabel.other].add()
        statuses[StatusLabel.position(request.status)].add()
        seconds.record(request.durationNanoseconds)
    }
}

/// The positions of an activation's and an operation's counters.
struct EvaluationPosition: Sendable {
    let activation: Int
    let operation: Int
}

/// Counts the evaluations of one activation.
struct ActivationCounts: ~Copyable, Sendable {
    let evaluations = Counter()
    let elements = Counter()

    func record(_ request: borrowing EndedRequest) {
        evaluations.add()
        elements.add(request.note.elementCount)
    }
}

/// Counts the evaluations of one operation.
struct OperationCounts: ~Copyable, Sendable {
    let computeSeconds = Histogram(.computeSeconds)
    /// The durations by position in ``SizeLabel/names``.
    let seconds = InlineArray<3, Histogram> { _ in Histogram(.evaluationSeconds) }

    func record(_ request: borrowing EndedRequest) {
        computeSeconds.record(request.workNanoseconds)
        seconds[SizeLabel.position(request)].record(request.durationNanoseconds)
    }
}

/// Counts an event loop's requests with plain additions to memory that no other thread writes.
final class LoopObserver: RequestObserver {
    private let counts: LoopCounts
    private let accessLog: AccessLog?

    init(_ counts: LoopCounts, _ accessLog: AccessLog?) {
        self.counts = counts
        self.accessLog = accessLog
    }

    var wantsTrace: Bool { accessLog != nil }

    func began() { counts.began.add() }

    func abandoned() {
        counts.ended.add()
        counts.abandoned.add()
    }

    func ended(_ request: borrowing EndedRequest) {
        counts.record(request)
        accessLog?(request)
    }
}

/// Writes a log line about a request; it is called on event loops and must not block.
public typealias AccessLog = @Sendable (borrowing EndedRequest) -> Void
