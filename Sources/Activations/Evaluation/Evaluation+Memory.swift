extension Evaluation {
    /// Returns the most memory that making and keeping the evaluation takes beyond its input, in bytes.
    ///
    /// Callers that bound their memory call it first. The temporary memory of ``write(_:into:undefined:)`` is not
    /// included: it is a few kilobytes whatever the input, except for vectors of fewer than 64 numbers.
    ///
    /// - Throws: ``EvaluationError`` if the axis or the length of the vectors is not valid.
    public static func heldByteCountMax(
        _ operation: Operation, of activation: any Activation, inputShape: [Int], axis: Int = -1,
        index: DerivativeIndex = DerivativeIndex()
    ) throws(EvaluationError) -> Int {
        guard case .vector(let function) = activation.form else { return 0 }
        let geometry = try SliceGeometry(shape: inputShape, axis: axis, of: type(of: function))
        let (n, outputLength) = (geometry.length, geometry.outputLength)
        guard n > 0, geometry.count > 0 else { return 0 }
        let workspaceCount = type(of: function).workspaceCount(length: n)
        let elementByteCount = MemoryLayout<Element>.stride
        // A slice whose elements are not contiguous is copied out, and its values are copied back.
        let sliceByteCount = (n + outputLength) * elementByteCount + workspaceCount * MemoryLayout<Double>.stride
        switch operation {
        case .forward where geometry.hasShortRows:
            // These are computed as they are read.
            return 0
        case .forward:
            return outputLength * geometry.count * elementByteCount + sliceByteCount
        case .derivative where index != DerivativeIndex():
            let entryCount = (index.i == nil ? outputLength : 1) * (index.j == nil ? n : 1)
            return entryCount * geometry.count * elementByteCount + sliceByteCount
        case .derivative, .jacobian:
            let preparedCount = FullJacobian<Element>.preparedCount(of: function, geometry: geometry)
            return preparedCount * MemoryLayout<Double>.stride + sliceByteCount
        }
    }
}
