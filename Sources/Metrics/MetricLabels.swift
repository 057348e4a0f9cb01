import HTTP

/// The meaning of the numbers in a ``HTTP/ResponseNote``, as label values.
public struct MetricLabels: Sendable {
    public var routes: [Route]
    /// The problem types.
    public var problems: [String]
    /// The operations of all activations.
    public var evaluations: [Evaluation]

    /// A route's template and its allowed methods.
    public struct Route: Sendable {
        /// The template: `/v1/{activation}/{operation}`.
        public var template: String
        /// The allowed methods; requests with other methods are counted as `_OTHER`.
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

    /// The distinct activations of ``evaluations``, in order.
    var activations: [String] { Self.distinct(evaluations.map(\.activation)) }

    /// The distinct operations of ``evaluations``, in order.
    var operations: [String] { Self.distinct(evaluations.map(\.operation)) }

    private static func distinct(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}

/// A number that is looked up when the metrics are rendered.
public struct Reading: Sendable {
    /// Whether the number only grows, or also falls.
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
