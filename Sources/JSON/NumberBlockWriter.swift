/// Writes numbers with commas behind them, a block at a time, in two short loops: finding decimals and separating their
/// digits, layout.
///
/// In one loop each number is such a chain of dependent steps that hardly more than one has room among the instructions
/// that a processor keeps waiting. Functions of their own leave all registers to the loops. While the first loop finds
/// one number's decimal, which takes integer units of the processor, it separates the digits of an earlier one, which
/// takes vector units.
///
/// Where the processor has instructions for it, the decimals of float64 numbers are found eight at a time instead.
@safe
struct NumberBlockWriter<Number: WrittenNumber> {
    /// How many numbers a block has at most: what is on the stack without being asked for has a kilobyte.
    private static var blockCount: Int { 56 }

    /// How many numbers later digits are separated: what was stored in two words is not yet there to be loaded as one
    /// vector.
    private static var separationLag: Int { 4 }

    private let scales: UnsafePointer<DecimalScale>
    private let forms: UnsafePointer<DecimalForm>
    private let halves: UnsafeMutablePointer<DecimalDigits.Halves>
    private let ends: UnsafeMutablePointer<DecimalDigits.End>
    /// How many numbers vectors convert at least.
    private let vectorCountMin: Int

    /// Calls `body` with a writer that is good for the time of the call.
    ///
    /// - Parameter usesVectors: Whether to use vectors, where the processor has them.
    static func with<Result>(usesVectors: Bool = true, _ body: (NumberBlockWriter) -> Result) -> Result? {
        let vectorCountMin = usesVectors && Number.self == Double.self ? DecimalDigits.vectorCountMin : .max
        // Sound: the pointers stay in these closures; neither table is empty.
        return unsafe DecimalScale.all.withUnsafeBufferPointer { scales in
            unsafe DecimalForm.all.withUnsafeBufferPointer { forms in
                unsafe withUnsafeTemporaryAllocation(
                    of: DecimalDigits.Halves.self, capacity: separationLag + blockCount
                ) { halves in
                    unsafe withUnsafeTemporaryAllocation(of: DecimalDigits.End.self, capacity: blockCount) { ends in
                        guard let scales = scales.baseAddress, let forms = forms.baseAddress,
                            let halves = halves.baseAddress, let ends = ends.baseAddress
                        else { return nil }
                        // Before the first number stand some that nobody asks for, so that the loop need not.
                        unsafe halves.initialize(repeating: .init(high: 0, low: 0), count: separationLag)
                        return body(
                            unsafe NumberBlockWriter(
                                scales: scales, forms: forms, halves: halves + separationLag, ends: ends,
                                vectorCountMin: vectorCountMin))
                    }
                }
            }
        }
    }

    /// Stores as many of the numbers as there is room for, with commas behind them.
    ///
    /// - Parameters:
    ///   - start: Where to store them; afterwards, behind the last comma.
    ///   - lastStart: The last address that a number may be stored at.
    ///   - isUndefined: Whether a NaN is to be written as `null`, by its index.
    /// - Returns: How many there was room for, one at least.
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
            unsafe convert(block, count)
            unsafe index &+= write(block, count, at: &start, upTo: lastStart) { isUndefined(index &+ $0) }
        } while unsafe index < numbers.count && start <= lastStart
        return index
    }

    @inline(__always)
    private static func bits(_ numbers: UnsafeRawPointer, _ index: Int) -> Number.Bits {
        // Loaded raw: memory of floating-point numbers may not be looked at through a pointer to integers.
        unsafe numbers.load(fromByteOffset: index &* MemoryLayout<Number.Bits>.stride, as: Number.Bits.self)
    }

    /// Finds the digits of a block.
    @inline(__always)
    private func convert(_ numbers: UnsafeRawPointer, _ count: Int) {
        // Vectors are no help with numbers that are left to another way, which seldom come alone.
        if unsafe count >= vectorCountMin && !(isIrregular(numbers, 0) && isIrregular(numbers, count &- 1)) {
            unsafe convertVectors(numbers, count)
        } else {
            unsafe convertOneByOne(numbers, count)
        }
    }

    @inline(__always)
    private func isIrregular(_ numbers: UnsafeRawPointer, _ index: Int) -> Bool {
        unsafe Number.isIrregular(Self.bits(numbers, index))
    }

    @inline(never)
    private func convertVectors(_ numbers: UnsafeRawPointer, _ count: Int) {
        let others = unsafe DecimalDigits.convert(numbers, count, scales: scales, halves: halves, ends: ends)
        forEachBit(of: others) { unsafe convertOne(numbers, $0) }
        forEachBit(of: others) { unsafe DecimalDigits.separate(halves + $0) }
    }

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

    @inline(__always)
    private func forEachBit(of mask: UInt64, _ body: (Int) -> Void) {
        var rest = mask
        while rest != 0 {
            body(rest.trailingZeroBitCount)
            rest &= rest &- 1
        }
    }

    /// Stores the texts of a block whose digits are found.
    @inline(never)
    private func write(
        _ numbers: UnsafeRawPointer, _ count: Int, at start: inout UnsafeMutableRawPointer,
        upTo lastStart: UnsafeMutableRawPointer, isUndefined: (Int) -> Bool
    ) -> Int {
        var next = unsafe start
        var index = 0
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
        } while unsafe index < count && next <= lastStart
        unsafe start = next
        return index
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
