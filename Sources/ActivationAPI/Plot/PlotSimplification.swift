/// Reduces the points of a picture without changing it visibly (Ramer, Douglas and Peucker): a straight line keeps its
/// two ends.
enum PlotSimplification {
    /// Leaves out points closer than `tolerance` to the remaining line.
    ///
    /// It takes O(n log n) for the curves that occur and O(n²) in the worst case.
    static func simplify(_ points: [PlotPoint], tolerance: Double) -> [PlotPoint] {
        guard points.count > 2 else { return points }
        var isKept = [Bool](repeating: false, count: points.count)
        isKept[0] = true
        isKept[points.count - 1] = true
        var pending = [(first: 0, last: points.count - 1)]
        while let chord = pending.popLast() {
            var farthest = chord.first
            var distance = tolerance
            for index in (chord.first + 1)..<max(chord.last, chord.first + 1) {
                let candidate = self.distance(of: points[index], from: points[chord.first], points[chord.last])
                if candidate > distance { (farthest, distance) = (index, candidate) }
            }
            guard farthest > chord.first else { continue }
            isKept[farthest] = true
            pending.append((chord.first, farthest))
            pending.append((farthest, chord.last))
        }
        return zip(points, isKept).filter(\.1).map(\.0)
    }

    /// Returns the distance of a point from the straight line through two others.
    private static func distance(of point: PlotPoint, from start: PlotPoint, _ end: PlotPoint) -> Double {
        let dx = end.x - start.x
        let dy = end.y - start.y
        let length = (dx * dx + dy * dy).squareRoot()
        guard length > 0 else { return 0 }
        return abs(dy * (point.x - start.x) - dx * (point.y - start.y)) / length
    }
}
