/// An element type of tensors: only `Double` (float64) and `Float` (float32) conform.
///
/// The requirements below `dtype` choose the overload of an activation for this type. They let `Evaluation` be generic
/// over both types while every loop over elements stays concrete: a generic loop called through `any` runs
/// unspecialised, some twenty times slower.
public protocol TensorElement: BinaryFloatingPoint, Sendable {
    /// The name of the format.
    static var dtype: DType { get }

    /// Writes f(x) for each element.
    static func forward(
        _ activation: any ElementwiseActivation, _ input: Span<Self>, into output: inout MutableSpan<Self>)
    /// Writes f'(x) for each element; the result at a kink is arbitrary.
    static func derivative(
        _ activation: any ElementwiseActivation, _ input: Span<Self>, into output: inout MutableSpan<Self>)
    /// Writes f(x) of one vector.
    static func forward(
        _ activation: any VectorActivation, _ input: Span<Self>, into output: inout MutableSpan<Self>,
        workspace: inout MutableSpan<Double>)
    /// Writes f(x) of several consecutive short vectors.
    static func forward(
        _ activation: any VectorActivation, _ input: Span<Self>, rowLength: Int, into output: inout MutableSpan<Self>,
        workspace: inout MutableSpan<Double>)
    /// Prepares the Jacobian at one vector.
    static func prepareJacobian(
        _ activation: any VectorActivation, at input: Span<Self>, workspace: inout MutableSpan<Double>)
    /// Writes entries of one row of the prepared Jacobian.
    static func writeJacobian(
        _ activation: any VectorActivation, _ workspace: Span<Double>, row: Int, columns: Range<Int>,
        into output: inout MutableSpan<Self>)
}

extension Double: TensorElement {
    public static var dtype: DType { .float64 }

    public static func forward(
        _ activation: any ElementwiseActivation, _ input: Span<Double>, into output: inout MutableSpan<Double>
    ) { activation.forward(input, into: &output) }

    public static func derivative(
        _ activation: any ElementwiseActivation, _ input: Span<Double>, into output: inout MutableSpan<Double>
    ) { activation.derivative(input, into: &output) }

    public static func forward(
        _ activation: any VectorActivation, _ input: Span<Double>, into output: inout MutableSpan<Double>,
        workspace: inout MutableSpan<Double>
    ) { activation.forward(input, into: &output, workspace: &workspace) }

    public static func forward(
        _ activation: any VectorActivation, _ input: Span<Double>, rowLength: Int,
        into output: inout MutableSpan<Double>, workspace: inout MutableSpan<Double>
    ) { activation.forward(input, rowLength: rowLength, into: &output, workspace: &workspace) }

    public static func prepareJacobian(
        _ activation: any VectorActivation, at input: Span<Double>, workspace: inout MutableSpan<Double>
    ) { activation.prepareJacobian(at: input, workspace: &workspace) }

    public static func writeJacobian(
        _ activation: any VectorActivation, _ workspace: Span<Double>, row: Int, columns: Range<Int>,
        into output: inout MutableSpan<Double>
    ) { activation.writeJacobian(workspace, row: row, columns: columns, into: &output) }
}

extension Float: TensorElement {
    public static var dtype: DType { .float32 }

    public static func forward(
        _ activation: any ElementwiseActivation, _ input: Span<Float>, into output: inout MutableSpan<Float>
    ) { activation.forward(input, into: &output) }

    public static func derivative(
        _ activation: any ElementwiseActivation, _ input: Span<Float>, into output: inout MutableSpan<Float>
    ) { activation.derivative(input, into: &output) }

    public static func forward(
        _ activation: any VectorActivation, _ input: Span<Float>, into output: inout MutableSpan<Float>,
        workspace: inout MutableSpan<Double>
    ) { activation.forward(input, into: &output, workspace: &workspace) }

    public static func forward(
        _ activation: any VectorActivation, _ input: Span<Float>, rowLength: Int,
        into output: inout MutableSpan<Float>, workspace: inout MutableSpan<Double>
    ) { activation.forward(input, rowLength: rowLength, into: &output, workspace: &workspace) }

    public static func prepareJacobian(
        _ activation: any VectorActivation, at input: Span<Float>, workspace: inout MutableSpan<Double>
    ) { activation.prepareJacobian(at: input, workspace: &workspace) }

    public static func writeJacobian(
        _ activation: any VectorActivation, _ workspace: Span<Double>, row: Int, columns: Range<Int>,
        into output: inout MutableSpan<Float>
    ) { activation.writeJacobian(workspace, row: row, columns: columns, into: &output) }
}
