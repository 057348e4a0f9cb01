import Activations
import SampleActivations
import Testing

/// Tests parameters of every kind, and kinks whose locations follow from them.
@Suite("Parameters")
struct ParameterTests {
    @Test func `a parameter accepts exactly the values of its kind and range`() {
        let number = Parameter(name: "a", summary: "", .number(default: 1))
        let positive = Parameter(name: "b", summary: "", .number(default: 1, in: .positive))
        let notNegative = Parameter(name: "c", summary: "", .number(default: 1, in: .notNegative))
        let integer = Parameter(name: "d", summary: "", .integer(default: 2, in: 1...3))
        let choice = Parameter(name: "e", summary: "", .choice(default: "none", of: ["none", "tanh"]))
        let values: [ParameterValue] = [
            .number(-1), .number(0), .number(.leastNonzeroMagnitude), .number(.infinity), .number(.nan), .integer(1),
            .integer(4), .choice("tanh"), .choice("Tanh"),
        ]
        let accepted = { (parameter: Parameter) in values.filter { parameter.accepts($0) } }
        #expect(accepted(number) == [.number(-1), .number(0), .number(.leastNonzeroMagnitude)])
        #expect(accepted(positive) == [.number(.leastNonzeroMagnitude)])
        #expect(accepted(notNegative) == [.number(0), .number(.leastNonzeroMagnitude)])
        #expect(accepted(integer) == [.integer(1)])
        #expect(accepted(choice) == [.choice("tanh")])
        #expect(
            [number, positive, notNegative, integer, choice].map(\.acceptedValues) == [
                "any finite number", "a number greater than 0", "a number not less than 0", "an integer from 1 to 3",
                "\"none\" or \"tanh\"",
            ])
    }

    @Test func `values that are not set have their defaults`() {
        var values = ParameterValues()
        #expect(values.number(RampFunction.upper) == 1)
        #expect(values.choice(RampFunction.end) == "flat")
        values.set(RampFunction.upper, to: .number(2))
        values.set(RampFunction.end, to: .choice("open"))
        #expect(values.number(RampFunction.upper) == 2)
        #expect(values[RampFunction.end] == .choice("open"))
        #expect(values[RampFunction.lower] == .number(0))
    }

    @Test func `parameters that exclude each other are found`() {
        var values = ParameterValues(RampFunction.lower, .number(1))
        #expect(RampFunction.conflict(among: values)?.parameters == [RampFunction.lower, RampFunction.upper])
        values.set(RampFunction.upper, to: .number(1.5))
        #expect(RampFunction.conflict(among: values) == nil)
    }

    @Test func `a kink follows its parameter, and one of the derivative leaves the derivative defined`() throws {
        var values = ParameterValues(RampFunction.upper, .number(3))
        let ramp = RampFunction(values)
        let slopes = try Evaluation(.derivative, of: ramp, input: Tensor([0, 1, 3, 4])).result()
        #expect(slopes.undefined == [2])
        #expect(try ramp.derivative(Tensor([3]), atKink: .left).elements == [6])
        #expect(try ramp.derivative(Tensor([3]), atKink: .right).elements == [0])
        #expect(try ramp.derivative(Tensor([0]), atKink: .value(2)).elements == [0])
        // There is no number between 6 and 0.
        #expect(throws: EvaluationError.self) { try ramp.derivative(Tensor([0]), atKink: .value(7)) }
        values.set(RampFunction.end, to: .choice("open"))
        #expect(throws: EvaluationError.self) {
            try RampFunction(values).derivative(Tensor([0]), atKink: .value(0.5))  // This is between 6 and 1.
        }
    }

    @Test(arguments: ActivationRegistry.all.indices)
    func `an activation has kinks only if it declares that it can`(index: Int) {
        let type = ActivationRegistry.all[index]
        let parameters = type.parameters
        let candidates: [ParameterValue] = [.number(-1), .number(0), .number(0.5), .number(1), .number(2)]
        var haveKinks = false
        for candidate in candidates {
            var values = ParameterValues()
            for parameter in parameters where parameter.accepts(candidate) { values.set(parameter, to: candidate) }
            guard type.conflict(among: values) == nil, case .elementwise(let function) = type.init(values).form else {
                continue
            }
            haveKinks = haveKinks || function.kinks.contains(where: \.hasNoDerivative)
            #expect(function.kinks.map(\.location) == function.kinks.map(\.location).sorted())
        }
        #expect(haveKinks == type.canHaveKinks)
    }
}
