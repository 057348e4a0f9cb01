/// An activation function together with the values of its parameters: `Sigmoid()`, `LeakyReLU(alpha: 0.2)`.
///
/// An open set: a new one is a file in `Functions/` that conforms to ``ElementwiseActivation`` or ``VectorActivation``,
/// and a line in ``ActivationRegistry``. Everything else (routes, description, catalogue, tests) follows.
public protocol Activation: Sendable {
    /// What the function is, for people and for the catalogue.
    static var documentation: ActivationDocumentation { get }

    /// The numbers that shape it; most have none.
    static var parameters: [Parameter] { get }

    /// How its formula and its derivative come about, as chains of equal formulas; in `Derivations/`.
    static var derivations: [Derivation] { get }

    /// The function with these parameters.
    init(_ values: ParameterValues)
}

extension Activation {
    public static var parameters: [Parameter] { [] }
    public static var derivations: [Derivation] { [] }
    public static var name: String { documentation.name }
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
public protocol ElementwiseActivation: Activation {
    /// The points without a derivative, ascending.
    var kinks: [Kink] { get }

    /// Writes f(x) for each element; both have the same length.
    ///
    /// The same for float32.
    func forward(_ input: Span<Double>, into output: inout MutableSpan<Double>)
    func forward(_ input: Span<Float>, into output: inout MutableSpan<Float>)

    /// Writes f'(x) for each element; at a kink any number, which the caller overwrites.
    ///
    /// The same for float32.
    func derivative(_ input: Span<Double>, into output: inout MutableSpan<Double>)
    func derivative(_ input: Span<Float>, into output: inout MutableSpan<Float>)
}

extension ElementwiseActivation {
    public var kinks: [Kink] { [] }
}

/// A function from vectors to vectors of the same length, applied along one axis.
public protocol VectorActivation: Activation {
    /// Writes f(x) for one vector; both have the same length.
    ///
    /// The same for float32.
    func forward(_ input: Span<Double>, into output: inout MutableSpan<Double>)
    func forward(_ input: Span<Float>, into output: inout MutableSpan<Float>)

    /// The Jacobian at one vector, ready to be read entry by entry.
    ///
    /// The same for float32.
    func jacobian(_ input: Span<Double>) -> any VectorJacobian<Double>
    func jacobian(_ input: Span<Float>) -> any VectorJacobian<Float>
}

/// The Jacobian matrix ∂y_i/∂x_j of a vector activation at one point, computed as it is read.
public protocol VectorJacobian<Element>: Sendable {
    associatedtype Element: TensorElement

    /// Writes the entries (i, columns) of row `i`; `output` is as long as `columns`.
    func write(row i: Int, columns: Range<Int>, into output: inout MutableSpan<Element>)
}
