import Activations
import Glibc

/// Measures the kernels against other precision; `Scripts/accuracy` and `Scripts/exhaustive-float32` drive it.
///
///     accuracy evaluate FUNCTION OPERATION DTYPE WIDTH [ALPHA]   vectors from standard input to standard output
///     accuracy random COUNT                                      the largest errors on random inputs
///     accuracy exhaustive FUNCTION PART OF                       a part of all float32 inputs
@main
enum Accuracy {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch (arguments.first, arguments.count) {
        case ("evaluate", 5...6):
            Exchange.run(arguments)
        case ("random", 2):
            Int(arguments[1]).map(RandomInputs.run) ?? usage()
        case ("exhaustive", 4):
            guard let function = ScalarFunction.all.first(where: { $0.name == arguments[1] }),
                let part = Int(arguments[2]), let partCount = Int(arguments[3])
            else { return usage() }
            EveryFloat(function: function).run(part: part, of: partCount)
        default: usage()
        }
    }

    static func usage() {
        print(
            "usage: accuracy evaluate FUNCTION OPERATION DTYPE WIDTH [ALPHA] | random COUNT | exhaustive NAME PART OF")
        exit(64)
    }
}

/// A function of one number, with its formula in the 64-bit precision of `Float80`.
struct ScalarFunction: Sendable {
    let name: String
    let activation: any ElementwiseActivation
    let operation: Activations.Operation
    let exact: @Sendable (Float80) -> Float80

    static let all = [
        ScalarFunction(name: "sigmoid", activation: Sigmoid(), operation: .forward) { x in
            let t = exp(-abs(x))
            return x >= 0 ? 1 / (1 + t) : t / (1 + t)
        },
        ScalarFunction(name: "sigmoid'", activation: Sigmoid(), operation: .derivative) { x in
            let t = exp(-abs(x))
            return t / ((1 + t) * (1 + t))
        },
        ScalarFunction(name: "tanh", activation: Tanh(), operation: .forward) { x in
            let m = expm1(-2 * abs(x))
            return Float80(signOf: x, magnitudeOf: m / (2 + m))
        },
        ScalarFunction(name: "tanh'", activation: Tanh(), operation: .derivative) { x in
            let t = exp(-2 * abs(x))
            return 4 * t / ((1 + t) * (1 + t))
        },
    ]

    func answers<Element: TensorElement>(at inputs: [Element], _ width: VectorWidth) -> [Element] {
        evaluate(operation, activation, inputs, width)
    }
}

/// The whole output; these evaluations cannot be refused.
func evaluate<Element: TensorElement>(
    _ operation: Activations.Operation, _ activation: any Activation, _ inputs: [Element], _ width: VectorWidth
) -> [Element] {
    do {
        return try Evaluation(operation, of: activation, input: Tensor(inputs), vectorWidth: width)
            .result().output.elements
    } catch {
        print("refused: \(error)")
        exit(1)
    }
}

/// |answer - exact| in units of the last place of the exact value.
func ulps<Element: TensorElement>(_ answer: Element, _ exact: Float80) -> Double {
    let least = Int(Element.leastNormalMagnitude.exponent)
    let exponent = max(exact == 0 ? least : Int(exact.exponent), least) - Element.significandBitCount
    return Double(abs(Float80(answer) - exact) * Float80(sign: .plus, exponent: -exponent, significand: 1))
}
