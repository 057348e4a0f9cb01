import Activations
import Testing

/// Tests properties that hold for every activation in the registry.
struct RegistryPropertyTests {
    static let all = ActivationRegistry.all.map { $0.init(ParameterValues()) }
    static let elementwise = all.compactMap { $0 as? any ElementwiseActivation }
    static let vector = all.compactMap { $0 as? any VectorActivation }

    /// Returns points far enough from every kink for a difference quotient.
    static func smoothPoints(of activation: any ElementwiseActivation) -> [Double] {
        stride(from: -9.9, through: 9.9, by: 0.13).filter { x in
            activation.kinks.allSatisfy { abs(x - $0.location) > 1e-3 }
        }
    }

    @Test("Names are unique, fit a URL and find their activation")
    func names() {
        #expect(Set(ActivationRegistry.all.map { $0.name }).count == ActivationRegistry.all.count)
        for type in ActivationRegistry.all {
            #expect(type.name.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") })
            #expect(ActivationRegistry.activation(named: type.name) == type)
        }
        #expect(ActivationRegistry.activation(named: "no_such_function") == nil)
    }

    @Test("Every activation is either element-wise or a vector function")
    func kinds() {
        #expect(Self.elementwise.count + Self.vector.count == ActivationRegistry.all.count)
    }

    @Test("Central differences approach the derivative", arguments: elementwise)
    func centralDifference(_ activation: any ElementwiseActivation) throws {
        let points = Self.smoothPoints(of: activation)
        let step = 0x1p-17
        let ahead = activation.forward(Tensor(points.map { $0 + step })).elements
        let behind = activation.forward(Tensor(points.map { $0 - step })).elements
        let derivatives = try activation.derivative(Tensor(points)).elements
        for index in points.indices {
            let quotient = (ahead[index] - behind[index]) / (2 * step)
            #expect(abs(derivatives[index] - quotient) < 1e-9, "at \(points[index])")
        }
    }

    @Test("The diagonal of an element-wise Jacobian is the derivative, the rest is zero", arguments: elementwise)
    func diagonal(_ activation: any ElementwiseActivation) throws {
        let points = Tensor(
            Array(Self.smoothPoints(of: activation).prefix(20)) + [0, -0.0, .nan, .infinity, -.infinity])
        let derivatives = try activation.derivative(points, atKink: .left).elements
        let matrix = try activation.jacobian(points, atKink: .left).elements
        let n = points.elements.count
        for i in 0..<n {
            for j in 0..<n {
                let expected = i == j ? derivatives[i] : 0
                #expect(matrix[i * n + j] == expected || (matrix[i * n + j].isNaN && expected.isNaN))
            }
        }
    }

    @Test("The derivative is undefined at the kinks and nowhere else", arguments: elementwise)
    func undefinedAtKinks(_ activation: any ElementwiseActivation) throws {
        let kinks = activation.kinks.map(\.location)
        let points = kinks + Self.smoothPoints(of: activation) + kinks.flatMap { [$0.nextUp, $0.nextDown] }
        let (output, undefined) = try Evaluation(.derivative, of: activation, input: Tensor(points)).result()
        #expect(undefined == Array(kinks.indices))
        #expect(output.elements.indices.allSatisfy { output.elements[$0].isNaN == ($0 < kinks.count) })
        #expect(kinks == kinks.sorted())
        #expect(activation.kinks.allSatisfy { $0.leftDerivative != $0.rightDerivative })
    }

    @Test("At a kink the one-sided derivatives are those next to it", arguments: elementwise)
    func sidesOfKinks(_ activation: any ElementwiseActivation) throws {
        for kink in activation.kinks {
            let beside = try activation.derivative(Tensor([kink.location.nextDown, kink.location.nextUp])).elements
            #expect(beside == [kink.leftDerivative, kink.rightDerivative])
        }
    }

    @Test("NaN in, NaN out, in values and derivatives of both formats", arguments: elementwise)
    func notANumber(_ activation: any ElementwiseActivation) throws {
        #expect(activation.forward(Tensor(Double.nan)).elements[0].isNaN)
        #expect(activation.forward(Tensor(Float.nan)).elements[0].isNaN)
        #expect(try activation.derivative(Tensor(Double.nan)).elements[0].isNaN)
        #expect(try activation.derivative(Tensor(Float.nan)).elements[0].isNaN)
    }

    @Test("Infinities and the largest numbers give no NaN", arguments: elementwise)
    func limits(_ activation: any ElementwiseActivation) throws {
        let ends = Tensor([-Double.infinity, -.greatestFiniteMagnitude, .greatestFiniteMagnitude, .infinity])
        #expect(activation.forward(ends).elements.allSatisfy { !$0.isNaN })
        #expect(try activation.derivative(ends).elements.allSatisfy { !$0.isNaN })
        let singles = Tensor(ends.elements.map { Float($0) })
        #expect(activation.forward(singles).elements.allSatisfy { !$0.isNaN })
        #expect(try activation.derivative(singles).elements.allSatisfy { !$0.isNaN })
    }

    @Test("float32 values are the float64 ones, rounded", arguments: elementwise)
    func single(_ activation: any ElementwiseActivation) throws {
        let points = Self.smoothPoints(of: activation).map { Float($0) }
        let values = activation.forward(Tensor(points)).elements
        let derivatives = try activation.derivative(Tensor(points)).elements
        let exactValues = activation.forward(Tensor(points.map { Double($0) })).elements
        let exactDerivatives = try activation.derivative(Tensor(points.map { Double($0) })).elements
        for index in points.indices {
            // Parameters such as alpha are rounded to float32 too.
            #expect(abs(Double(values[index]) - exactValues[index]) <= abs(exactValues[index]) * 0x1p-23)
            #expect(abs(Double(derivatives[index]) - exactDerivatives[index]) <= abs(exactDerivatives[index]) * 0x1p-23)
        }
    }

    @Test("Central differences approach a vector function's Jacobian", arguments: vector)
    func vectorCentralDifference(_ activation: any VectorActivation) throws {
        let point = [0.3, -1.2, 2.5, 0.3, 1]
        let matrix = try activation.jacobian(Tensor(point)).elements
        let step = 0x1p-17
        for j in point.indices {
            var (ahead, behind) = (point, point)
            ahead[j] += step
            behind[j] -= step
            let after = try activation.forward(Tensor(ahead)).elements
            let before = try activation.forward(Tensor(behind)).elements
            for i in point.indices {
                #expect(abs(matrix[i * point.count + j] - (after[i] - before[i]) / (2 * step)) < 1e-9)
            }
        }
    }

    @Test("An empty vector stays empty", arguments: Self.all)
    func empty(_ activation: any Activation) throws {
        for operation in Activations.Operation.allCases {
            #expect(try Evaluation(operation, of: activation, input: Tensor<Double>([])).result().output.elements == [])
            #expect(try Evaluation(operation, of: activation, input: Tensor<Float>([])).result().output.elements == [])
        }
    }
}
