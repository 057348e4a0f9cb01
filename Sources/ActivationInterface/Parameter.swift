/// A value that shapes an activation, such as the slope `alpha` of leaky ReLU.
///
/// It belongs to the activation that lists it: parameters of two activations may share a name and differ in every other
/// respect.
public struct Parameter: Hashable, Sendable {
    /// The name in requests and in the catalogue: `alpha`.
    public let name: String
    /// What the parameter does, in a sentence.
    public let summary: String
    /// The values it accepts, and its default.
    public let kind: Kind

    /// The values that a parameter accepts, and its default.
    public enum Kind: Hashable, Sendable {
        /// A finite number in a range.
        case number(default: Double, in: NumberRange = .finite)
        /// An integer in a range.
        case integer(default: Int, in: ClosedRange<Int>)
        /// One word of a list.
        case choice(default: String, of: [String])
    }

    /// - Precondition: The parameter accepts its default.
    public init(name: String, summary: String, _ kind: Kind) {
        self.name = name
        self.summary = summary
        self.kind = kind
        precondition(accepts(defaultValue), "The parameter does not accept its default.")
    }

    /// The value used if none is given.
    public var defaultValue: ParameterValue {
        switch kind {
        case .number(let number, _): .number(number)
        case .integer(let integer, _): .integer(integer)
        case .choice(let word, _): .choice(word)
        }
    }

    /// Returns whether the parameter accepts a value.
    public func accepts(_ value: ParameterValue) -> Bool {
        switch (kind, value) {
        case (.number(_, let range), .number(let number)): range.contains(number)
        case (.integer(_, let range), .integer(let integer)): range.contains(integer)
        case (.choice(_, let words), .choice(let word)): words.contains(word)
        case (.number, _), (.integer, _), (.choice, _): false
        }
    }

    /// The values it accepts, as a noun phrase: `a number greater than 0`, `an integer from 1 to 8`, `"none" or
    /// "tanh"`.
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

/// The numbers that a parameter accepts; all are finite.
public enum NumberRange: Hashable, Sendable {
    /// Every finite number.
    case finite
    /// The numbers from 0 up.
    case notNegative
    /// The numbers above 0.
    case positive

    /// Returns whether the number is in the range.
    public func contains(_ number: Double) -> Bool {
        guard number.isFinite else { return false }
        return switch self {
        case .finite: true
        case .notNegative: number >= 0
        case .positive: number > 0
        }
    }
}

/// The value of a parameter.
public enum ParameterValue: Hashable, Sendable {
    /// A number.
    case number(Double)
    /// An integer.
    case integer(Int)
    /// The chosen word.
    case choice(String)
}

/// The values of an activation's parameters, each of them valid; parameters that are not set have their defaults.
public struct ParameterValues: Hashable, Sendable {
    private var values: [String: ParameterValue] = [:]

    /// Creates an empty set of values, so that every parameter has its default.
    public init() {}

    /// Creates a set of one value.
    ///
    /// - Precondition: `parameter` accepts it.
    public init(_ parameter: Parameter, _ value: ParameterValue) { set(parameter, to: value) }

    /// The value set for `parameter`, or its default.
    public subscript(parameter: Parameter) -> ParameterValue { values[parameter.name] ?? parameter.defaultValue }

    /// Returns the value of a numeric parameter.
    ///
    /// - Precondition: `parameter` is a number.
    public func number(_ parameter: Parameter) -> Double {
        guard case .number(let number) = self[parameter] else { preconditionFailure("The parameter is not a number.") }
        return number
    }

    /// Returns the value of an integer parameter.
    ///
    /// - Precondition: `parameter` is an integer.
    public func integer(_ parameter: Parameter) -> Int {
        guard case .integer(let integer) = self[parameter] else {
            preconditionFailure("The parameter is not an integer.")
        }
        return integer
    }

    /// Returns the word chosen for a parameter.
    ///
    /// - Precondition: `parameter` is a choice.
    public func choice(_ parameter: Parameter) -> String {
        guard case .choice(let word) = self[parameter] else { preconditionFailure("The parameter is not a choice.") }
        return word
    }

    /// Sets the value of a parameter.
    ///
    /// - Precondition: `parameter` accepts it.
    public mutating func set(_ parameter: Parameter, to value: ParameterValue) {
        precondition(parameter.accepts(value), "The parameter does not accept the value.")
        values[parameter.name] = value
    }
}

/// A conflict between the values of two parameters, such as bounds in the wrong order.
public struct ParameterConflict: Equatable, Sendable {
    /// The parameters whose values are in conflict; an error names the first one that the caller has set.
    public let parameters: [Parameter]
    /// The rule that the values must satisfy, in a sentence.
    public let rule: String

    /// Creates a conflict that changing one of these parameters can resolve.
    ///
    /// - Precondition: There are several parameters.
    public init(_ parameters: [Parameter], _ rule: String) {
        precondition(parameters.count > 1, "A conflict is between several parameters.")
        self.parameters = parameters
        self.rule = rule
    }
}
