/// Reads numbers a block at a time, in three short loops: finding their ends, reading their digits, rounding.
///
/// If numbers are read one after the other, each waits for the end of the one before it, which takes most of the time.
/// Here the commas mark the ends, sixteen bytes at a time. ``NumberToken`` is the fallback for unusual forms.
@safe
struct NumberBlockReader {
    /// The number of bytes that must be readable before a block, and after the range that is searched for it.
    static let (byteCountBefore, byteCountBehind) = (16, 128)

    /// The maximum length of the range.
    static let byteCountMax = 2048

    /// The maximum count of numbers in a block: temporary allocations of up to a kilobyte are always on the stack.
    private static let countMax = 64
    private static let endCapacity = countMax + 64 + 4

    /// The length of the longest number of at most 19 digits without an exponent.
    private static let shortByteCountMax = 21
    /// The length beyond which most numbers have more than 19 digits.
    private static let scannedByteCountMax = 25

    private let bytes: UnsafePointer<UInt8>
    private let tables: ReadingTables
    /// The positions of the commas, relative to `start`.
    private let ends: UnsafeMutablePointer<UInt16>
    private let tokens: UnsafeMutablePointer<NumberToken>
    /// The position of the block.
    private var start = 0

    /// Calls `body` with a reader that is valid during the call.
    static func with<Result>(
        _ bytes: UnsafePointer<UInt8>, _ tables: ReadingTables, _ body: (inout NumberBlockReader) -> Result
    ) -> Result? {
        // SAFETY: the pointers do not leave these closures.
        unsafe withUnsafeTemporaryAllocation(of: UInt16.self, capacity: endCapacity) { ends in
            unsafe withUnsafeTemporaryAllocation(of: NumberToken.self, capacity: countMax) { tokens in
                guard let ends = ends.baseAddress, let tokens = tokens.baseAddress else { return nil }
                var reader = unsafe NumberBlockReader(bytes: bytes, tables: tables, ends: ends, tokens: tokens)
                return body(&reader)
            }
        }
    }

    /// Finds the ends of the numbers in `range`, up to `limit` and the maximum count of a block.
    ///
    /// - Parameter range: A range that begins where a value must come, and is not longer than ``byteCountMax``.
    /// - Returns: The number of ends found.
    @inline(never)
    mutating func findEnds(in range: Range<Int>, _ limit: Int) -> Int {
        let countMax = min(limit, Self.countMax)
        var count = 0
        start = range.lowerBound
        let first = unsafe bytes + start
        var base = 0
        while base < range.count && count < countMax {
            var commas = unsafe Self.commas(first + base)
            // Whether there are three or four is unpredictable, so always run four steps instead of branching.
            for _ in 0..<4 {
                unsafe ends[count] = UInt16(truncatingIfNeeded: base &+ commas.trailingZeroBitCount)
                count &+= commas != 0 ? 1 : 0
                commas &= commas &- 1
            }
            while commas != 0 {
                unsafe ends[count] = UInt16(truncatingIfNeeded: base &+ commas.trailingZeroBitCount)
                count &+= 1
                commas &= commas &- 1
            }
            base &+= 64
        }
        return min(count, countMax)
    }

    /// Returns the position of the comma after a number that ``findEnds(in:_:)`` found.
    @inline(__always)
    func end(of number: Int) -> Int { unsafe start &+ Int(ends[number]) }

    /// Returns the position of a number that ``findEnds(in:_:)`` found.
    func start(of number: Int) -> Int {
        let position = number == 0 ? start : end(of: number - 1) + 1
        return unsafe bytes[position] == UInt8(ascii: " ") ? position + 1 : position
    }

    @inline(__always)
    func token(of number: Int) -> NumberToken { unsafe tokens[number] }

    /// Reads the digits of the first `count` numbers.
    ///
    /// - Returns: The number of them that are valid and end at their comma, and how many of those have an unusual form.
    @inline(never)
    func takeDigits(_ count: Int) -> (count: Int, otherCount: Int) {
        // Local copies, which are not loaded again after each store.
        let (text, ends, tokens, tables) = unsafe (bytes + start, self.ends, self.tokens, self.tables)
        let (space, comma) = (UInt8(ascii: " "), UInt8(ascii: ","))
        // Assume that the separator of the first two numbers separates all, so that the next position does not depend
        // on a load.
        let separatesBySpace = unsafe text[Int(ends[0]) &+ 1] == space
        let (separatorByteCount, separatorEnd) = separatesBySpace ? (2, space) : (1, comma)
        var position = unsafe text[0] == space ? 1 : 0
        var otherCount = 0
        for number in 0..<count {
            let end = unsafe Int(ends[number])
            if let token = unsafe NumberToken(text, from: position, to: end, tables) {
                unsafe tokens[number] = token
            } else {
                guard let token = otherToken(from: start &+ position, to: start &+ end) else {
                    return (number, otherCount)
                }
                unsafe tokens[number] = token
                if !token.isKnownOrUndecided { otherCount &+= 1 }
            }
            position = end &+ separatorByteCount
            if unsafe text[position &- 1] != separatorEnd {
                position = unsafe text[end &+ 1] == space ? end &+ 2 : end &+ 1
            }
        }
        return (count, otherCount)
    }

    /// Reads a number of any form from `start`, or after a space there, to `end`.
    @inline(never)
    private func otherToken(from start: Int, to end: Int) -> NumberToken? {
        var position = unsafe bytes[start] == UInt8(ascii: " ") ? start + 1 : start
        let byteCount = end &- position
        if byteCount > Self.shortByteCountMax,
            let number = unsafe LongNumber(fraction: bytes, from: position, to: end, tables.smallPowers)
        {
            return Self.token(of: number, tables)
        }
        if let value = unsafe NumberName.read(bytes, &position) {
            return position == end ? NumberToken(known: value.magnitude.bitPattern, isNegative: value < 0) : nil
        }
        if byteCount <= Self.scannedByteCountMax,
            let token = unsafe NumberToken.scan(bytes, &position, tables.smallPowers)
        {
            return position == end ? token : nil
        }
        // More bytes are readable after the last end of the block than this can read.
        let count = end &+ Self.byteCountBehind &- 64
        guard let number = unsafe LongNumber(bytes, &position, count: count, tables.smallPowers), position == end else {
            return nil
        }
        return Self.token(of: number, tables)
    }

    @inline(__always)
    private static func token(of number: LongNumber, _ tables: ReadingTables) -> NumberToken {
        // Treat an overflow of float32 as unusual: the regular path then reads the number again.
        let bits = number.plainMagnitude(tables, isOverflowKnown: false)
        if bits != 0 { return NumberToken(known: bits, isNegative: number.isNegative) }
        return number.isTruncated
            ? .undecided
            : NumberToken(
                significand: number.significand, exponent: number.exponent, isNegative: number.isNegative)
    }

    /// Rounds numbers of a block to float64 and stores them relative to `output`, the address of the block's first
    /// number.
    ///
    /// - Returns: The first number that needs the regular path, or the end of `range` if all were rounded.
    func round(_ range: Range<Int>, to output: UnsafeMutablePointer<Double>, isOverflowKnown: Bool) -> Int {
        if range.isEmpty { return range.upperBound }
        // Most short numbers are rounded by a division.
        let isShort = end(of: range.upperBound &- 1) &- start < 14 &* range.upperBound
        return isShort
            ? unsafe roundShort(range, to: output, isOverflowKnown: isOverflowKnown)
            : unsafe roundLong(range, to: output, isOverflowKnown: isOverflowKnown)
    }

    @inline(never)
    private func roundShort(
        _ range: Range<Int>, to output: UnsafeMutablePointer<Double>, isOverflowKnown: Bool
    ) -> Int {
        for number in range {
            guard let value = token(of: number).roundedIfUsual(tables, isOverflowKnown: isOverflowKnown) else {
                return number
            }
            unsafe output[number] = value
        }
        return range.upperBound
    }

    @inline(never)
    private func roundLong(
        _ range: Range<Int>, to output: UnsafeMutablePointer<Double>, isOverflowKnown: Bool
    ) -> Int {
        let (tokens, tables) = unsafe (self.tokens, self.tables)
        for number in range {
            let token = unsafe tokens[number]
            var bits = token.fractionMagnitude(tables)
            if bits == 0 {
                guard
                    let value = token.knownMagnitude ?? token.otherMagnitude(tables, isOverflowKnown: isOverflowKnown)
                else { return number }
                bits = value.bitPattern
            }
            unsafe output[number] = Double(bitPattern: bits | (token.isNegative ? 1 : 0) &<< 63)
        }
        return range.upperBound
    }

    /// Returns the number of commas in the whole blocks of 64 bytes; the bytes after the last one are ignored.
    static func commaCount(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        guard let start = text.baseAddress else { return 0 }
        var count = 0
        for offset in stride(from: 0, to: text.count & ~63, by: 64) {
            count &+= unsafe commas(start + offset).nonzeroBitCount
        }
        return count
    }

    /// Returns a bit for each of 64 bytes, the first one lowest, which is set if the byte is a comma.
    @inline(__always)
    private static func commas(_ text: UnsafePointer<UInt8>) -> UInt64 {
        let comma = UInt8(ascii: ",")
        let first = unsafe SixteenBytes(text).mask(of: comma)
        let second = unsafe SixteenBytes(text + 16).mask(of: comma)
        let third = unsafe SixteenBytes(text + 32).mask(of: comma)
        let fourth = unsafe SixteenBytes(text + 48).mask(of: comma)
        return first | second &<< 16 | third &<< 32 | fourth &<< 48
    }
}

extension NumberToken {
    /// Reads the number from `position` to `end`, if it has the usual form.
    ///
    /// The usual form has digits that fit a word, a point among the first eight bytes, and no exponent. Sixteen bytes
    /// before the range and sixteen after it must be readable.
    @inline(__always)
    fileprivate init?(_ bytes: UnsafePointer<UInt8>, from position: Int, to end: Int, _ tables: ReadingTables) {
        let isNegative = unsafe bytes[position] == UInt8(ascii: "-")
        let start = position &+ (isNegative ? 1 : 0)
        // The digits before the last sixteen of the fraction, and the number of digits after the point.
        let upper: UInt64
        let fractionCount: Int
        if unsafe bytes[start &+ 1] == UInt8(ascii: ".") {
            fractionCount = end &- start &- 2
            guard 1...FractionForm.countMax ~= fractionCount else { return nil }
            // Replace the point before the next three digits by the first digit.
            let text = unsafe UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: start &+ 1, as: UInt32.self)
            let digits = unsafe UInt32(littleEndian: text) ^ UInt32(bytes[start]) ^ (0x3030_3030 ^ 0x2E)
            let shift = unsafe tables.fractionForms[fractionCount].upperShift
            // With sixteen more digits, 1843 is below 2^64.
            guard let value = Digits.valueIfDigits(digits &<< shift), value <= 1843 else { return nil }
            upper = value
        } else {
            let text = UInt64(
                littleEndian: unsafe UnsafeRawPointer(bytes).loadUnaligned(fromByteOffset: start, as: UInt64.self))
            // Two to seven digits are before the point, and the first one is not zero.
            let point = Digits.pointIndex(text)
            fractionCount = end &- start &- point &- 1
            guard 2...7 ~= point, text & 0xFF != UInt8(ascii: "0"), 1...FractionForm.countMax ~= fractionCount else {
                return nil
            }
            let beforePoint: UInt64 = 1 &<< UInt64(truncatingIfNeeded: point &* 8) &- 1
            let digits = (text & beforePoint | text &>> 8 & ~beforePoint) ^ Digits.zeros
            let shift =
                unsafe Int(truncatingIfNeeded: tables.fractionForms[fractionCount].upperShift) &+ 40 &- point &* 8
            // Any nineteen digits are below 2^64.
            guard shift >= 8, let value = Digits.valueIfDigits(digits &<< UInt64(truncatingIfNeeded: shift)),
                end &- start <= 20 || value <= 1843
            else { return nil }
            upper = value
        }
        // SAFETY: the table has a form for every count that passes the checks.
        let form = unsafe tables.fractionForms + fractionCount
        guard let low = unsafe SixteenBytes(bytes + (end &- 16)).value(keptBy: form.pointee.mask) else { return nil }
        self.init(
            significand: unsafe upper &* form.pointee.keptPower &+ low, exponent: 0 &- fractionCount,
            isNegative: isNegative)
    }

    /// Returns the bits of the nearest float64 to the magnitude of a decimal fraction, or 0 if the regular path is
    /// needed.
    @inline(__always)
    fileprivate func fractionMagnitude(_ tables: ReadingTables) -> UInt64 {
        // One comparison also rejects significands from 2^63 on.
        let fractionCount = UInt64(truncatingIfNeeded: 0 &- exponent)
        guard fractionCount | significand &>> 58 & 32 <= FractionForm.countMax else { return 0 }
        // SAFETY: the table has a unit for every such count.
        return unsafe EiselLemire.roundFractionIfPlain(significand, tables.fractionUnits + Int(fractionCount))
    }

    /// Returns the nearest float64 to the magnitude of any number, or nil if the regular path is needed.
    @inline(never)
    fileprivate func otherMagnitude(_ tables: ReadingTables, isOverflowKnown: Bool) -> Double? {
        NumberToken(significand: significand, exponent: exponent, isNegative: false)
            .roundedIfUsual(tables, isOverflowKnown: isOverflowKnown)
    }
}
