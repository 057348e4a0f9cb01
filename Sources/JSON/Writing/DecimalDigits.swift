/// The digits of the shortest decimal that reads back to a number, one by one.
///
/// The quick way to it: the number is scaled by ``DecimalScale``, and 64 bits of fraction decide between the multiples
/// of ten around it and the digit nearest to it. What is too close to tell, about one number in 10^17, is left to
/// ``ShortestDecimal``; so are integers with zeros at the end, powers of two and what is not normal. After V.
/// Zverovich's żmij (2025).
struct DecimalDigits {
    /// The first 16 digits, of which the first one is not 0.
    var halves: Halves
    let end: End

    /// Sixteen digits as two numbers below 10^8, and once ``separate(_:)`` has been called as text, the earliest digit
    /// highest.
    struct Halves {
        var high: UInt64
        var low: UInt64
    }

    /// What is known besides the first 16 digits.
    struct End {
        /// The digit behind them; ``DecimalDigits/none`` for an integer below 10^8, which is the lower half, and for
        /// what has no digits.
        let last: UInt32
        /// The value is 0.digits times ten to this power.
        let pointPosition: Int32
    }

    @inline(__always)
    init(_ halves: Halves, _ end: End) {
        self.halves = halves
        self.end = end
    }

    @inline(__always)
    var last: UInt64 { UInt64(end.last) }

    @inline(__always)
    var pointPosition: Int { Int(end.pointPosition) }

    static let none: UInt64 = 0xFF

    /// The digits of the number of these bits.
    ///
    /// - Parameter scales: ``DecimalScale/all``.
    @inline(__always)
    init<Number: WrittenNumber>(_ bits: Number.Bits, of: Number.Type, scales: UnsafePointer<DecimalScale>) {
        if Number.isIrregular(bits) {
            self.init(other: Number(bitPattern: bits))
            return
        }
        // Sound: the table has an element for every exponent.
        let scale = unsafe scales + Number.scaleIndex(bits)
        let significand = Number.alignedSignificand(bits)
        let upper = unsafe scale.pointee.high.multipliedFullWidth(by: significand)
        let lower = unsafe scale.pointee.low.multipliedFullWidth(by: significand)
        // No overflow to ask for, and the magnitude below by hand: both would be branches, and nothing foretells them.
        let product = UInt128(_low: upper.low, _high: upper.high) &+ UInt128(lower.high)
        let fraction = UInt64(truncatingIfNeeded: product)
        let integer = UInt64(truncatingIfNeeded: product &>> 64)
        // How much farther than half a unit the nearest integer is. The fraction is two units of its last bit too small
        // at most and one too great, the half unit one too small.
        let sign = UInt64(bitPattern: Int64(bitPattern: fraction) &>> 63)
        let excess = unsafe (fraction ^ sign) &- sign &- scale.pointee.halfUnit
        // The digit behind the integer: 60 bits behind the point, of them at most 11 units off, and a half to round.
        let digit = (fraction &>> 4) &* 10 &+ 1 &<< 59
        if excess &+ 3 <= 6 || digit &<< 4 &+ 20 &<< 4 <= 40 &<< 4 {
            self.init(other: Number(bitPattern: bits))
            return
        }
        // Nothing foretells whether the number has that digit, so that masks do better than branches.
        let isShorter = UInt64(bitPattern: Int64(bitPattern: excess) &>> 63)
        let aligned = Number.aligned(integer &+ (fraction &>> 63 & isShorter), digit &>> 60 & ~isShorter)
        self.init(aligned.digits, aligned.last, unsafe scale.pointee.pointPosition &+ aligned.pointOffset)
    }

    @inline(__always)
    private init(_ digits: UInt64, _ last: UInt64, _ pointPosition: Int) {
        let high = digits / 100_000_000
        halves = Halves(high: high, low: digits &- high &* 100_000_000)
        end = End(
            last: UInt32(truncatingIfNeeded: last), pointPosition: Int32(truncatingIfNeeded: pointPosition))
    }

    @inline(never)
    private init<Number: WrittenNumber>(other value: Number) {
        let decimal = value.shortestDecimal
        if decimal.exponent == 0 && decimal.digits < 100_000_000 {
            self.init(integer: decimal.digits)
        } else {
            let aligned = decimal.aligned()
            self.init(aligned.digits / 10, aligned.digits % 10, aligned.exponent + 17)
        }
    }

    private init(integer: UInt64) {
        halves = Halves(high: 0, low: integer)
        end = End(last: UInt32(Self.none), pointPosition: 0)
    }

    /// How many digits there are without zeros at the end, of 17 separated ones.
    @inline(__always)
    var digitCount: Int {
        let lastCount = Int(truncatingIfNeeded: (last &+ 15) &>> 4)
        let lowDigits = halves.low ^ Digits.zeros
        if lowDigits == 0 { return lastCount != 0 ? 17 : 8 &- (halves.high ^ Digits.zeros).trailingZeroBitCount &>> 3 }
        // Calculated, since nothing foretells whether there is a last digit.
        return 16 &+ lastCount &- (lowDigits.trailingZeroBitCount &>> 3 & (lastCount &- 1))
    }

    /// Separates the digits at `halves`.
    @inline(__always)
    static func separate(_ halves: UnsafeMutablePointer<Halves>) {
        let halves = UnsafeMutableRawPointer(halves)
        // Sound: two words are there.
        let digits = unsafe Digits.separated(halves.loadUnaligned(as: SIMD2<UInt64>.self))
        unsafe halves.storeBytes(of: digits, as: SIMD2<UInt64>.self)
    }
}
