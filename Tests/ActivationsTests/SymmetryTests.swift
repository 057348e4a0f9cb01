import Activations
import RepeatableRandom
import Testing

/// Tests what rounding must preserve: order and symmetry, to the bit, at every vector width.
struct SymmetryTests {
    static let functions: [any ElementwiseActivation] = [Sigmoid(), Tanh()]

    /// The starts of runs of neighbouring numbers: reduction boundaries of the exponential, subnormal results,
    /// saturation.
    static let starts: [Double] =
        stride(from: -20.5, through: 20.5, by: 1).map { $0 * 0.6931471805599453 }
        + [
            -745.2, -744, -709, -708.4, -37, -19.1, -1, -0.55, -1e-3, -1e-8, -0x1p-1070, 0, 1e-300, 1e-8, 0.5, 8.7, 19,
            36.7,
        ]

    @Test("Sigmoid and tanh never fall from one float64 to the next", arguments: functions, VectorWidth.available)
    func monotonic(_ activation: any ElementwiseActivation, _ width: VectorWidth) throws {
        for start in Self.starts {
            var inputs = [start]
            for _ in 1..<300 { inputs.append(inputs[inputs.count - 1].nextUp) }
            let values = try Self.values(.forward, activation, inputs, width)
            #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }, "from \(start)")
        }
    }

    @Test("Sigmoid and tanh never fall from one float32 to the next", arguments: functions, VectorWidth.available)
    func monotonicSingle(_ activation: any ElementwiseActivation, _ width: VectorWidth) throws {
        for start in Self.starts {
            var inputs = [Float(start)]
            for _ in 1..<300 { inputs.append(inputs[inputs.count - 1].nextUp) }
            let values = try Self.values(.forward, activation, inputs, width)
            #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }, "from \(start)")
        }
    }

    @Test("Tanh is odd, and both derivatives are even, to the bit", arguments: VectorWidth.available)
    func symmetry(_ width: VectorWidth) throws {
        var generator = SplitMix64(seed: 1)
        let inputs =
            [0, 0x1p-1060, 0x1p-1030, 0.3, 25, 26, 378, 745, .greatestFiniteMagnitude, .infinity]
            + (0..<1000).map { _ in Double.random(in: 0...40, using: &generator) }
        let mirrored = inputs.map { -$0 }
        let tanh = try Self.values(.forward, Tanh(), inputs, width)
        #expect(try Self.values(.forward, Tanh(), mirrored, width).map(\.bitPattern) == tanh.map { (-$0).bitPattern })
        let singles = try Self.values(.forward, Tanh(), inputs.map { Float($0) }, width)
        #expect(
            try Self.values(.forward, Tanh(), mirrored.map { Float($0) }, width).map(\.bitPattern)
                == singles.map { (-$0).bitPattern })
        for activation in Self.functions {
            #expect(
                try Self.values(.derivative, activation, inputs, width)
                    == Self.values(.derivative, activation, mirrored, width))
        }
    }

    @Test(
        "A float64 result does not depend on its neighbours in the tensor", arguments: functions, VectorWidth.available)
    func position(_ activation: any ElementwiseActivation, _ width: VectorWidth) throws {
        var generator = SplitMix64(seed: 2)
        let inputs = (0..<37).map { _ in Double.random(in: -30...30, using: &generator) }
        let together = try Self.values(.forward, activation, inputs, width)
        #expect(try inputs.map { try Self.values(.forward, activation, [$0], width)[0] } == together)
    }

    static func values<Element: TensorElement>(
        _ operation: Activations.Operation, _ activation: any Activation, _ input: [Element], _ width: VectorWidth
    ) throws -> [Element] {
        try Evaluation(operation, of: activation, input: Tensor(input), vectorWidth: width).result().output.elements
    }
}
