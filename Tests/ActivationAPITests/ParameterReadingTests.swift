import Activations
import JSON
import Testing

@testable import ActivationAPI

/// Tests how requests set parameters of every kind, and how they are echoed and described.
@Suite("Values of parameters in requests")
struct ParameterReadingTests {
    private static let cap = Parameter(name: "cap", summary: "Cap.", .number(default: 50, in: .positive))
    private static let count = Parameter(name: "count", summary: "Count.", .integer(default: 2, in: 1...8))
    private static let form = Parameter(name: "form", summary: "Form.", .choice(default: "none", of: ["none", "tanh"]))

    private static func given(_ text: String) throws -> RawParameterValue {
        guard case .number(let number) = JSONNumber.read(Array(text.utf8).span) else { return .word(text) }
        return .number(number)
    }

    @Test(arguments: [
        (cap, "0.1", DType.float64, ParameterValue.number(0.1), "0.1"),
        (cap, "0.1", .float32, .number(Double(Float(0.1))), "0.1"),
        (count, "3.0e0", .float64, .integer(3), "3"), (form, "tanh", .float32, .choice("tanh"), "\"tanh\""),
    ])
    func `a value is rounded to the dtype and echoed as rounded`(
        parameter: Parameter, text: String, dtype: DType, expected: ParameterValue, echo: String
    ) throws {
        let value = try parameter.value(Self.given(text), in: dtype)
        #expect(value == expected)
        #expect(String(decoding: value.document(in: dtype).json, as: UTF8.self) == echo)
    }

    @Test(arguments: [
        (cap, "0", DType.float64, ProblemType.invalidParameter, "cap is a number greater than 0, not 0."),
        (cap, "1e-60", .float32, .invalidParameter, "cap is a number greater than 0, not 0."),
        (cap, "1e60", .float32, .numberOutOfRange, "Rounded to float32, cap would be infinite."),
        (cap, "x", .float64, .wrongType, "Expected a number, not a string."),
        (count, "1.5", .float64, .wrongType, "count is an integer."),
        (count, "9", .float64, .invalidParameter, "count is an integer from 1 to 8, not 9."),
        (count, "-1e300", .float64, .invalidParameter, "count is an integer from 1 to 8, not \(Int.min)."),
        (form, "erf", .float64, .invalidParameter, "form is \"none\" or \"tanh\", not \"erf\"."),
        (form, "1", .float64, .wrongType, "Expected a string, not a number."),
    ])
    func `a value that the parameter does not accept is rejected`(
        parameter: Parameter, text: String, dtype: DType, type: ProblemType, detail: String
    ) throws {
        let error = #expect(throws: ParameterError.self) { try parameter.value(Self.given(text), in: dtype) }
        #expect(error?.type == type)
        #expect(error?.detail == detail)
    }

    @Test func `parameters of one name may be of different kinds`() {
        let number = Parameter(name: "form", summary: "Another.", .number(default: 1))
        #expect(RequestFields([Self.form, Self.cap]).kind(of: .parameter("form")) == .string)
        #expect(RequestFields([Self.form, number]).kind(of: .parameter("form")) == .numberOrString)
        #expect(OpenAPIFields.schema(ofParameter: "form", in: [Self.form, number]) == .object([]))
        #expect(OpenAPIFields.schema(ofParameter: "count", in: [Self.count, number]) == ["type": "integer"])
    }
}
