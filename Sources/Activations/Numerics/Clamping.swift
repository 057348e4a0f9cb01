/// Returns the smaller of `x` and `limit`; NaN stays NaN.
@inline(__always)
func atMost(_ limit: Double, _ x: Double) -> Double { x > limit ? limit : x }

/// Returns the larger of `x` and `limit`; NaN stays NaN.
@inline(__always)
func atLeast(_ limit: Double, _ x: Double) -> Double { x < limit ? limit : x }
