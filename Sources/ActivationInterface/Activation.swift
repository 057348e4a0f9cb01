/// An activation function together with the values of its parameters: `Sigmoid()`, `LeakyReLU(alpha: 0.2)`.
///
/// An open set: a new one is a file in `Functions/` that conforms to ``ElementwiseActivation`` or ``VectorActivation``,
/// and a line in `ActivationRegistry`. Everything else (routes, description, catalogue, tests) follows.
public protocol Activation: Sendable {
    /// What the function is, for people and for the catalogue.
    static var documentation: ActivationDocumentation { get }

    /// The values that shape it, in the order in which they are listed; most activations have none.
    static var parameters: [Parameter] { get }

    /// What keeps values that are valid one by one from going together; nil if they do.
    static func conflict(among values: ParameterValues) -> ParameterConflict?

    /// The operations that are offered for it, in the order in which they are listed.
    static var operations: [Operation] { get }

    /// Whether the function has no derivative at some points, for some values of its parameters.
    static var canHaveKinks: Bool { get }

    /// How many components the value at a vector of `inputLength` components has; nil if the function has no such
    /// vectors in its domain.
    static func outputLength(inputLength: Int) -> Int?
    /// The lengths of vectors in its domain, as a noun phrase: `an even number of components`.
    static var inputLengths: String { get }

    /// The function with these parameters.
    ///
    /// - Precondition: `conflict(among:)` of them is nil.
    init(_ values: ParameterValues)

    /// The parameters it has.
    var parameterValues: ParameterValues { get }

    /// Whether it is a function of vectors; ``ElementwiseActivation`` and ``VectorActivation`` answer it.
    static var isVectorFunction: Bool { get }

    /// This function as what it is; ``ElementwiseActivation`` and ``VectorActivation`` answer it.
    var form: ActivationForm { get }
}

/// The two kinds of activation there are.
///
/// A cast would tell as well, but takes longer than a small evaluation.
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
    /// Its name in URLs and in the catalogue, that of its documentation.
    public static var name: String { documentation.name }
    public var parameterValues: ParameterValues { ParameterValues() }
}

/// What a person wants to know about an activation.
public struct ActivationDocumentation: Sendable {
    /// In URLs: `leaky_relu`.
    public let name: String
    /// In sentences: `Leaky ReLU`.
    public let title: String
    /// The definition, in plain text: `1 / (1 + exp(-x))`.
    public let formula: String
    /// The derivative, in plain text.
    public let derivative: String
    /// The set of values, in interval notation: `(0, 1)`.
    public let range: String
    /// What it is for, in a sentence.
    public let summary: String
    /// Who brought it in, and where to read about it.
    public let source: String

    /// All there is to say, in one call.
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

/// A function of one number, applied to each element on its own.
///
/// An activation writes its formulas for one number; the loops over many are given, and become vector code where the
/// formulas have no branch. Mark the formulas `@inline(__always)`.
public protocol ElementwiseActivation: Activation {
    /// The points at which the function or its derivative is not differentiable, ascending; their locations may follow
    /// from the parameters.
    var kinks: [Kink] { get }

    /// f(x), in float64.
    func forward(_ x: Double) -> Double
    /// f(x), in float32, rounded once.
    func forward(_ x: Float) -> Float

    /// f'(x), in float64; at a kink any number, which the caller overwrites.
    func derivative(_ x: Double) -> Double
    /// f'(x), in float32, rounded once; at a kink any number, which the caller overwrites.
    func derivative(_ x: Float) -> Float

    /// Writes f(x) for each element; both have the same length.
    func forward(_ input: Span<Double>, into output: inout MutableSpan<Double>)
    /// Writes f(x) for each element, in float32; both have the same length.
    func forward(_ input: Span<Float>, into output: inout MutableSpan<Float>)

    /// Writes f'(x) for each element; at a kink any number, which the caller overwrites.
    func derivative(_ input: Span<Double>, into output: inout MutableSpan<Double>)
    /// Writes f'(x) for each element, in float32; at a kink any number, which the caller overwrites.
    func derivative(_ input: Span<Float>, into output: inout MutableSpan<Float>)
}

extension ElementwiseActivation {
    public static var isVectorFunction: Bool { false }
    public var form: ActivationForm { .elementwise(self) }
    public var kinks: [Kink] { [] }

    // Inlinable, so that each module makes vector code of them for its own functions and its own vector width.
    @inlinable
    public func forward(_ input: Span<Double>, into output: inout MutableSpan<Double>) {
        precondition(input.count == output.count, "One value for each element.")
        for index in input.indices { output[index] = forward(input[index]) }
    }

    @inlinable
    public func forward(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
        precondition(input.count == output.count, "One value for each element.")
        for index in input.indices { output[index] = forward(input[index]) }
    }

    @inlinable
    public func derivative(_ input: Span<Double>, into output: inout MutableSpan<Double>) {
        precondition(input.count == output.count, "One derivative for each element.")
        for index in input.indices { output[index] = derivative(input[index]) }
    }

    @inlinable
    public func derivative(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
        precondition(input.count == output.count, "One derivative for each element.")
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
        precondition(output.count == input.count, "One value for each element.")
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
        precondition(output.count == input.count, "One value for each element.")
        for start in stride(from: 0, to: input.count, by: rowLength) {
            var row = output.part(start..<start + rowLength)
            var rowWorkspace = workspace.part(0..<Self.workspaceCount(length: rowLength))
            forward(input.extracting(start..<start + rowLength), into: &row, workspace: &rowWorkspace)
        }
    }

    /// How many numbers of workspace several vectors of that length take, one after the other.
    public static func workspaceCount(rowLength: Int, rowCount: Int) -> Int {
        max(4 * rowLength * rowCount, workspaceCount(length: rowLength))
    }
}

/// A function from vectors to vectors, applied along one axis.
///
/// Values are as long as arguments unless ``Activation/outputLength(inputLength:)`` says otherwise; a Jacobian has a
/// row for each component of the value and a column for each of the argument.
///
/// It allocates nothing: what it has to remember between its steps, and between the entries of a Jacobian, it writes
/// into a workspace that the caller owns.
public protocol VectorActivation: Activation {
    /// How many numbers of workspace a vector of that length takes.
    static func workspaceCount(length: Int) -> Int

    /// Writes f(x) for one vector; `output` has the length of the value.
    func forward(
        _ input: Span<Double>, into output: inout MutableSpan<Double>, workspace: inout MutableSpan<Double>)
    /// Writes f(x) for one vector, in float32; both have the same length.
    func forward(
        _ input: Span<Float>, into output: inout MutableSpan<Float>, workspace: inout MutableSpan<Double>)

    /// Writes f(x) for several short vectors that follow each other, with the same numbers as for one at a time.
    ///
    /// Called only for functions whose values are as long as their arguments.
    ///
    /// There is a default that takes one at a time. A function that spends more on a vector than on its elements should
    /// take the elements of all of them in one loop.
    ///
    /// - Parameters:
    ///   - input: The vectors.
    ///   - rowLength: The length of each, not 0.
    ///   - output: As long as `input`.
    ///   - workspace: As many numbers as `workspaceCount(rowLength:rowCount:)` says.
    func forward(
        _ input: Span<Double>, rowLength: Int, into output: inout MutableSpan<Double>,
        workspace: inout MutableSpan<Double>)
    /// Writes f(x) for several short vectors, in float32.
    func forward(
        _ input: Span<Float>, rowLength: Int, into output: inout MutableSpan<Float>,
        workspace: inout MutableSpan<Double>)

    /// Makes the Jacobian ∂y_i/∂x_j at one vector ready to be read from the workspace entry by entry.
    func prepareJacobian(at input: Span<Double>, workspace: inout MutableSpan<Double>)
    /// Makes the Jacobian at one vector in float32 ready to be read from the workspace entry by entry.
    func prepareJacobian(at input: Span<Float>, workspace: inout MutableSpan<Double>)

    /// Writes the entries (row, columns) of the Jacobian that was prepared; `output` is as long as `columns`.
    func writeJacobian(
        _ workspace: Span<Double>, row: Int, columns: Range<Int>, into output: inout MutableSpan<Double>)
    /// Writes the entries (row, columns) of the Jacobian that was prepared in float32; `output` is as long as
    /// `columns`.
    func writeJacobian(
        _ workspace: Span<Double>, row: Int, columns: Range<Int>, into output: inout MutableSpan<Float>)
}
