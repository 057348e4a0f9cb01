/// An activation function together with the values of its parameters: `Sigmoid()`, `LeakyReLU(alpha: 0.2)`.
///
/// The set is open: a new activation is a file in `Functions/` that conforms to ``ElementwiseActivation`` or
/// ``VectorActivation``, and a line in `ActivationRegistry`. Everything else (routes, description, catalogue, tests)
/// follows.
public protocol Activation: Sendable {
    /// Describes the function for people and for the catalogue.
    static var documentation: ActivationDocumentation { get }

    /// The parameters that shape the function, in the order in which they are listed; empty for most activations.
    static var parameters: [Parameter] { get }

    /// Returns the rule that these values break together, although each is valid by itself, or nil.
    static func conflict(among values: ParameterValues) -> ParameterConflict?

    /// The operations offered for this activation, in the order in which they are listed.
    static var operations: [Operation] { get }

    /// Whether the function has no derivative at some points, for some values of its parameters.
    static var canHaveKinks: Bool { get }

    /// Returns the number of components of the value at a vector of `inputLength` components, or nil if such vectors
    /// are outside the domain.
    static func outputLength(inputLength: Int) -> Int?
    /// The vector lengths in its domain, as a noun phrase: `an even number of components`.
    static var inputLengths: String { get }

    /// Creates the function with these parameters.
    ///
    /// - Precondition: `conflict(among:)` returns nil for them.
    init(_ values: ParameterValues)

    /// The values of the function's parameters.
    var parameterValues: ParameterValues { get }

    /// Whether it is a function of vectors; ``ElementwiseActivation`` and ``VectorActivation`` implement this.
    static var isVectorFunction: Bool { get }

    /// The function as one of the two kinds; ``ElementwiseActivation`` and ``VectorActivation`` implement this.
    var form: ActivationForm { get }
}

/// The two kinds of activation.
///
/// A cast would distinguish them too, but takes longer than a small evaluation.
public enum ActivationForm: Sendable {
    /// A function of one number.
    case elementwise(any ElementwiseActivation)
    /// A function of vectors.
    case vector(any VectorActivation)
}

extension Activation {
    public static var parameters: [Parameter] { [] }
    public static var operations: [Operation] { Operation.allCases }
    public static var canHaveKinks: Bool { false }
    public static func outputLength(inputLength: Int) -> Int? { inputLength }
    public static var inputLengths: String { "any number of components" }
    public static func conflict(among values: ParameterValues) -> ParameterConflict? { nil }
    /// The name in URLs and in the catalogue, as in the documentation.
    public static var name: String { documentation.name }
    public var parameterValues: ParameterValues { ParameterValues() }
}

/// Describes an activation for its users.
public struct ActivationDocumentation: Sendable {
    /// The name in URLs: `leaky_relu`.
    public let name: String
    /// The name in sentences: `Leaky ReLU`.
    public let title: String
    /// The definition, in plain text: `1 / (1 + exp(-x))`.
    public let formula: String
    /// The derivative, in plain text.
    public let derivative: String
    /// The set of values, in interval notation: `(0, 1)`.
    public let range: String
    /// What the function is used for, in a sentence.
    public let summary: String
    /// Who introduced it, and where to read about it.
    public let source: String

    /// Creates the complete documentation.
    public init(
        name: String, title: String, formula: String, derivative: String, range: String, summary: String, source: String
    ) {
        self.name = name
        self.title = title
        self.formula = formula
        self.derivative = derivative
        self.range = range
        self.summary = summary
        self.source = source
    }
}

/// A function of one number, applied to each element independently.
///
/// An activation writes its formulas for one number. The loops over many numbers have default implementations, which
/// are vectorised if the formulas have no branch. Mark the formulas `@inline(__always)`.
public protocol ElementwiseActivation: Activation {
    /// The points at which the function or its derivative is not differentiable, in ascending order; their locations
    /// may depend on the parameters.
    var kinks: [Kink] { get }

    /// f(x), in float64.
    func forward(_ x: Double) -> Double
    /// f(x), in float32, rounded once.
    func forward(_ x: Float) -> Float

    /// f'(x), in float64; at a kink the result is arbitrary, and the caller overwrites it.
    func derivative(_ x: Double) -> Double
    /// f'(x), in float32, rounded once; at a kink the result is arbitrary, and the caller overwrites it.
    func derivative(_ x: Float) -> Float

    /// Writes f(x) for each element; both have the same length.
    func forward(_ input: Span<Double>, into output: inout MutableSpan<Double>)
    /// Writes f(x) for each element, in float32; both have the same length.
    func forward(_ input: Span<Float>, into output: inout MutableSpan<Float>)

    /// Writes f'(x) for each element; at a kink the result is arbitrary, and the caller overwrites it.
    func derivative(_ input: Span<Double>, into output: inout MutableSpan<Double>)
    /// Writes f'(x) for each element, in float32; at a kink the result is arbitrary, and the caller overwrites it.
    func derivative(_ input: Span<Float>, into output: inout MutableSpan<Float>)
}

extension ElementwiseActivation {
    public static var isVectorFunction: Bool { false }
    public var form: ActivationForm { .elementwise(self) }
    public var kinks: [Kink] { [] }

    // Inlinable, so that each module vectorises them for its own functions and its own vector width.
    @inlinable
    public func forward(_ input: Span<Double>, into output: inout MutableSpan<Double>) {
        precondition(input.count == output.count, "The output and the input differ in length.")
        for index in input.indices { output[index] = forward(input[index]) }
    }

    @inlinable
    public func forward(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
        precondition(input.count == output.count, "The output and the input differ in length.")
        for index in input.indices { output[index] = forward(input[index]) }
    }

    @inlinable
    public func derivative(_ input: Span<Double>, into output: inout MutableSpan<Double>) {
        precondition(input.count == output.count, "The output and the input differ in length.")
        for index in input.indices { output[index] = derivative(input[index]) }
    }

    @inlinable
    public func derivative(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
        precondition(input.count == output.count, "The output and the input differ in length.")
        for index in input.indices { output[index] = derivative(input[index]) }
    }
}

extension VectorActivation {
    public static var isVectorFunction: Bool { true }
    public var form: ActivationForm { .vector(self) }

    public func forward(
        _ input: Span<Double>, rowLength: Int, into output: inout MutableSpan<Double>,
        workspace: inout MutableSpan<Double>
    ) {
        precondition(output.count == input.count, "The output and the input differ in length.")
        for start in stride(from: 0, to: input.count, by: rowLength) {
            var row = output.part(start..<start + rowLength)
            var rowWorkspace = workspace.part(0..<Self.workspaceCount(length: rowLength))
            forward(input.extracting(start..<start + rowLength), into: &row, workspace: &rowWorkspace)
        }
    }

    public func forward(
        _ input: Span<Float>, rowLength: Int, into output: inout MutableSpan<Float>,
        workspace: inout MutableSpan<Double>
    ) {
        precondition(output.count == input.count, "The output and the input differ in length.")
        for start in stride(from: 0, to: input.count, by: rowLength) {
            var row = output.part(start..<start + rowLength)
            var rowWorkspace = workspace.part(0..<Self.workspaceCount(length: rowLength))
            forward(input.extracting(start..<start + rowLength), into: &row, workspace: &rowWorkspace)
        }
    }

    /// Returns the workspace that several vectors of that length need when processed in turn, in numbers.
    public static func workspaceCount(rowLength: Int, rowCount: Int) -> Int {
        max(4 * rowLength * rowCount, workspaceCount(length: rowLength))
    }
}

/// A function from vectors to vectors, applied along one axis.
///
/// Values are as long as arguments unless ``Activation/outputLength(inputLength:)`` says otherwise; a Jacobian has a
/// row for each component of the value and a column for each of the argument.
///
/// It must not allocate: state that it keeps between its steps, and between the entries of a Jacobian, is in a
/// workspace that the caller owns.
public protocol VectorActivation: Activation {
    /// Returns the workspace that a vector of that length needs, in numbers.
    static func workspaceCount(length: Int) -> Int

    /// Writes f(x) for one vector; `output` has the length of the value.
    func forward(
        _ input: Span<Double>, into output: inout MutableSpan<Double>, workspace: inout MutableSpan<Double>)
    /// Writes f(x) for one vector, in float32; `output` has the length of the value.
    func forward(
        _ input: Span<Float>, into output: inout MutableSpan<Float>, workspace: inout MutableSpan<Double>)

    /// Writes f(x) for several consecutive short vectors; the results equal those of one call per vector.
    ///
    /// It is only called for functions whose values are as long as their arguments.
    ///
    /// The default implementation processes one vector at a time. A function whose cost per vector exceeds that of its
    /// elements should process the elements of all vectors in one loop.
    ///
    /// - Parameters:
    ///   - input: The vectors, one after the other.
    ///   - rowLength: The length of each vector, greater than 0.
    ///   - output: The results, as long as `input`.
    ///   - workspace: At least `workspaceCount(rowLength:rowCount:)` numbers.
    func forward(
        _ input: Span<Double>, rowLength: Int, into output: inout MutableSpan<Double>,
        workspace: inout MutableSpan<Double>)
    /// Writes f(x) for several consecutive short vectors, in float32.
    func forward(
        _ input: Span<Float>, rowLength: Int, into output: inout MutableSpan<Float>,
        workspace: inout MutableSpan<Double>)

    /// Prepares the Jacobian ∂y_i/∂x_j at one vector in the workspace, so that its entries can be written.
    func prepareJacobian(at input: Span<Double>, workspace: inout MutableSpan<Double>)
    /// Prepares the Jacobian at one vector in float32 in the workspace, so that its entries can be written.
    func prepareJacobian(at input: Span<Float>, workspace: inout MutableSpan<Double>)

    /// Writes the entries (row, columns) of the prepared Jacobian; `output` is as long as `columns`.
    func writeJacobian(
        _ workspace: Span<Double>, row: Int, columns: Range<Int>, into output: inout MutableSpan<Double>)
    /// Writes the entries (row, columns) of the prepared Jacobian in float32; `output` is as long as `columns`.
    func writeJacobian(
        _ workspace: Span<Double>, row: Int, columns: Range<Int>, into output: inout MutableSpan<Float>)
}
