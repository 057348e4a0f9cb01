/// Finds the digits of the shortest decimal that reads back to a number.
///
/// The fast path scales the number by ``DecimalScale`` to c · u, of which 64 bits of fraction decide between the
/// integers around it, which are the shorter decimals, and the tenth nearest to it. ``ShortestDecimal`` is the
/// fallback: for a number too close to decide, about one in 10^17, for integers with zeros at the end, for powers of
/// two, and for numbers that are not normal. After V. Zverovich's żmij (2025).
struct DecimalDigits {
    /// The first 16 digits; the first one is not 0.
    var halves: Halves
    let end: End

    /// Holds sixteen digits as two numbers below 10^8, and after ``separate(_:)`` as text, the earliest digit highest.
    struct Halves {
        var high: UInt64
        var low: UInt64
    }

    /// Holds what describes the decimal besides its first 16 digits.
    struct End {
        /// The digit after the first 16.
        ///
        /// It is ``DecimalDigits/none`` for an integer below 10^8, which is in the lower half, and for a number without
        /// digits.
        let last: UInt32
        /// The position of the point: the value is 0.digits times ten to this power.
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

    /// Finds the digits of the number with these bits.
    ///
    /// With c for the significand and u for the scaled unit, as in ``DecimalScale``:
    ///
    /// 1. The significand is aligned as c · 2^11 < 2^64, and the scale is u · 2^117 in two words, `high` and `low`. The
    ///    upper 128 bits of their product of 192 bits are c · u · 2^64: an integer and 64 bits of fraction.
    /// 2. The scale is less than one unit off, so that the product is less than one unit of the fraction off, and
    ///    dropping the lowest word makes it up to one unit smaller. So the fraction is at most two units too small and
    ///    one too great, and half the unit, u / 2, is at most one unit too small.
    /// 3. `excess` is the distance to the nearest integer minus u / 2. If it is negative, the nearest integer reads
    ///    back to the number and is the shorter decimal. Because of step 2, it does not decide from -3 to 3.
    /// 4. Otherwise the nearest tenth is the decimal. `digit` has 60 bits after the point: ten times the fraction, of
    ///    which the last four bits are dropped, plus a half to round. It is at most 11 units off, since (15 + 2) · 10 /
    ///    16 < 11. Because of that, it does not decide within 20 units of an integer.
    ///
    /// - Parameter scales: ``DecimalScale/all``.
    @inline(__always)
    init<Number: WrittenNumber>(_ bits: Number.Bits, of: Number.Type, scales: UnsafePointer<DecimalScale>) {
        if Number.isIrregular(bits) {
            self.init(other: Number(bitPattern: bits))
            return
        }
        // SAFETY: the table has an element for every exponent.
        let scale = unsafe scales + Number.scaleIndex(bits)
        let significand = Number.alignedSignificand(bits)
        let upper = unsafe scale.pointee.high.multipliedFullWidth(by: significand)
        let lower = unsafe scale.pointee.low.multipliedFullWidth(by: significand)
        // Neither this addition checks for overflow nor does the magnitude below use a branch: both would be
        // mispredicted.
        let product = UInt128(_low: upper.low, _high: upper.high) &+ UInt128(lower.high)
        let fraction = UInt64(truncatingIfNeeded: product)
        let integer = UInt64(truncatingIfNeeded: product &>> 64)
        // See step 3 above.
        let sign = UInt64(bitPattern: Int64(bitPattern: fraction) &>> 63)
        let excess = unsafe (fraction ^ sign) &- sign &- scale.pointee.halfUnit
        // See step 4 above.
        let digit = (fraction &>> 4) &* 10 &+ 1 &<< 59
        if excess &+ 3 <= 6 || digit &<< 4 &+ 20 &<< 4 <= 40 &<< 4 {
            self.init(other: Number(bitPattern: bits))
            return
        }
        // A branch on whether the number has that digit would be mispredicted, so select with masks.
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

    /// The count of digits without zeros at the end, of 17 separated ones.
    @inline(__always)
    var digitCount: Int {
        let lastCount = Int(truncatingIfNeeded: (last &+ 15) &>> 4)
        let lowDigits = halves.low ^ Digits.zeros
        if lowDigits == 0 { return lastCount != 0 ? 17 : 8 &- (halves.high ^ Digits.zeros).trailingZeroBitCount &>> 3 }
        // Computed, since a branch on whether there is a last digit would be mispredicted.
        return 16 &+ lastCount &- (lowDigits.trailingZeroBitCount &>> 3 & (lastCount &- 1))
    }

    /// Separates the digits at `halves`.
    @inline(__always)
    static func separate(_ halves: UnsafeMutablePointer<Halves>) {
        let halves = UnsafeMutableRawPointer(halves)
        // SAFETY: `halves` points to two words.
        let digits = unsafe Digits.separated(halves.loadUnaligned(as: SIMD2<UInt64>.self))
        unsafe halves.storeBytes(of: digits, as: SIMD2<UInt64>.self)
    }
}
