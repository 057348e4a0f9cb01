/// Returns the index of the first largest of `count` numbers, or nil if one of them is NaN or +∞, or all are -∞.
///
/// It compares integers, whose reductions the compiler may vectorise, unlike those of floating point.
@inline(__always)
func indexOfLargest(count: Int, _ element: (Int) -> Double) -> Int? {
    var largest = Int64.min
    var notANumber: UInt64 = 0
    for index in 0..<count {
        let x = element(index)
        largest = max(largest, x.orderedBits)
        notANumber |= x == x ? 0 : 1
    }
    let isFinite = largest > (-Double.infinity).orderedBits && largest < Double.infinity.orderedBits
    guard notANumber == 0, isFinite else { return nil }
    var index = 0
    while element(index).orderedBits != largest { index &+= 1 }
    return index
}

extension Double {
    /// Returns an integer for each number, in the same order; -0 comes before 0.
    @inline(__always)
    fileprivate var orderedBits: Int64 {
        let bits = Int64(bitPattern: bitPattern)
        return bits ^ ((bits &>> 63) & .max)
    }
}
