import Activations
import Benchmark
import Glibc

/// Time an element of every function, dtype and vector width, in cache, beside loops over Glibc's functions.
///
/// Each iteration computes 1,000 elements, so that nanoseconds an iteration are picoseconds an element.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock], timeUnits: .nanoseconds, warmupIterations: 3, scalingFactor: .kilo,
        maxDuration: .milliseconds(400))

    for width in VectorWidth.available {
        for type in ActivationRegistry.all {
            for operation in Activations.Operation.allCases {
                measure(operation, of: type.init(ParameterValues()), Double.self, width)
                measure(operation, of: type.init(ParameterValues()), Float.self, width)
            }
        }
    }

    let numbers = inputs(Double.self)
    Benchmark("Glibc 1/(1+exp(-x)) float64") { benchmark in
        var output = numbers
        for _ in benchmark.scaledIterations {
            for index in numbers.indices { output[index] = 1 / (1 + exp(-numbers[index])) }
            blackHole(output)
        }
    }
    Benchmark("Glibc tanh float64") { benchmark in
        var output = numbers
        for _ in benchmark.scaledIterations {
            for index in numbers.indices { output[index] = tanh(numbers[index]) }
            blackHole(output)
        }
    }
    let singles = inputs(Float.self)
    Benchmark("Glibc tanhf float32") { benchmark in
        var output = singles
        for _ in benchmark.scaledIterations {
            for index in singles.indices { output[index] = tanhf(singles[index]) }
            blackHole(output)
        }
    }
    Benchmark("memory copy float64") { benchmark in
        var output = numbers
        for _ in benchmark.scaledIterations {
            numbers.withUnsafeBytes { source in output.withUnsafeMutableBytes { $0.copyMemory(from: source) } }
            blackHole(output)
        }
    }
}

/// A thousand numbers between -10 and 10, the same in every run.
func inputs<Element: TensorElement>(_: Element.Type) -> [Element] {
    (0..<1000).map { Element(Double(($0 * 617) % 1000) / 50 - 10) }
}

func measure<Element: TensorElement>(
    _ operation: Activations.Operation, of activation: any Activation, _: Element.Type, _ width: VectorWidth
) {
    // An element-wise Jacobian is mostly zeros, and softmax's derivative without an index is its Jacobian.
    let isVectorFunction = activation is any VectorActivation
    guard operation == .forward || isVectorFunction == (operation == .jacobian) else { return }
    let name = "\(type(of: activation).name) \(operation) \(Element.dtype) \(width)"
    Benchmark(name) { benchmark in
        let input = Tensor(inputs(Element.self))
        guard let prepared = try? Evaluation(operation, of: activation, input: input, vectorWidth: width) else {
            return benchmark.error("The evaluation was refused.")
        }
        var output = [Element](repeating: 0, count: 1000)
        var span = output.mutableSpan
        var undefined: [Int] = []
        for iteration in benchmark.scaledIterations {
            // A vector function's values are computed when the evaluation is made.
            let evaluation =
                isVectorFunction && operation == .forward
                ? (try? Evaluation(operation, of: activation, input: input, vectorWidth: width)) ?? prepared : prepared
            let row = isVectorFunction && operation == .jacobian ? iteration : 0
            evaluation.write(row * 1000..<(row + 1) * 1000, into: &span, undefined: &undefined)
            undefined.removeAll(keepingCapacity: true)
        }
        blackHole(span[0])
    }
}
