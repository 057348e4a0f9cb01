/// Reads numbers a block at a time, in three short loops: finding their ends, taking their digits, rounding.
///
/// Read one after the other, each number has to wait for where the one before it ends, which takes most of its reading.
/// Here commas tell, sixteen bytes at a time. What is not of the usual form is read by ``NumberToken``.
@safe
struct NumberBlockReader {
    /// How many bytes before a block, and behind the range that it is looked for in, have to be there.
    static let (byteCountBefore, byteCountBehind) = (16, 128)

    /// How many numbers a block has at most, about.
    private static let countMax = 32
    private static let endCapacity = countMax + 64 + 4
    private static let tokenCapacity = countMax + 8

    private let bytes: UnsafePointer<UInt8>
    private let tables: ReadingTables
    private let ends: UnsafeMutablePointer<Int>
    private let tokens: UnsafeMutablePointer<NumberToken>
    /// Where the block begins.
    private var start = 0

    /// Calls `body` with a reader that is good for the time of the call.
    static func with<Result>(
        _ bytes: UnsafePointer<UInt8>, _ tables: ReadingTables, _ body: (inout NumberBlockReader) -> Result
    ) -> Result? {
        // Sound: the pointers stay in these closures.
        unsafe withUnsafeTemporaryAllocation(of: Int.self, capacity: endCapacity) { ends in
            unsafe withUnsafeTemporaryAllocation(of: NumberToken.self, capacity: tokenCapacity) { tokens in
                guard let ends = ends.baseAddress, let tokens = tokens.baseAddress else { return nil }
                var reader = unsafe NumberBlockReader(bytes: bytes, tables: tables, ends: ends, tokens: tokens)
                return body(&reader)
            }
        }
    }

    /// Finds the ends of numbers, as many as a block has or begin in `range`.
    ///
    /// - Parameter range: Begins where a value must come.
    /// - Returns: How many.
    @inline(never)
    mutating func findEnds(in range: Range<Int>) -> Int {
        var count = 0
        var base = range.lowerBound
        start = base
        while base < range.upperBound && count < Self.countMax {
            var commas = commas(at: base)
            // Nothing foretells whether there are three or four.
            for _ in 0..<4 {
                unsafe ends[count] = base &+ commas.trailingZeroBitCount
                count &+= commas != 0 ? 1 : 0
                commas &= commas &- 1
            }
            while commas != 0 {
                unsafe ends[count] = base &+ commas.trailingZeroBitCount
                count &+= 1
                commas &= commas &- 1
            }
            base &+= 64
        }
        return min(count, Self.tokenCapacity)
    }

    /// The position of the comma behind a number that ``findEnds(in:)`` found.
    @inline(__always)
    func end(of number: Int) -> Int { unsafe ends[number] }

    /// The position of such a number.
    func start(of number: Int) -> Int {
        let position = number == 0 ? start : end(of: number - 1) + 1
        return unsafe bytes[position] == UInt8(ascii: " ") ? position + 1 : position
    }

    @inline(__always)
    func token(of number: Int) -> NumberToken { unsafe tokens[number] }

    /// Takes the digits of the first `count` numbers.
    ///
    /// - Returns: How many of them are numbers and end where they should, and how many of those have an unusual form.
    @inline(never)
    func takeDigits(_ count: Int) -> (count: Int, otherCount: Int) {
        var position = start
        var otherCount = 0
        for number in 0..<count {
            let end = end(of: number)
            position &+= unsafe bytes[position] == UInt8(ascii: " ") ? 1 : 0
            if let token = unsafe NumberToken(bytes, position..<end, tables) {
                unsafe tokens[number] = token
            } else {
                guard let token = unsafe NumberToken.scan(bytes, &position, tables.smallPowers), position == end else {
                    return (number, otherCount)
                }
                unsafe tokens[number] = token
                otherCount &+= 1
            }
            position = end &+ 1
        }
        return (count, otherCount)
    }

    /// Rounds the first `count` numbers to float64 and stores them at `output`.
    ///
    /// - Returns: How many were so rounded; fewer where one takes more than that.
    @inline(never)
    func round(_ count: Int, to output: UnsafeMutablePointer<Double>, isOverflowKnown: Bool) -> Int {
        for number in 0..<count {
            guard let value = token(of: number).roundedIfUsual(tables, isOverflowKnown: isOverflowKnown) else {
                return number
            }
            unsafe output[number] = value
        }
        return count
    }

    /// A bit for each of 64 bytes, the first one lowest, set where it is a comma.
    @inline(__always)
    private func commas(at index: Int) -> UInt64 {
        let comma = UInt8(ascii: ",")
        let first = unsafe SixteenBytes(bytes + index).mask(of: comma)
        let second = unsafe SixteenBytes(bytes + (index &+ 16)).mask(of: comma)
        let third = unsafe SixteenBytes(bytes + (index &+ 32)).mask(of: comma)
        let fourth = unsafe SixteenBytes(bytes + (index &+ 48)).mask(of: comma)
        return first | second &<< 16 | third &<< 32 | fourth &<< 48
    }
}

extension NumberToken {
    /// The number in `range`, if it is of the usual form.
    ///
    /// That is: digits that fit a word, with a point among the first eight bytes, and no exponent.
    /// Sixteen bytes before the range and as many behind it have to be there.
    @inline(__always)
    fileprivate init?(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>, _ tables: ReadingTables) {
        let isNegative = unsafe bytes[range.lowerBound] == UInt8(ascii: "-")
        let start = range.lowerBound &+ (isNegative ? 1 : 0)
        let byteCount = range.upperBound &- start
        // Sound: the bytes are there; the tables have an element for every count that is let through.
        let text = UInt64(
            littleEndian: unsafe UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: start, as: UInt64.self))
        var point = 1
        if text &>> 8 & 0xFF != UInt8(ascii: ".") {
            // Two to seven digits before the point, and no zero as the first one of them.
            point = Digits.pointIndex(text)
            guard 2...7 ~= point, text & 0xFF != UInt8(ascii: "0") else { return nil }
        }
        let fractionCount = byteCount &- point &- 1
        guard 1...19 ~= fractionCount else { return nil }
        // The last sixteen digits behind the point; above them, the others behind it and those before it.
        let upperCount = (fractionCount &- 16) & ~((fractionCount &- 16) &>> 63)
        let lowCount = fractionCount &- upperCount
        let upper: UInt64?
        if point == 1 {
            let digits = UInt32(truncatingIfNeeded: text &>> 8 & 0xFFFF_FF00 | text & 0xFF) ^ 0x3030_3030
            upper = Digits.valueIfDigits(digits &<< UInt32(truncatingIfNeeded: 24 &- upperCount &* 8))
        } else {
            let beforePoint: UInt64 = 1 &<< UInt64(truncatingIfNeeded: point &* 8) &- 1
            let digits = (text & beforePoint | text &>> 8 & ~beforePoint) ^ Digits.zeros
            let count = point &+ upperCount
            guard count <= 7 else { return nil }
            upper = Digits.valueIfDigits(digits &<< UInt64(truncatingIfNeeded: 64 &- count &* 8))
        }
        // 19 digits are below 2^64. Of more, either the last sixteen are, with upper ones that are no more than 1843,
        // or there are five upper ones at least.
        guard let upper, byteCount <= 20 || upper <= 1843,
            let low = unsafe SixteenBytes(bytes + (range.upperBound &- 16)).value(last: lowCount, masks: tables.masks)
        else { return nil }
        self.init(
            significand: unsafe upper &* tables.smallPowers[lowCount] &+ low, exponent: 0 &- fractionCount,
            isNegative: isNegative)
    }
}
