import HTTP
import Locking

/// What one event loop counts: the loop writes it, any thread that renders the metrics reads it.
///
/// All of it is allocated when the loop starts. No request adds a series, so what clients send cannot make the metrics
/// grow.
final class LoopCounts: Sendable {
    let began = Counter()
    let ended = Counter()
    let abandoned = Counter()
    let requestBytes = Histogram(.bytes)
    let responseBytes = Histogram(.bytes)
    let problems: FixedList<Counter>
    /// By position in ``MetricLabels/routes``, plus 1; the first is for requests whose path is no route.
    let routes: FixedList<RouteCounts>
    /// By position in ``MetricLabels/evaluations``.
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

/// The requests of one route.
struct RouteCounts: ~Copyable, Sendable {
    /// Bit by bit, whether the method at that position of ``MethodLabel/known`` is one of the route's own.
    private let ownMethods: UInt8
    /// By position in ``MethodLabel/names``.
    let methods = InlineArray<5, Counter> { _ in Counter() }
    /// By position in ``StatusLabel/names``.
    let statuses = InlineArray<20, Counter> { _ in Counter() }
    let seconds = Histogram(.requestSeconds)

    init(methods: [Method]) {
        ownMethods = methods.reduce(0) { $0 | 1 << UInt8(MethodLabel.position($1)) }
    }

    func record(_ request: borrowing EndedRequest) {
        let position = request.method.map(MethodLabel.position) ?? MethodLabel.other
        methods[ownMethods >> UInt8(position) & 1 == 1 ? position : MethodLabel.other].add()
        statuses[StatusLabel.position(request.status)].add()
        seconds.record(request.durationNanoseconds)
    }
}

/// Where the counts of an operation of an activation are.
struct EvaluationPosition: Sendable {
    let activation: Int
    let operation: Int
}

/// The evaluations of one activation.
struct ActivationCounts: ~Copyable, Sendable {
    let evaluations = Counter()
    let elements = Counter()

    func record(_ request: borrowing EndedRequest) {
        evaluations.add()
        elements.add(request.note.elementCount)
    }
}

/// The evaluations of one operation.
struct OperationCounts: ~Copyable, Sendable {
    let workSeconds = Histogram(.computeSeconds)
    /// By position in ``SizeLabel/names``.
    let seconds = InlineArray<3, Histogram> { _ in Histogram(.evaluationSeconds) }

    func record(_ request: borrowing EndedRequest) {
        workSeconds.record(request.workNanoseconds)
        seconds[SizeLabel.position(request)].record(request.durationNanoseconds)
    }
}

/// Counts an event loop's requests: plain additions to memory that no other thread writes.
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

/// Writes a line about a request; called on event loops, must not block.
public typealias AccessLog = @Sendable (borrowing EndedRequest) -> Void
