/// Writes numbers with commas after them, a block at a time, in two short loops: finding and separating digits, and
/// layout.
///
/// In one loop each number would be such a long chain of dependent steps that hardly two fit into the processor's
/// window of waiting instructions. Separate functions leave all registers to the loops. While the first loop finds the
/// decimal of a number, which uses the processor's integer units, it separates the digits of an earlier one, which uses
/// vector units.
///
/// If the processor has the instructions, float64 numbers take another path, in which vectors do the work of both
/// loops; the numbers that it leaves to the fallback are written in between.
@safe
struct NumberBlockWriter<Number: WrittenNumber> {
    /// The maximum count of numbers in a block: temporary allocations of up to a kilobyte are always on the stack.
    private static var blockCount: Int { 56 }

    /// The lag, in numbers, after which digits are separated: two words that were just stored cannot yet be loaded as
    /// one vector.
    private static var separationLag: Int { 4 }

    private let scales: UnsafePointer<DecimalScale>
    private let forms: UnsafePointer<DecimalForm>
    private let halves: UnsafeMutablePointer<DecimalDigits.Halves>
    private let ends: UnsafeMutablePointer<DecimalDigits.End>
    private let vectorForms: UnsafePointer<VectorForm>
    /// The least count of numbers to convert with vectors.
    private let vectorCountMin: Int

    /// Calls `body` with a writer that is valid during the call.
    ///
    /// - Parameter usesVectors: Whether to use vectors if the processor has them.
    static func with<Result>(usesVectors: Bool = true, _ body: (NumberBlockWriter) -> Result) -> Result? {
        let vectorCountMin = usesVectors && Number.self == Double.self ? NumberVectors.countMin : .max
        // SAFETY: the pointers do not leave these closures; no table is empty.
        return unsafe withTables { scales, forms, vectorForms in
            unsafe withUnsafeTemporaryAllocation(
                of: DecimalDigits.Halves.self, capacity: separationLag + blockCount
            ) { halves in
                // A vector load reads one word past the last end.
                unsafe withUnsafeTemporaryAllocation(of: DecimalDigits.End.self, capacity: blockCount + 1) { ends in
                    guard let halves = halves.baseAddress, let ends = ends.baseAddress else { return nil }
                    // Unused numbers precede the first one, so that the loop needs no check for the lag.
                    unsafe halves.initialize(repeating: .init(high: 0, low: 0), count: separationLag)
                    return body(
                        unsafe NumberBlockWriter(
                            scales: scales, forms: forms, halves: halves + separationLag, ends: ends,
                            vectorForms: vectorForms, vectorCountMin: vectorCountMin))
                }
            }
        }
    }

    private static func withTables<Result>(
        _ body: (UnsafePointer<DecimalScale>, UnsafePointer<DecimalForm>, UnsafePointer<VectorForm>) -> Result?
    ) -> Result? {
        unsafe DecimalScale.all.withUnsafeBufferPointer { scales in
            unsafe DecimalForm.all.withUnsafeBufferPointer { forms in
                unsafe VectorForm.all.withUnsafeBufferPointer { vectorForms in
                    guard let scales = scales.baseAddress, let forms = forms.baseAddress,
                        let vectorForms = vectorForms.baseAddress
                    else { return nil }
                    return unsafe body(scales, forms, vectorForms)
                }
            }
        }
    }

    /// Stores as many of the numbers as the capacity allows, with commas after them.
    ///
    /// - Parameters:
    ///   - start: The address to store them at; afterwards, the address after the last comma.
    ///   - lastStart: The last address at which a number may be stored.
    ///   - isUndefined: Returns whether the NaN at an index is written as `null`.
    /// - Returns: The count of numbers stored, at least one.
    @inline(__always)
    func write(
        _ numbers: UnsafeBufferPointer<Number>, at start: inout UnsafeMutableRawPointer,
        upTo lastStart: UnsafeMutableRawPointer, isUndefined: (Int) -> Bool
    ) -> Int {
        guard let first = numbers.baseAddress else { return 0 }
        var index = 0
        repeat {
            let count = min(Self.blockCount, numbers.count &- index)
            let block = unsafe UnsafeRawPointer(first + index)
            // Vectors do not help if many numbers need the fallback.
            if unsafe count >= vectorCountMin && NumberVectors.irregularCount(block) <= 2 {
                unsafe index &+= writeByVectors(block, count, at: &start, upTo: lastStart) { isUndefined(index &+ $0) }
            } else {
                unsafe convertOneByOne(block, count)
                unsafe index &+= write(block, 0..<count, at: &start, upTo: lastStart) { isUndefined(index &+ $0) }
            }
        } while unsafe index < numbers.count && start <= lastStart
        return index
    }

    /// Stores as many of the numbers as the capacity allows, with brackets around the rows that they form.
    ///
    /// The digits are found block by block, as those of one long row are; only their texts are stored row by row.
    ///
    /// - Parameters:
    ///   - brackets: The brackets after each number.
    ///   - start: The address to store them at; afterwards, the address after the last number and the brackets that
    ///     close its row.
    /// - Returns: The count of numbers stored, at least one.
    func writeRows(
        _ numbers: UnsafeBufferPointer<Number>, _ brackets: RowBrackets, at start: inout UnsafeMutableRawPointer,
        upTo lastStart: UnsafeMutableRawPointer, isUndefined: (Int) -> Bool
    ) -> Int {
        guard let first = numbers.baseAddress else { return 0 }
        var brackets = brackets
        var index = 0
        var rowEnd = brackets.firstRowCount
        while true {
            let count = min(Self.blockCount, numbers.count &- index)
            let block = unsafe UnsafeRawPointer(first + index)
            let others = unsafe convert(block, count)
            var number = 0
            while true {
                let end = min(count, rowEnd &- index)
                unsafe number &+= writeConverted(block, number..<end, others, at: &start, upTo: lastStart) {
                    isUndefined(index &+ $0)
                }
                if index &+ number == rowEnd {
                    // The brackets replace the comma.
                    let closingCount = brackets.closingCount(after: rowEnd)
                    unsafe start += brackets.close(closingCount, at: start - 1) - 1
                    guard unsafe rowEnd < numbers.count && start + (closingCount + 1) <= lastStart else {
                        return rowEnd
                    }
                    unsafe start += brackets.open(closingCount, at: start)
                    rowEnd = min(rowEnd &+ brackets.rowLength, numbers.count)
                } else if unsafe number < end || start > lastStart {
                    unsafe start -= 1
                    return index &+ number
                }
                if number == count { break }
            }
            index &+= count
        }
    }

    /// Finds the digits of a block.
    ///
    /// - Returns: A bit for each number, the first one lowest, which is set if its digits must still be found.
    private func convert(_ numbers: UnsafeRawPointer, _ count: Int) -> UInt64? {
        if unsafe count >= vectorCountMin && NumberVectors.irregularCount(numbers) <= 2 {
            return unsafe NumberVectors.convert(numbers, count, scales: scales, halves: halves, ends: ends)
        }
        unsafe convertOneByOne(numbers, count)
        return nil
    }

    /// Stores the texts of some of the numbers of a block.
    ///
    /// - Parameter others: The result of ``convert(_:_:)``.
    /// - Returns: The count of numbers stored, at least one.
    @inline(__always)
    private func writeConverted(
        _ numbers: UnsafeRawPointer, _ range: Range<Int>, _ others: UInt64?, at start: inout UnsafeMutableRawPointer,
        upTo lastStart: UnsafeMutableRawPointer, isUndefined: (Int) -> Bool
    ) -> Int {
        guard let others else {
            return unsafe write(numbers, range, at: &start, upTo: lastStart, isUndefined: isUndefined)
        }
        return unsafe writeByVectors(numbers, range, others, at: &start, upTo: lastStart, isUndefined: isUndefined)
            &- range.lowerBound
    }

    @inline(__always)
    private static func bits(_ numbers: UnsafeRawPointer, _ index: Int) -> Number.Bits {
        // SAFETY: a raw load, since memory of floating-point numbers may not be accessed through a pointer to integers.
        unsafe numbers.load(fromByteOffset: index &* MemoryLayout<Number.Bits>.stride, as: Number.Bits.self)
    }

    /// Finds the digits of a block and stores the texts.
    @inline(never)
    private func writeByVectors(
        _ numbers: UnsafeRawPointer, _ count: Int, at start: inout UnsafeMutableRawPointer,
        upTo lastStart: UnsafeMutableRawPointer, isUndefined: (Int) -> Bool
    ) -> Int {
        let others = unsafe NumberVectors.convert(numbers, count, scales: scales, halves: halves, ends: ends)
        return unsafe writeByVectors(numbers, 0..<count, others, at: &start, upTo: lastStart, isUndefined: isUndefined)
    }

    /// Stores the texts of numbers whose digits vectors have found, except for `others`, which need the fallback.
    ///
    /// - Returns: The first number that exceeded the capacity, or the end of `range` if all were stored.
    @inline(__always)
    private func writeByVectors(
        _ numbers: UnsafeRawPointer, _ range: Range<Int>, _ others: UInt64, at start: inout UnsafeMutableRawPointer,
        upTo lastStart: UnsafeMutableRawPointer, isUndefined: (Int) -> Bool
    ) -> Int {
        let count = range.upperBound
        var index = range.lowerBound
        while true {
            // Store the numbers up to the next one that needs the fallback.
            let next = min(count, index &+ (others &>> UInt64(truncatingIfNeeded: index)).trailingZeroBitCount)
            index = unsafe NumberVectors.write(
                index..<next, halves: halves, ends: ends, forms: vectorForms, at: &start, upTo: lastStart)
            guard unsafe index < count && start <= lastStart else { return index }
            unsafe convertOne(numbers, index)
            unsafe DecimalDigits.separate(halves + index)
            index &+= unsafe write(numbers, index..<index &+ 1, at: &start, upTo: lastStart, isUndefined: isUndefined)
        }
    }

    /// Finds the digits of a block.
    @inline(never)
    private func convertOneByOne(_ numbers: UnsafeRawPointer, _ count: Int) {
        for index in 0..<count {
            unsafe convertOne(numbers, index)
            unsafe DecimalDigits.separate(halves + (index &- Self.separationLag))
        }
        for index in count &- Self.separationLag..<count { unsafe DecimalDigits.separate(halves + index) }
    }

    @inline(__always)
    private func convertOne(_ numbers: UnsafeRawPointer, _ index: Int) {
        let decimal = unsafe DecimalDigits(Self.bits(numbers, index), of: Number.self, scales: scales)
        unsafe halves[index] = decimal.halves
        unsafe ends[index] = decimal.end
    }

    /// Stores the texts of numbers whose digits have been found.
    ///
    /// - Returns: The count of numbers stored, at least one.
    @inline(never)
    private func write(
        _ numbers: UnsafeRawPointer, _ range: Range<Int>, at start: inout UnsafeMutableRawPointer,
        upTo lastStart: UnsafeMutableRawPointer, isUndefined: (Int) -> Bool
    ) -> Int {
        var next = unsafe start
        var index = range.lowerBound
        repeat {
            let decimal = unsafe DecimalDigits(halves[index], ends[index])
            if decimal.last == DecimalDigits.none {
                let value = unsafe Number(bitPattern: Self.bits(numbers, index))
                unsafe next += Self.writeOther(
                    value, decimal.halves.low, at: next, isUndefined: value.isNaN && isUndefined(index))
            } else {
                let signBit = unsafe Number.signBit(Self.bits(numbers, index))
                unsafe next += NumberText.write(decimal, signBit: signBit, at: next, forms: forms)
            }
            unsafe next.storeBytes(of: UInt8(ascii: ","), as: UInt8.self)
            unsafe next += 1
            index &+= 1
        } while unsafe index < range.upperBound && next <= lastStart
        unsafe start = next
        return index &- range.lowerBound
    }

    @inline(never)
    private static func writeOther(
        _ value: Number, _ digits: UInt64, at start: UnsafeMutableRawPointer, isUndefined: Bool
    ) -> Int {
        guard isUndefined else { return unsafe NumberText.writeOther(value, digits, at: start) }
        unsafe start.storeBytes(of: UInt32(littleEndian: 0x6C_6C_75_6E), as: UInt32.self)  // null
        return 4
    }
}
