import HTTP
import Locking

/// What one event loop counts; the loop writes it, whoever asks for the metrics reads it.
final class LoopCounts: Sendable {
    let began = Counter()
    let ended = Counter()
    let abandoned = Counter()
    let problems: [Counter]
    let works: FixedList<WorkCounts>
    /// In order of first use.
    private let seriesList = Locked<[RequestSeries]>([])

    init(_ labels: MetricLabels) {
        problems = labels.problems.map { _ in Counter() }
        works = FixedList(count: labels.works.count) { _ in WorkCounts() }
    }

    var series: [RequestSeries] { seriesList.withLock { $0 } }

    func addSeries(_ key: SeriesKey) -> RequestSeries {
        let series = RequestSeries(key)
        seriesList.withLock { $0.append(series) }
        return series
    }
}

/// The labels of a request in one number, which is quickly compared: status, route + 1, position of the method + 1; 0
/// stands for none.
struct SeriesKey: Hashable, Sendable {
    private let code: Int

    init(method: Method?, route: UInt8?, status: Int) {
        code = status | (route.map { Int($0) + 1 } ?? 0) << 16 | (method.map { Self.position($0) + 1 } ?? 0) << 32
    }

    var status: Int { code & 0xFFFF }
    var route: Int? { code >> 16 & 0xFFFF == 0 ? nil : (code >> 16 & 0xFFFF) - 1 }
    var method: Method? { code >> 32 == 0 ? nil : Self.methods[(code >> 32) - 1] }

    private static let methods: [Method] = [
        .get, .head, .post, .put, .delete, .connect, .options, .trace, .patch, .otherRegistered,
    ]

    /// Position in ``methods``.
    private static func position(_ method: Method) -> Int {
        switch method {
        case .get: 0
        case .head: 1
        case .post: 2
        case .put: 3
        case .delete: 4
        case .connect: 5
        case .options: 6
        case .trace: 7
        case .patch: 8
        case .otherRegistered: 9
        }
    }
}

/// The requests of one method, route and status.
final class RequestSeries: Sendable {
    let key: SeriesKey
    let seconds = Histogram(.requestSeconds)
    let requestBytes = Histogram(.bytes)
    let responseBytes = Histogram(.bytes)

    init(_ key: SeriesKey) { self.key = key }

    func record(_ request: borrowing EndedRequest) {
        seconds.record(request.durationNanoseconds)
        requestBytes.record(request.requestBodyByteCount)
        responseBytes.record(request.responseBodyByteCount)
    }
}

/// The computations of one activation and operation.
struct WorkCounts: ~Copyable, Sendable {
    let elements = Counter()
    let seconds = Histogram(.computeSeconds)

    func record(_ request: borrowing EndedRequest) {
        elements.add(request.note.elementCount)
        seconds.record(request.workNanoseconds)
    }
}

/// Counts an event loop's requests: plain additions to memory that no other thread writes.
@safe
final class LoopObserver: RequestObserver {
    private let counts: LoopCounts
    private let accessLog: AccessLog?
    private var all: [SeriesKey: RequestSeries] = [:]
    private var lastKey: SeriesKey
    /// That of the last request, which is kept by ``all``: to count in it counts no reference.
    private var last: Unmanaged<RequestSeries>

    init(_ counts: LoopCounts, _ accessLog: AccessLog?) {
        self.counts = counts
        self.accessLog = accessLog
        // Never counted, so never told: it only saves an optional.
        let none = RequestSeries(SeriesKey(method: nil, route: nil, status: 0))
        lastKey = none.key
        all[none.key] = none
        unsafe last = .passUnretained(none)
    }

    var wantsTrace: Bool { accessLog != nil }

    func began() { counts.began.add() }

    func abandoned() {
        counts.ended.add()
        counts.abandoned.add()
    }

    func ended(_ request: borrowing EndedRequest) {
        counts.ended.add()
        choose(SeriesKey(method: request.method, route: request.note.route, status: request.status))
        // SAFETY: `all` never lets go of a series.
        unsafe last._withUnsafeGuaranteedRef { $0.record(request) }
        if let problem = request.note.problem { counts.problems[Int(problem)].add() }
        if let work = request.note.work {
            counts.works[Int(work)].record(request)
        }
        accessLog?(request)
    }

    /// Makes the series of that key the last one.
    private func choose(_ key: SeriesKey) {
        if lastKey == key { return }
        let series = all[key] ?? counts.addSeries(key)
        all[key] = series
        lastKey = key
        unsafe last = .passUnretained(series)
    }
}

/// Writes a line about a request; called on event loops, must not block.
public typealias AccessLog = @Sendable (borrowing EndedRequest) -> Void
