#if arch(x86_64)
    import Activations
    import Glibc
    import RepeatableRandom
    import Testing

    /// Compares random inputs with the formulas in the 64-bit precision of `Float80`, at every vector width.
    ///
    /// `Scripts/accuracy` does the same with a million inputs per function, and `Scripts/exhaustive-float32` with every
    /// float32.
    struct ReferenceTests {
        struct Function: Sendable, CustomTestStringConvertible {
            let testDescription: String
            let activation: any ElementwiseActivation
            let operation: Activations.Operation
            let exact: @Sendable (Float80) -> Float80
        }

        static let functions = [
            Function(testDescription: "sigmoid", activation: Sigmoid(), operation: .forward) { x in
                let t = exp(-abs(x))
                return x >= 0 ? 1 / (1 + t) : t / (1 + t)
            },
            Function(testDescription: "sigmoid'", activation: Sigmoid(), operation: .derivative) { x in
                let t = exp(-abs(x))
                return t / ((1 + t) * (1 + t))
            },
            Function(testDescription: "tanh", activation: Tanh(), operation: .forward) { x in
                let m = expm1(-2 * abs(x))
                return Float80(signOf: x, magnitudeOf: m / (2 + m))
            },
            Function(testDescription: "tanh'", activation: Tanh(), operation: .derivative) { x in
                let t = exp(-2 * abs(x))
                return 4 * t / ((1 + t) * (1 + t))
            },
        ]

        @Test("Random inputs keep to 0.6 ulp", arguments: functions, VectorWidth.available)
        func random(_ function: Function, _ width: VectorWidth) throws {
            var generator = SplitMix64(seed: 4)
            let inputs = [750.0, 40, 6, 1, 0x1p-20].flatMap { bound in
                (0..<2000).map { _ in Double.random(in: -bound...bound, using: &generator) }
            }
            let answers = try SymmetryTests.values(function.operation, function.activation, inputs, width)
            var worst = (error: 0.0, input: 0.0)
            for (input, answer) in zip(inputs, answers) {
                let exact = function.exact(Float80(input))
                let exponent = max(exact == 0 ? -1022 : Int(exact.exponent), -1022) - 52
                let error = (Float80(answer) - exact) * Float80(sign: .plus, exponent: -exponent, significand: 1)
                if Double(abs(error)) > worst.error { worst = (Double(abs(error)), input) }
            }
            #expect(worst.error <= 0.6, "at \(worst.input)")
            #expect(worst.error > 0.45, "so many inputs come near the worst rounding")
        }

        @Test(
            "Float32 answers are correctly rounded, for inputs of every size", arguments: functions,
            VectorWidth.available)
        func everyFloatSize(_ function: Function, _ width: VectorWidth) throws {
            let inputs = stride(from: UInt64(0), to: 1 << 32, by: 200_003).map { Float(bitPattern: UInt32($0)) }
            let answers = try SymmetryTests.values(function.operation, function.activation, inputs, width)
            var undecidedCount = 0
            for (input, answer) in zip(inputs, answers) where !input.isNaN {
                let exact = function.exact(Float80(input))
                // If these two round differently, half an ulp of float32 cannot be distinguished from a little more or
                // less.
                let below = Float(exact * (1 - 0x1p-60))
                let above = Float(exact * (1 + 0x1p-60))
                if below == above { #expect(answer == below, "at \(input)") } else { undecidedCount += 1 }
            }
            #expect(undecidedCount < 20)
        }
    }
#endif
