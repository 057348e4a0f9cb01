/// `x`, but at most `limit`; NaN stays NaN.
@inline(__always)
func atMost(_ limit: Double, _ x: Double) -> Double { x > limit ? limit : x }

/// `x`, but at least `limit`; NaN stays NaN.
@inline(__always)
func atLeast(_ limit: Double, _ x: Double) -> Double { x < limit ? limit : x }
