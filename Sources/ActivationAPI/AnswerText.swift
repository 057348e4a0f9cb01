import Activations
import JSON

/// The text of an answer: its beginning, the output's elements, and an end that tells how many are undefined.
struct AnswerText<Element: PrintableElement>: Sendable {
    let evaluation: Evaluation<Element>
    let beginning: [UInt8]
    let tensor: TensorText

    init(_ evaluation: Evaluation<Element>, beginning: [UInt8]) {
        self.evaluation = evaluation
        self.beginning = beginning
        tensor = TensorText(shape: evaluation.shape)
    }

    /// Numbers of the output, or the empty arrays that stand in their place.
    var leafCount: Int { tensor.leafCount }

    /// What comes behind the output.
    static func end(undefinedCount: Int) -> [UInt8] {
        var end: [UInt8] = []
        if undefinedCount > 0 {
            end += ",\"undefined_count\":".utf8
            end.append(decimal: undefinedCount)
        }
        end.append(UInt8(ascii: "}"))
        return end
    }

    /// Longest end, in bytes.
    static var endByteCountMax: Int { 40 }

    /// The whole text, for small outputs.
    func whole() -> [UInt8] {
        var bytes = beginning
        let block = computed(0..<leafCount)
        bytes.append(addingCapacity: leafCount * tensor.leafByteCountMax + Self.endByteCountMax) { output in
            _ = append(block, from: 0, to: &output)
        }
        bytes += Self.end(undefinedCount: block.undefined.count)
        return bytes
    }

    /// Consecutive elements of the output.
    struct Block {
        /// Which leaves of the tensor.
        let leaves: Range<Int>
        /// Their values; none where the leaves are empty arrays.
        let values: [Element]
        /// Indices of the undefined ones, ascending.
        let undefined: [Int]
    }

    func computed(_ leaves: Range<Int>) -> Block {
        guard !tensor.isEmpty else { return Block(leaves: leaves, values: [], undefined: []) }
        var undefined: [Int] = []
        var values = [Element](repeating: 0, count: leaves.count)
        var span = values.mutableSpan
        evaluation.write(leaves, into: &span, undefined: &undefined)
        return Block(leaves: leaves, values: values, undefined: undefined)
    }

    /// Appends the texts of a block's elements from `index` on until there is no room for one more.
    ///
    /// - Returns: The index of the first one not appended.
    func append(_ block: Block, from index: Int, to output: inout OutputSpan<UInt8>) -> Int {
        if tensor.isEmpty {
            let start = block.leaves.lowerBound
            return tensor.appendEmptyArrays((start + index)..<block.leaves.upperBound, to: &output) - start
        }
        return Element.append(
            block.values.span, index..<block.values.count, at: block.leaves.lowerBound, undefined: block.undefined,
            of: tensor, to: &output)
    }
}

/// A dtype's element as text.
///
/// It chooses the overload for the type, so that the loops over numbers stay concrete.
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
