/// The numbers of a row, the bulk of any large answer.
extension TensorText {
    /// Appends numbers of one row with commas between them: one at least, and more while there is room for any leaf.
    ///
    /// - Returns: The index behind the last one.
    func appendRow<Element: WrittenNumber>(
        _ values: Span<Element>, _ range: Range<Int>, undefined: [Int], to output: inout OutputSpan<UInt8>
    ) -> Int {
        let keptByteCount = leafByteCountMax
        // Sound: a number is stored only where there is room for a leaf, which is more, behind `count`.
        return unsafe output.withUnsafeMutableBufferPointer { buffer, count in
            guard let start = unsafe UnsafeMutableRawPointer(buffer.baseAddress)?.advanced(by: count) else {
                return range.lowerBound
            }
            var next = unsafe start
            let lastStart = unsafe start + (buffer.count - count - keptByteCount)
            let writtenCount = unsafe values.extracting(range).withUnsafeBufferPointer { values in
                NumberBlockWriter.with { writer in
                    unsafe writer.write(values, at: &next, upTo: lastStart) { number in
                        Self.contains(undefined, range.lowerBound + number)
                    }
                }
            }
            unsafe count += next - start - 1  // without the last comma
            return range.lowerBound + (writtenCount ?? 0)
        }
    }

    /// Whether ascending `numbers` hold `number`.
    @inline(never)
    private static func contains(_ numbers: [Int], _ number: Int) -> Bool {
        var low = 0
        var high = numbers.count
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low < numbers.count && numbers[low] == number
    }
}
