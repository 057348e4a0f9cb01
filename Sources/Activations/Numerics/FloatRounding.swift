/// Loops that give correctly rounded float32 values at the cost of an estimate in double.
///
/// An estimate with a relative error below 2^-46 decides the rounding of all but one in some two million results. If it
/// does not, its block is computed again by the exact formula (A. Ziv, ACM TOMS 17, 1991).
enum FloatRounding {
    /// The bound of the estimates' relative error.
    static let tolerance = 0x1p-46
    private static let blockCount = 256

    @inline(__always)
    static func write(
        _ input: Span<Float>, into output: inout MutableSpan<Float>, estimate: (Double) -> Double,
        exact: (Float) -> Float
    ) {
        precondition(input.count == output.count, "The output and the input differ in length.")
        var start = 0
        while start < input.count {
            let end = min(start &+ blockCount, input.count)
            var undecided: UInt32 = 0
            for index in start..<end {
                let y = estimate(Double(input[index]))
                let below = Float(y - y * tolerance)
                let above = Float(y + y * tolerance)
                output[index] = below
                undecided |= below.bitPattern ^ above.bitPattern
            }
            if undecided != 0 {
                for index in start..<end { output[index] = exact(input[index]) }
            }
            start = end
        }
    }
}
