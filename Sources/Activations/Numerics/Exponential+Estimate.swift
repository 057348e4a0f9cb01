/// Exponentials in plain double with a relative error below 2^-48, for float32.
extension Exponential {
    /// Returns e^x for x in [-700, 700].
    @inline(__always)
    static func estimate(_ x: Double) -> Double {
        let (p, power) = reducedEstimate(x)
        return power + power * p
    }

    /// Returns e^x - 1 for x in [-700, 700], accurate near 0 as well.
    @inline(__always)
    static func expm1Estimate(_ x: Double) -> Double {
        let (p, power) = reducedEstimate(x)
        return (power - 1) + power * p
    }

    /// Returns p and 2^k with e^x = 2^k (1 + p).
    @inline(__always)
    private static func reducedEstimate(_ x: Double) -> (p: Double, power: Double) {
        let k = nearestMultiple(x)
        let r = (x - k * ln2.0) - k * ln2.1
        let r2 = r * r
        return (r + r2 * multiplyAdd(r, estimateTail(r, squared: r2), 0.5), powerOfTwo(k))
    }

    /// Returns (e^r - 1 - r - r²/2) / r³ for |r| ≤ ln 2 / 2, with an absolute error of some 2^-50.
    @inline(__always)
    private static func estimateTail(_ r: Double, squared r2: Double) -> Double {
        let r4 = r2 * r2
        let c01 = multiplyAdd(0x1.5555555555369p-5, r, 0x1.5555555554f91p-3)
        let c23 = multiplyAdd(0x1.6c16c17015718p-10, r, 0x1.111111170f6e5p-7)
        let c45 = multiplyAdd(0x1.a019d818f8101p-16, r, 0x1.a019c3523dec3p-13)
        let c67 = multiplyAdd(0x1.286f19dbb5401p-22, r, 0x1.72ad6ff3cc512p-19)
        return multiplyAdd(multiplyAdd(c67, r2, c45), r4, multiplyAdd(c23, r2, c01))
    }
}
