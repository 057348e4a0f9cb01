/// A value that shapes an activation, such as the slope `alpha` of leaky ReLU.
///
/// It belongs to the activation that lists it: parameters of two activations may share a name and differ in everything
/// else.
public struct Parameter: Hashable, Sendable {
    /// As in requests and in the catalogue: `alpha`.
    public let name: String
    /// What it does, in a sentence.
    public let summary: String
    /// Which values it takes, and which one it has unless given.
    public let kind: Kind

    /// Which values a parameter takes, and its default.
    public enum Kind: Hashable, Sendable {
        /// A finite number in a range.
        case number(default: Double, in: NumberRange = .finite)
        /// An integer in a range.
        case integer(default: Int, in: ClosedRange<Int>)
        /// One of several words.
        case choice(default: String, of: [String])
    }

    /// - Precondition: The parameter takes its default.
    public init(name: String, summary: String, _ kind: Kind) {
        self.name = name
        self.summary = summary
        self.kind = kind
        precondition(accepts(defaultValue), "A default is one of the values that a parameter takes.")
    }

    /// The value it has unless given.
    public var defaultValue: ParameterValue {
        switch kind {
        case .number(let number, _): .number(number)
        case .integer(let integer, _): .integer(integer)
        case .choice(let word, _): .choice(word)
        }
    }

    /// Whether it takes a value.
    public func accepts(_ value: ParameterValue) -> Bool {
        switch (kind, value) {
        case (.number(_, let range), .number(let number)): range.contains(number)
        case (.integer(_, let range), .integer(let integer)): range.contains(integer)
        case (.choice(_, let words), .choice(let word)): words.contains(word)
        case (.number, _), (.integer, _), (.choice, _): false
        }
    }

    /// The values it takes, as a noun phrase: `a number greater than 0`, `an integer from 1 to 8`, `"none" or "tanh"`.
    public var acceptedValues: String {
        switch kind {
        case .number(_, .finite): "any finite number"
        case .number(_, .notNegative): "a number not less than 0"
        case .number(_, .positive): "a number greater than 0"
        case .integer(_, let range): "an integer from \(range.lowerBound) to \(range.upperBound)"
        case .choice(_, let words): words.map { "\"\($0)\"" }.joined(separator: " or ")
        }
    }
}

/// The numbers that a parameter takes; all are finite.
public enum NumberRange: Hashable, Sendable {
    /// Every finite number.
    case finite
    /// 0 and above.
    case notNegative
    /// Above 0.
    case positive

    /// Whether the range has this number.
    public func contains(_ number: Double) -> Bool {
        guard number.isFinite else { return false }
        return switch self {
        case .finite: true
        case .notNegative: number >= 0
        case .positive: number > 0
        }
    }
}

/// What a parameter can be set to.
public enum ParameterValue: Hashable, Sendable {
    /// The value of a number.
    case number(Double)
    /// The value of an integer.
    case integer(Int)
    /// The word that was chosen.
    case choice(String)
}

/// The values of an activation's parameters, each of them valid; those not set have their defaults.
public struct ParameterValues: Hashable, Sendable {
    private var values: [String: ParameterValue] = [:]

    /// No values: every parameter has its default.
    public init() {}

    /// One value.
    ///
    /// - Precondition: `parameter` accepts it.
    public init(_ parameter: Parameter, _ value: ParameterValue) { set(parameter, to: value) }

    /// The value set for `parameter`, or its default.
    public subscript(parameter: Parameter) -> ParameterValue { values[parameter.name] ?? parameter.defaultValue }

    /// The value of a parameter that is a number.
    ///
    /// - Precondition: `parameter` is one.
    public func number(_ parameter: Parameter) -> Double {
        guard case .number(let number) = self[parameter] else { preconditionFailure("The parameter is a number.") }
        return number
    }

    /// The value of a parameter that is an integer.
    ///
    /// - Precondition: `parameter` is one.
    public func integer(_ parameter: Parameter) -> Int {
        guard case .integer(let integer) = self[parameter] else { preconditionFailure("The parameter is an integer.") }
        return integer
    }

    /// The word chosen for a parameter that is a choice.
    ///
    /// - Precondition: `parameter` is one.
    public func choice(_ parameter: Parameter) -> String {
        guard case .choice(let word) = self[parameter] else { preconditionFailure("The parameter is a choice.") }
        return word
    }

    /// Sets a value.
    ///
    /// - Precondition: `parameter` accepts it.
    public mutating func set(_ parameter: Parameter, to value: ParameterValue) {
        precondition(parameter.accepts(value), "A parameter has one of the values that it takes.")
        values[parameter.name] = value
    }
}

/// Two parameters whose values do not go together, such as bounds in the wrong order.
public struct ParameterConflict: Equatable, Sendable {
    /// The parameter to change.
    public let parameter: Parameter
    /// What has to hold, in a sentence.
    public let rule: String

    /// A conflict that a change of `parameter` can mend.
    public init(_ parameter: Parameter, _ rule: String) {
        self.parameter = parameter
        self.rule = rule
    }
}
