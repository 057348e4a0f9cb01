/// The numbers of a row, the bulk of any large answer.
///
/// A block of numbers goes through four short loops, each in its own way a chain of multiplications or of vector
/// instructions. In one loop such a chain is so long that the processor's window has room for hardly more than one.
extension TensorText {
    /// How many numbers are converted at a time: few enough for everything about them to stay in the first cache.
    private static var blockCount: Int { 32 }

    /// Appends numbers of one row with commas between them: one at least, and more while there is room for any leaf.
    ///
    /// - Returns: The index behind the last one.
    func appendRow<Element: WrittenNumber>(
        _ values: Span<Element>, _ range: Range<Int>, undefined: [Int], to output: inout OutputSpan<UInt8>
    ) -> Int {
        let keptByteCount = leafByteCountMax
        // Sound: a number is stored only where there is room for a leaf, which is more, behind `count`.
        return unsafe output.withUnsafeMutableBufferPointer { buffer, count in
            unsafe DecimalForm.all.withUnsafeBufferPointer { forms in
                guard let start = unsafe UnsafeMutableRawPointer(buffer.baseAddress)?.advanced(by: count),
                    let forms = forms.baseAddress
                else { return range.lowerBound }
                var next = unsafe start
                let lastStart = unsafe start + (buffer.count - count - keptByteCount)
                var index = range.lowerBound
                unsafe withUnsafeTemporaryAllocation(of: DecimalDigits.self, capacity: Self.blockCount) { decimals in
                    guard let decimals = decimals.baseAddress else { return }
                    repeat {
                        let block = index..<min(range.upperBound, index &+ Self.blockCount)
                        unsafe Self.convert(values.extracting(block), to: decimals)
                        repeat {
                            let decimal = unsafe decimals[index &- block.lowerBound]
                            let value = values[index]
                            if decimal.lead == 0 && value.isNaN && Self.contains(undefined, index) {
                                let null = UInt32(littleEndian: 0x6C_6C_75_6E)
                                unsafe next.storeBytes(of: null, as: UInt32.self)
                                unsafe next += 4
                            } else {
                                unsafe next += NumberText.write(value, decimal, at: next, forms: forms)
                            }
                            unsafe next.storeBytes(of: UInt8(ascii: ","), as: UInt8.self)
                            unsafe next += 1
                            index &+= 1
                        } while unsafe index < block.upperBound && next <= lastStart
                    } while unsafe index < range.upperBound && next <= lastStart
                }
                unsafe count += next - start - 1  // without the last comma
                return index
            }
        }
    }

    /// Finds the digits of at most ``blockCount`` numbers.
    @inline(__always)
    private static func convert<Element: WrittenNumber>(
        _ values: Span<Element>, to decimals: UnsafeMutablePointer<DecimalDigits>
    ) {
        unsafe withUnsafeTemporaryAllocation(of: ScaledNumber.self, capacity: blockCount) { scaled in
            guard let scaled = scaled.baseAddress else { return }
            for index in values.indices { unsafe scaled[index] = values[index].scaled }
            for index in values.indices { unsafe decimals[index] = DecimalDigits(scaled[index], of: values[index]) }
            for index in values.indices { unsafe DecimalDigits.separate(decimals + index) }
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
