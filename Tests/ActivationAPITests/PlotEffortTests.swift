import Activations
import HTTP
import RepeatableRandom
import Synchronization
import Testing

@testable import ActivationAPI

/// Tests that every picture takes a bounded number of steps, whatever its range and its parameters.
@Suite struct PlotEffortTests {
    /// Leaky ReLU that counts how many numbers it is evaluated at.
    private struct Counted: ElementwiseActivation {
        static let counter = Atomic(0)
        static let documentation = LeakyReLU.documentation
        static let parameters = LeakyReLU.parameters

        private let function: LeakyReLU

        init(_ values: ParameterValues) { function = LeakyReLU(values) }

        var parameterValues: ParameterValues { function.parameterValues }
        var kinks: [Kink] { function.kinks }

        func forward(_ x: Double) -> Double { count(function.forward(x)) }
        func derivative(_ x: Double) -> Double { count(function.derivative(x)) }
        func forward(_ x: Float) -> Float { function.forward(x) }
        func derivative(_ x: Float) -> Float { function.derivative(x) }

        private func count(_ value: Double) -> Double {
            Self.counter.add(1, ordering: .relaxed)
            return value
        }
    }

    /// Random numbers, the same in every run.
    private struct Numbers {
        private var generator: SplitMix64

        init(seed: UInt64) { generator = SplitMix64(seed: seed) }

        /// Returns any bit pattern, or often one of the known troublemakers.
        mutating func number() -> Double {
            let special = [
                0.0, -0.0, 0x1p-1074, -0x1p-1074, 0x1p-1030, 1e308, -1.7e308, .infinity, .nan, 1e6, -1e6, 1e-3, 6, -5,
            ]
            let isSpecial = generator.next() % 3 == 0
            let bits = generator.next()
            return isSpecial ? special[Int(bits % UInt64(special.count))] : Double(bitPattern: bits)
        }

        mutating func finiteNumber() -> Double {
            let number = number()
            return number.isFinite ? number : 1
        }

        /// Returns an end of an axis, as requests may have them.
        mutating func end() -> Double {
            let number = finiteNumber()
            return abs(number) <= 1e6 ? number : Double(Int64(bitPattern: generator.next()) % 1_000_000)
        }
    }

    private func parameters(_ alpha: Double) -> ParameterValues {
        var values = ParameterValues()
        values.set(LeakyReLU.alpha, to: .number(alpha))
        return values
    }

    @Test func ticksAreFewWhateverTheRange() {
        var numbers = Numbers(seed: 1)
        for _ in 0..<5_000 {
            let ends = [numbers.finiteNumber(), numbers.finiteNumber()]
            let range = PlotRange(lower: ends.min() ?? 0, upper: ends.max() ?? 0)
            for countMax in [2, 7, 12] {
                let ticks = PlotTicks(in: range, countMax: countMax).values
                let isAscending = zip(ticks, ticks.dropFirst()).allSatisfy { $0 < $1 }
                let isFinite = ticks.allSatisfy { $0.isFinite }
                #expect(ticks.count <= countMax + 1 && isAscending && isFinite, "\(range)")
            }
        }
    }

    @Test(arguments: [
        (1e308, -1e308), (0x1p-1074, 0), (0x1p-1063, 0x1p-1062), (1e300, 1.000_000_000_000_001e300), (0, 0), (1, 1),
        (-1.7e308, 1.7e308), (4.5e15, 4.6e15), (-0x1p-1074, 0x1p-1074), (0, 0x1p-1022),
    ])
    func ticksOfExtremeRangesAreFewOrNone(_ first: Double, _ second: Double) {
        let range = PlotRange(lower: min(first, second), upper: max(first, second))
        #expect(PlotTicks(in: range, countMax: 7).values.count <= 8)
    }

    @Test func aPictureTakesABoundedNumberOfEvaluationsAndPoints() {
        var numbers = Numbers(seed: 2)
        for _ in 0..<300 {
            let (from, alpha) = (numbers.end(), numbers.finiteNumber())
            let to = from + max(1e-3, abs(numbers.end()))
            Counted.counter.store(0, ordering: .relaxed)
            let plot = Plot(of: Counted.self, parameters(alpha), over: PlotRange(lower: from, upper: to))
            // 768 intervals in one or two pieces, their values and slopes, and the limits.
            #expect(Counted.counter.load(ordering: .relaxed) <= 2 * 800, "\(from) \(to) \(alpha)")
            #expect(plot.y.length.isNormal, "\(from) \(to) \(alpha)")
            let svg = PlotDrawing(plot, theme: .light).svg
            #expect(svg.utf8.count < 40_000 && !svg.contains("nan"), "\(from) \(to) \(alpha)")
        }
    }

    @Test func everyQueryOfAPictureIsAnsweredOrRefused() {
        var numbers = Numbers(seed: 3)
        let client = TestClient()
        var statuses: Set<Int> = []
        for _ in 0..<300 {
            let (from, to, alpha) = (numbers.number(), numbers.end(), numbers.number())
            let answer = client.get("/v1/leaky_relu/plot.svg?from=\(from)&to=\(to)&alpha=\(alpha)")
            statuses.insert(answer.status)
            #expect([200, 422].contains(answer.status), "\(from) \(to) \(alpha)")
        }
        #expect(statuses == [200, 422])
    }

    @Test(arguments: [
        "alpha=5e-324&from=-6&to=-5", "alpha=1e-323&from=-6&to=0", "alpha=-5e-324", "alpha=1e-310", "alpha=1.7e308",
        "alpha=0&from=-1&to=-0.999", "from=-1e6&to=-999999.999", "from=-0.0005&to=0.0005&alpha=5e-324",
        "alpha=1e-300", "alpha=1e-290", "alpha=2e-308&from=-6&to=-5",
    ])
    func picturesWithExtremeParametersEnd(query: String) {
        let answer = TestClient().get("/v1/leaky_relu/plot.svg?\(query)")
        #expect(answer.status == 200)
        #expect(answer.body.hasSuffix("</svg>\n"))
    }
}
