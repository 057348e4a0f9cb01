import Activations
import JSON

/// The text of an answer: its prefix, the output's elements, and a suffix with the number of undefined elements.
struct AnswerText<Element: PrintableElement>: Sendable {
    /// The number of elements computed at a time: enough to amortise a call, few enough to stay in cache until printed.
    private static var blockElementCount: Int { 4096 }

    /// The largest number of elements computed on the stack: allocating would take longer than computing them.
    private static var inlineElementCountMax: Int { 16 }

    let evaluation: Evaluation<Element>
    let tensor: TensorText

    init(_ evaluation: Evaluation<Element>) {
        self.evaluation = evaluation
        tensor = TensorText(shape: evaluation.shape)
    }

    /// The number of numbers in the output, or of the empty arrays in their place.
    var leafCount: Int { tensor.leafCount }

    /// The length of the longest suffix, in bytes.
    static var endByteCountMax: Int { 40 }

    /// Appends the text after the output.
    static func appendEnd(undefinedCount: Int, to bytes: inout [UInt8]) {
        if undefinedCount > 0 {
            bytes += ",\"undefined_count\":".utf8
            bytes.append(decimal: undefinedCount)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// Returns the whole text of a small output, in one allocation.
    func whole(of request: EvaluationRequest) -> [UInt8] {
        var bytes: [UInt8] = []
        let outputByteCountMax = tensor.byteCountMax(leafCount: leafCount)
        bytes.reserveCapacity(AnswerPrefix.typicalByteCountMax + outputByteCountMax + Self.endByteCountMax)
        AnswerPrefix.append(of: request, shape: evaluation.shape, to: &bytes)
        var undefinedCount = 0
        bytes.append(addingCapacity: outputByteCountMax) { undefinedCount = append(0..<leafCount, to: &$0) }
        Self.appendEnd(undefinedCount: undefinedCount, to: &bytes)
        return bytes
    }

    /// Computes consecutive elements and appends their text.
    ///
    /// - Precondition: There is room for the longest possible text of each element.
    /// - Returns: How many elements are undefined.
    @specialized(where Element == Double)
    @specialized(where Element == Float)
    func append(_ leaves: Range<Int>, to output: inout OutputSpan<UInt8>) -> Int {
        precondition(
            output.freeCapacity >= tensor.byteCountMax(leafCount: leaves.count), "The output has too little space.")
        if tensor.isEmpty {
            _ = tensor.appendEmptyArrays(leaves, to: &output)
            return 0
        }
        var undefined: [Int] = []
        if leaves.count <= Self.inlineElementCountMax {
            var values = InlineArray<16, Element>(repeating: 0)
            var all = values.mutableSpan
            var span = all.part(0..<leaves.count)
            evaluation.write(leaves, into: &span, undefined: &undefined)
            _ = Element.append(
                values.span, 0..<leaves.count, at: leaves.lowerBound, undefined: undefined, of: tensor, to: &output)
            return undefined.count
        }
        var values = [Element](repeating: 0, count: min(leaves.count, Self.blockElementCount))
        var all = values.mutableSpan
        var undefinedCount = 0
        var start = leaves.lowerBound
        while start < leaves.upperBound {
            let block = start..<min(start + Self.blockElementCount, leaves.upperBound)
            undefined.removeAll(keepingCapacity: true)
            var span = all.part(0..<block.count)
            evaluation.write(block, into: &span, undefined: &undefined)
            _ = Element.append(
                all.span, 0..<block.count, at: start, undefined: undefined, of: tensor, to: &output)
            undefinedCount += undefined.count
            start = block.upperBound
        }
        return undefinedCount
    }
}

/// Prints the elements of a dtype.
///
/// The protocol chooses the overload for the type, so that the loops over numbers stay concrete.
protocol PrintableElement: TensorElement {
    static func append(
        _ values: Span<Self>, _ range: Range<Int>, at position: Int, undefined: [Int], of tensor: TensorText,
        to output: inout OutputSpan<UInt8>
    ) -> Int
}

extension Double: PrintableElement {
    static func append(
        _ values: Span<Double>, _ range: Range<Int>, at position: Int, undefined: [Int], of tensor: TensorText,
        to output: inout OutputSpan<UInt8>
    ) -> Int { tensor.append(values, range, at: position, undefined: undefined, to: &output) }
}

extension Float: PrintableElement {
    static func append(
        _ values: Span<Float>, _ range: Range<Int>, at position: Int, undefined: [Int], of tensor: TensorText,
        to output: inout OutputSpan<UInt8>
    ) -> Int { tensor.append(values, range, at: position, undefined: undefined, to: &output) }
}
