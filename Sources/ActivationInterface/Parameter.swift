/// A number that shapes an activation, such as the slope `alpha` of leaky ReLU.
public struct Parameter: Sendable {
    /// As in requests and in the catalogue: `alpha`.
    public let name: String
    /// What it does and which values it takes, in a sentence.
    public let summary: String
    /// The value it has where none is given.
    public let defaultValue: Double

    /// A parameter of that name.
    public init(name: String, summary: String, defaultValue: Double) {
        self.name = name
        self.summary = summary
        self.defaultValue = defaultValue
    }
}

/// Values for an activation's parameters, by name.
///
/// Each is finite: there is no way to put in anything else.
public struct ParameterValues: Sendable {
    private var values: [String: Double] = [:]

    /// No values: every parameter has its default.
    public init() {}

    /// One value.
    ///
    /// - Precondition: `value` is finite.
    public init(_ parameter: Parameter, _ value: Double) { set(parameter, to: value) }

    /// The value given for `parameter`, or its default.
    public subscript(parameter: Parameter) -> Double { values[parameter.name] ?? parameter.defaultValue }

    /// Sets a value.
    ///
    /// - Precondition: `value` is finite.
    public mutating func set(_ parameter: Parameter, to value: Double) {
        precondition(value.isFinite, "A parameter is a finite number.")
        values[parameter.name] = value
    }
}
