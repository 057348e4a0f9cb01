/// Writes numbers with commas behind them, a block at a time, in three short loops: finding decimals, separating their
/// digits, layout.
///
/// In one loop each number is such a chain of dependent steps that hardly more than one has room among the instructions
/// that a processor keeps waiting. Functions of their own leave all registers to the loops.
@safe
struct NumberBlockWriter<Number: WrittenNumber> {
    /// How many numbers a block has at most: few enough for everything about them to stay in the first cache.
    private static var blockCount: Int { 32 }

    private let scales: UnsafePointer<DecimalScale>
    private let forms: UnsafePointer<DecimalForm>
    private let decimals: UnsafeMutablePointer<DecimalDigits>

    /// Calls `body` with a writer that is good for the time of the call.
    static func with<Result>(_ body: (NumberBlockWriter) -> Result) -> Result? {
        // Sound: the pointers stay in these closures; neither table is empty.
        unsafe DecimalScale.all.withUnsafeBufferPointer { scales in
            unsafe DecimalForm.all.withUnsafeBufferPointer { forms in
                unsafe withUnsafeTemporaryAllocation(of: DecimalDigits.self, capacity: blockCount) { decimals in
                    guard let scales = scales.baseAddress, let forms = forms.baseAddress,
                        let decimals = decimals.baseAddress
                    else { return nil }
                    return body(unsafe NumberBlockWriter(scales: scales, forms: forms, decimals: decimals))
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
    @inline(never)
    private func convert(_ numbers: UnsafeRawPointer, _ count: Int) {
        for index in 0..<count {
            unsafe decimals[index] = DecimalDigits(Self.bits(numbers, index), of: Number.self, scales: scales)
        }
        for index in 0..<count { unsafe DecimalDigits.separate(decimals + index) }
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
            let decimal = unsafe decimals[index]
            if decimal.last == DecimalDigits.none {
                let value = unsafe Number(bitPattern: Self.bits(numbers, index))
                unsafe next += Self.writeOther(
                    value, decimal.low, at: next, isUndefined: value.isNaN && isUndefined(index))
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
