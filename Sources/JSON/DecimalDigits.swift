/// The digits of a decimal, one by one.
struct DecimalDigits {
    /// The 16 digits behind the first one, in two halves: as numbers, and once ``separate(_:)`` has been called a byte
    /// each, the earliest lowest.
    var high: UInt64
    var low: UInt64
    /// The first digit of 17; 0 for an integer below 10^8, which is the lower half, and for what has no digits.
    let lead: UInt64
    /// The value is 0.digits times ten to this power.
    let pointPosition: Int

    /// The digits of `value`, which `scaled` is made of.
    @inline(__always)
    init<Number: WrittenNumber>(_ scaled: ScaledNumber, of value: Number) {
        if let decimal = scaled.shortest, decimal.digits >= 1_000_000_000_000_000 {
            self.init(scaled: decimal)
        } else {
            self.init(other: value)
        }
    }

    /// - Precondition: `decimal.digits` is from 10^15 up to but not including 10^17.
    @inline(__always)
    private init(scaled decimal: ShortestDecimal) {
        let isShort = decimal.digits < 10_000_000_000_000_000
        let digits = isShort ? decimal.digits &* 10 : decimal.digits
        pointPosition = decimal.exponent &+ (isShort ? 16 : 17)
        let upper = digits / 100_000_000
        lead = digits / 10_000_000_000_000_000
        high = upper &- lead &* 100_000_000
        low = digits &- upper &* 100_000_000
    }

    @inline(never)
    private init<Number: WrittenNumber>(other value: Number) {
        let decimal = value.shortestDecimal
        if decimal.exponent == 0 && decimal.digits < 100_000_000 {
            self.init(integer: decimal.digits)
        } else {
            self.init(scaled: decimal.digits < 1_000_000_000_000_000 ? decimal.scaled() : decimal)
        }
    }

    private init(integer: UInt64) {
        high = 0
        low = integer
        lead = 0
        pointPosition = 0
    }

    /// How many digits there are without zeros at the end, of 17 separated ones.
    @inline(__always)
    var digitCount: Int {
        let isLow = low != 0
        let zeroCount = (isLow ? low : high).byteSwapped.trailingZeroBitCount &>> 3
        return (isLow ? 17 : 9) &- zeroCount
    }

    /// Separates the digits of the number at `decimal`.
    @inline(__always)
    static func separate(_ decimal: UnsafeMutablePointer<DecimalDigits>) {
        let halves = UnsafeMutableRawPointer(decimal)
        // Sound: `high` and `low` are the first two words there.
        let digits = unsafe Digits.separated(halves.loadUnaligned(as: SIMD2<UInt64>.self))
        unsafe halves.storeBytes(of: digits, as: SIMD2<UInt64>.self)
    }
}
