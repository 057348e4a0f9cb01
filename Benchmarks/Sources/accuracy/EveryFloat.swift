import Activations

/// All 2^32 float32 inputs of a function, at every vector width, against correctly rounded values.
///
/// A value in `Float80` decides the rounding wherever it is not within 2^-60 of the midpoint of two floats; inputs that
/// it does not decide are printed with the answers, for a program with more digits to judge.
struct EveryFloat {
    let function: ScalarFunction
    private static let blockCount = 1 << 16

    func run(part: Int, of partCount: Int) {
        var wrongCount = 0
        var undecidedCount = 0
        let blocks = (1 << 32) / Self.blockCount
        for block in stride(from: part, to: blocks, by: partCount) {
            let inputs = (0..<Self.blockCount).map { Float(bitPattern: UInt32(block * Self.blockCount + $0)) }
            let expected = inputs.map(rounded)
            for width in VectorWidth.available {
                let answers = function.answers(at: inputs, width)
                for index in inputs.indices {
                    if let value = expected[index] {
                        if answers[index] == value || answers[index].isNaN && value.isNaN { continue }
                        wrongCount += 1
                        if wrongCount < 20 { print("wrong \(width) \(inputs[index]): \(answers[index]), not \(value)") }
                    } else {
                        undecidedCount += 1
                        print("undecided \(inputs[index].bitPattern) \(answers[index].bitPattern)")
                    }
                }
            }
        }
        print("done \(wrongCount) wrong, \(undecidedCount) undecided")
    }

    /// The correctly rounded value; nil where the formula does not decide it.
    private func rounded(_ x: Float) -> Float? {
        if x.isNaN { return x }
        // Far out and close to zero the value is plain, and `Float80` would be slow or undecided.
        let size = abs(x)
        switch function.name {
        case "sigmoid" where size < 0x1p-27: return 0.5
        case "sigmoid" where size > 105: return x > 0 ? 1 : 0
        case "sigmoid'" where size < 0x1p-13: return 0.25
        case "sigmoid'" where size > 105: return 0
        case "tanh" where size < 0x1p-13: return x
        case "tanh" where size > 10: return x > 0 ? 1 : -1
        case "tanh'" where size < 0x1p-14: return 1
        case "tanh'" where size > 54: return 0
        default:
            let exact = function.exact(Float80(x))
            let below = Float(exact * (1 - 0x1p-60))
            return below == Float(exact * (1 + 0x1p-60)) ? below : nil
        }
    }
}
