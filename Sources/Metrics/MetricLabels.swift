import HTTP

/// What the numbers in a ``HTTP/ResponseNote`` stand for.
public struct MetricLabels: Sendable {
    public var routes: [Route]
    /// Kinds of problem.
    public var problems: [String]
    /// What can be computed.
    public var evaluations: [Evaluation]

    /// A route's template and the methods that it answers.
    public struct Route: Sendable {
        /// `/v1/{activation}/{operation}`.
        public var template: String
        /// Requests with other methods are counted as `_OTHER`.
        public var methods: [Method]

        public init(template: String, methods: [Method]) {
            self.template = template
            self.methods = methods
        }
    }

    /// An operation of an activation.
    public struct Evaluation: Sendable {
        public var activation: String
        public var operation: String

        public init(activation: String, operation: String) {
            self.activation = activation
            self.operation = operation
        }
    }

    public init(routes: [Route], problems: [String], evaluations: [Evaluation]) {
        self.routes = routes
        self.problems = problems
        self.evaluations = evaluations
    }

    /// The activations of ``evaluations``, each once, in order.
    var activations: [String] { Self.distinct(evaluations.map(\.activation)) }

    /// The operations of ``evaluations``, each once, in order.
    var operations: [String] { Self.distinct(evaluations.map(\.operation)) }

    private static func distinct(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}

/// A number that is looked up when the metrics are asked for.
public struct Reading: Sendable {
    /// How it moves: only up, or up and down.
    public enum Kind: String, Sendable {
        case counter
        case gauge
    }

    public var name: String
    public var kind: Kind
    public var help: String
    public var value: Double
    public var labels: [(String, String)]

    public init(_ name: String, _ kind: Kind, _ help: String, _ value: Double, labels: [(String, String)] = []) {
        self.name = name
        self.kind = kind
        self.help = help
        self.value = value
        self.labels = labels
    }
}
