import Activations
import HTTP

/// The meaning of a path.
///
/// The paths themselves occur only in ``match(_:)`` below.
enum Route: Equatable, Sendable {
    /// `*`, for which only OPTIONS is allowed.
    case wholeServer
    case index
    case catalogue
    /// An entry of the catalogue.
    case activation(RegisteredActivation)
    /// The picture of an activation.
    case plot(RegisteredActivation)
    case evaluation(EvaluationTarget)
    case openAPI(OpenAPIFormat)
    case health(HealthCheck)
    case problem(ProblemType)
    case metrics

    enum OpenAPIFormat: Equatable, Sendable {
        case yaml
        case json
    }

    enum HealthCheck: Equatable, Sendable {
        /// Whether the process serves at all.
        case live
        /// Whether the process accepts new requests.
        case ready
    }

    /// Returns whether the path, with escapes decoded, may require a token.
    ///
    /// The check comes before the path's meaning,
    /// so that clients without a token do not learn which paths exist.
    static func needsToken(_ path: Span<UInt8>) -> Bool {
        var segments = PathSegments(path)
        guard let first = segments.next() else { return false }
        return path.extracting(first).equals("v1") || path.extracting(first).equals("v2")
    }

    /// Whether the answer depends on `Accept`.
    var isNegotiated: Bool {
        switch self {
        case .index, .catalogue, .activation, .plot, .evaluation, .openAPI, .problem: true
        case .wholeServer, .health, .metrics: false
        }
    }

    /// The methods of the path.
    var allowed: AllowedMethods {
        switch self {
        case .wholeServer, .evaluation: .readingAndEvaluating
        case .index, .catalogue, .activation, .plot, .openAPI, .health, .problem, .metrics: .reading
        }
    }
}

/// The methods of a route.
///
/// A route that allows GET allows HEAD and OPTIONS too.
enum AllowedMethods: Equatable, Sendable {
    case reading
    case readingAndEvaluating

    /// The value of an `Allow` field.
    var fieldValue: String {
        switch self {
        case .reading: "GET, HEAD, OPTIONS"
        case .readingAndEvaluating: "GET, HEAD, POST, OPTIONS"
        }
    }

    /// The fields of the answer to OPTIONS.
    var optionsFields: ResponseFields {
        switch self {
        case .reading: Self.fieldsOfReading
        case .readingAndEvaluating: Self.fieldsOfReadingAndEvaluating
        }
    }

    private static let fieldsOfReading = fields(.reading)
    private static let fieldsOfReadingAndEvaluating = fields(.readingAndEvaluating)

    private static func fields(_ methods: AllowedMethods) -> ResponseFields {
        ResponseFields(["Allow": methods.fieldValue, "X-Content-Type-Options": "nosniff"])
    }
}

extension Route {
    /// Returns the route of a path whose percent escapes are decoded.
    ///
    /// - Throws: A 404 that names the unknown part of the path.
    static func match(_ path: Span<UInt8>, in registry: Registry) throws(Problem) -> Route {
        var segments = PathSegments(path)
        guard let first = segments.next() else { return path.equals("*") ? .wholeServer : .index }
        guard let second = segments.next() else { return try matchSingle(first, in: path) }
        if path.extracting(first).equals("v1") {
            let third = segments.next()
            return try matchActivation(second, then: third, atEnd: segments.next() == nil, of: path, in: registry)
        }
        guard path.extracting(first).equals("problems"), segments.next() == nil,
            let problem = ProblemType(rawValue: String(decoding: path.extracting(second)))
        else { throw Problem.unknownRoute(path) }
        return .problem(problem)
    }

    private static func matchSingle(_ segment: Range<Int>, in path: Span<UInt8>) throws(Problem) -> Route {
        let name = path.extracting(segment)
        if name.isEmpty { return .index }
        if name.equals("v1") { return .catalogue }
        if name.equals("healthz") || name.equals("livez") { return .health(.live) }
        if name.equals("readyz") { return .health(.ready) }
        if name.equals("metrics") { return .metrics }
        if name.equals("openapi.yaml") { return .openAPI(.yaml) }
        if name.equals("openapi.json") { return .openAPI(.json) }
        throw Problem.unknownRoute(path)
    }

    /// Matches `/v1/{activation}`, `/v1/{activation}/plot.svg` and `/v1/{activation}/{operation}`.
    private static func matchActivation(
        _ name: Range<Int>, then operation: Range<Int>?, atEnd: Bool, of path: Span<UInt8>, in registry: Registry
    ) throws(Problem) -> Route {
        guard atEnd, !name.isEmpty, operation?.isEmpty != true else { throw Problem.unknownRoute(path) }
        guard let activation = registry.activation(named: path.extracting(name)) else {
            throw Problem.unknownActivation(String(decoding: path.extracting(name)), in: registry)
        }
        guard let operation else { return .activation(activation) }
        if path.extracting(operation).equals("plot.svg") { return .plot(activation) }
        guard let known = Operation(path.extracting(operation)), let target = registry.target(known, of: activation)
        else { throw Problem.unknownOperation(String(decoding: path.extracting(operation)), of: activation) }
        return .evaluation(target)
    }
}

/// Splits a path at its slashes without allocating: `/v1/tanh` into `v1` and `tanh`, `/` into one empty segment.
private struct PathSegments: ~Escapable {
    private let path: Span<UInt8>
    /// The start of the next segment, after its slash; past the end if there is none.
    private var start: Int

    @_lifetime(copy path)
    init(_ path: Span<UInt8>) {
        self.path = path
        self.start = path.first == UInt8(ascii: "/") ? 1 : path.count + 1
    }

    mutating func next() -> Range<Int>? {
        guard start <= path.count else { return nil }
        var end = start
        while end < path.count, path[end] != UInt8(ascii: "/") { end += 1 }
        defer { start = end + 1 }
        return start..<end
    }
}

extension Operation {
    init?(_ name: Span<UInt8>) {
        if name.equals("forward") {
            self = .forward
        } else if name.equals("derivative") {
            self = .derivative
        } else if name.equals("jacobian") {
            self = .jacobian
        } else {
            return nil
        }
    }
}

extension Problem {
    static func unknownRoute(_ path: Span<UInt8>) -> Problem {
        let endsInSlash = path.count > 1 && path[path.count - 1] == UInt8(ascii: "/")
        let hint = endsInSlash ? "No path has a slash at its end." : "GET / lists where to begin."
        return Problem(.unknownRoute, "There is nothing under \(quoted(path)). \(hint)")
    }

    static func unknownActivation(_ name: String, in registry: Registry) -> Problem {
        Problem(.unknownActivation, unknownNameDetail(registry.activations.map(\.name), name))
    }

    static func unknownOperation(_ name: String, of activation: RegisteredActivation) -> Problem {
        Problem(.unknownOperation, unknownNameDetail(activation.operations.map(\.rawValue), name))
    }

    private static func unknownNameDetail(_ names: [String], _ name: String) -> String {
        "\(quoted(name)) is not one of: \(names.joined(separator: ", "))." + NearestName.hint(for: name, in: names)
    }
}
