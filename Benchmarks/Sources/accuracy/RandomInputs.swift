import Activations
import Glibc

/// The largest errors on random inputs, of every size that makes a difference.
enum RandomInputs {
    static func run(count: Int) {
        print("function, dtype, width: largest error in ulp on \(count) random inputs")
        for width in VectorWidth.available {
            for function in ScalarFunction.all {
                var generator = SplitMix64(state: 1)
                let inputs = (0..<count).map { _ in number(using: &generator) }
                report(
                    function.name, width,
                    zip(inputs, function.answers(at: inputs, width)).map { ulps($1, function.exact(Float80($0))) })
                let singles = inputs.map { Float($0) }
                report(
                    function.name, width,
                    zip(singles, function.answers(at: singles, width)).map { ulps($1, function.exact(Float80($0))) },
                    Float.self)
            }
            softmax(count: count, width, Double.self)
            softmax(count: count, width, Float.self)
            jacobian(count: count, width, Double.self)
            jacobian(count: count, width, Float.self)
        }
    }

    private static func report(
        _ name: String, _ width: VectorWidth, _ errors: [Double], _ type: any TensorElement.Type = Double.self
    ) {
        print("\(name), \(type.dtype), \(width): \(errors.max() ?? 0)")
    }

    /// Uniform in intervals of every size up to ±750.
    private static func number(using generator: inout SplitMix64) -> Double {
        let bounds = [750, 100, 40, 6, 1, 0x1p-10, 0x1p-27]
        let bound = bounds[Int(generator.next() % UInt64(bounds.count))]
        return Double.random(in: -bound...bound, using: &generator)
    }

    private static func vector(using generator: inout SplitMix64) -> [Double] {
        let length = Int(exp(Double.random(in: 0.7...7, using: &generator)))
        let bounds = [1e-9, 1, 10, 100, 400]
        let bound = bounds[Int(generator.next() % UInt64(bounds.count))]
        let shift = generator.next() % 3 == 0 ? Double.random(in: -1e6...1e6, using: &generator) : 0
        return (0..<length).map { _ in shift + Double.random(in: -bound...bound, using: &generator) }
    }

    /// Exponentials of x - max, their sum, and the sum of all but the first largest.
    private static func exactSoftmax(_ x: [Double]) -> (e: [Float80], sum: Float80, rest: Float80, first: Int) {
        let largest = x.max() ?? 0
        let first = x.firstIndex(of: largest) ?? 0
        let e = x.map { number in
            // Float80 may not hold the difference exactly; what it rounds off counts.
            let (a, b) = (Float80(number), -Float80(largest))
            let sum = a + b
            let part = sum - a
            return exp(sum) * (1 + ((a - (sum - part)) + (b - part)))
        }
        let rest = e.indices.reduce(Float80(0)) { $1 == first ? $0 : $0 + e[$1] }
        return (e, 1 + rest, rest, first)
    }

    private static func softmax<Element: TensorElement>(count: Int, _ width: VectorWidth, _: Element.Type) {
        var generator = SplitMix64(state: 2)
        var errors: [Double] = []
        while errors.count < count {
            let x = vector(using: &generator).map { Element($0) }
            let exact = exactSoftmax(x.map { Double($0) })
            errors += zip(evaluate(.forward, Softmax(), x, width), exact.e).map { ulps($0, $1 / exact.sum) }
        }
        report("softmax", width, errors, Element.self)
    }

    private static func jacobian<Element: TensorElement>(count: Int, _ width: VectorWidth, _: Element.Type) {
        var generator = SplitMix64(state: 3)
        var errors: [Double] = []
        while errors.count < count {
            let x = vector(using: &generator).prefix(100).map { Element($0) }
            let (e, sum, rest, first) = exactSoftmax(x.map { Double($0) })
            let answers = evaluate(.jacobian, Softmax(), x, width)
            for i in x.indices {
                let s = e[i] / sum
                for j in x.indices {
                    let exact = i == j ? s * ((i == first ? rest : sum - e[i]) / sum) : -s * (e[j] / sum)
                    errors.append(ulps(answers[i * x.count + j], exact))
                }
            }
        }
        report("softmax Jacobian", width, errors, Element.self)
    }
}

/// Random numbers that are the same in every run.
///
/// After G. Steele, D. Lea and C. Flood, OOPSLA 2014.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
