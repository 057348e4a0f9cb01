import Testing

@testable import Metrics

@Suite struct ExpositionTests {
    @Test func helpAndLabelsAreEscapedSoThatNoTextEndsItsLine() {
        var exposition = Exposition()
        exposition.begin("m", "gauge", "a\\b\n\"c\"")
        exposition.sample("m", [("l", "x\"y\\z\n"), ("absent", "")], 1)
        #expect(
            String(decoding: exposition.bytes, as: UTF8.self) == #"# HELP m a\\b\n"c""# + "\n# TYPE m gauge\n"
                + #"m{l="x\"y\\z\n"} 1"# + "\n")
    }

    @Test(arguments: [
        (0.0, "0"), (1, "1"), (0.5, "0.5"), (.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (1e300, "1e+300"),
        (1_700_000_000.25, "1700000000.25"),
    ])
    func numbersAreWrittenAsPrometheusReadsThem(number: Double, text: String) {
        var exposition = Exposition()
        exposition.sample("m", [], number)
        #expect(String(decoding: exposition.bytes, as: UTF8.self) == "m \(text)\n")
    }

    @Test func bucketsOfAHistogramAddUpAndABoundBelongsToTheBucketBelowIt() {
        let histogram = Histogram(Scale(bounds: [10, 20], divisor: 2))
        for measure in [0, 10, 11, 20, 21, 1_000] { histogram.record(measure) }
        var totals = Histogram.Totals(histogram.scale)
        histogram.add(to: &totals)
        var exposition = Exposition()
        exposition.histogram("h", [("a", "b")], totals, histogram.scale)
        #expect(
            String(decoding: exposition.bytes, as: UTF8.self) == """
                h_bucket{a="b",le="5"} 2
                h_bucket{a="b",le="10"} 4
                h_bucket{a="b",le="+Inf"} 6
                h_sum{a="b"} 531
                h_count{a="b"} 6

                """)
    }
}
