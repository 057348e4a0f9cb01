import Activations
import JSON

// The problems of evaluate requests, worded in one place. Each points into the body; ``Problem/forQuery`` turns the
// pointer into the name of a query item.

extension Problem {
    /// Describes a reader's error: valid JSON that is not a request.
    init(_ error: JSONSemanticError, for target: EvaluationTarget) {
        switch error.kind {
        case .unknownField(let name):
            let known = target.applying.map(\.name)
            self.init(
                .unknownField,
                "There is no field \(quoted(name)) here, only \(known.joined(separator: ", "))."
                    + NearestName.hint(for: name, in: known),
                pointer: error.pointer, offset: error.offset)
        case .duplicateField:
            self.init(.duplicateField, error.detail, pointer: error.pointer, offset: error.offset)
        case .wrongType: self.init(.wrongType, error.detail, pointer: error.pointer, offset: error.offset)
        case .raggedArray: self.init(.raggedArray, error.detail, pointer: error.pointer, offset: error.offset)
        case .tooDeep: self.init(.tooDeep, error.detail, pointer: error.pointer, offset: error.offset)
        case .numberOutOfRange:
            self.init(.numberOutOfRange, error.detail, pointer: error.pointer, offset: error.offset)
        }
    }

    init(_ error: JSONSyntaxError) {
        self.init(.malformedJSON, error.message, offset: error.offset)
    }

    static func invalid(_ field: EvaluationField, _ detail: String, offset: Int) -> Problem {
        Problem(.invalidParameter, detail, pointer: "/" + field.name, offset: offset)
    }

    static func doesNotApply(_ field: EvaluationField, to target: EvaluationTarget, offset: Int) -> Problem {
        let fields = target.applying.map(\.name)
        return doesNotApply(
            field.name, toPath: target.path, accepting: fields, pointer: "/" + field.name, offset: offset)
    }

    /// Returns the problem of a field that only other paths accept.
    static func doesNotApply(
        _ name: String, toPath path: String, accepting fields: [String], pointer: String? = nil,
        parameter: String? = nil, offset: Int? = nil
    ) -> Problem {
        Problem(
            .parameterDoesNotApply, "\(name) does not apply to \(path); it accepts \(fields.joined(separator: ", ")).",
            pointer: pointer, parameter: parameter, offset: offset)
    }

    static func float32Overflow(_ field: EvaluationField, offset: Int) -> Problem {
        Problem(
            .numberOutOfRange, "Rounded to float32, \(field.name) would be infinite.", pointer: "/" + field.name,
            offset: offset)
    }

    static func float32Overflow(_ overflow: JSONTensor.Overflow, in tensor: JSONTensor) -> Problem {
        Problem(
            .numberOutOfRange, "Rounded to float32, the number would be infinite.",
            pointer: "/input" + tensor.pointer(toElementAt: overflow.position), offset: overflow.offset)
    }

    static func notASubgradient(_ kink: Kink, offset: Int) -> Problem {
        let bounds = kink.subgradients
        return .invalid(
            .atKink,
            "A number for at_kink lies between the one-sided derivatives, here from \(text(bounds.lowerBound)) "
                + "to \(text(bounds.upperBound)).",
            offset: offset)
    }

    /// Returns a number as answers print it.
    private static func text(_ number: Double) -> String {
        var bytes: [UInt8] = []
        JSONText.append(number, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    static func axisOutOfRange(inputShape: [Int], offset: Int?) -> Problem {
        let rank = inputShape.count
        let allowed =
            rank == 0
            ? "The input is a scalar, for which axis is -1 or 0."
            : "The input has rank \(rank), so axis is from \(-rank) to \(rank - 1)."
        return Problem(.axisOutOfRange, allowed, pointer: "/axis", offset: offset)
    }

    static func lengthNotAllowed(
        _ length: Int, allowed: String, of target: EvaluationTarget, offset: Int?
    ) -> Problem {
        Problem(
            .invalidParameter, "The vectors of \(target.activation.name) have \(allowed), not \(length).",
            pointer: "/input", offset: offset)
    }

    static func indexOutOfRange(_ field: EvaluationField, count: Int, offset: Int?) -> Problem {
        let allowed =
            count == 0
            ? "The vectors are empty and have no element."
            : "The vectors have length \(count), so \(field.name) is from \(-count) to \(count - 1)."
        return Problem(.indexOutOfRange, allowed, pointer: "/" + field.name, offset: offset)
    }

    /// Returns the problem of an output of more than `elementCountMax` numbers, with a remedy.
    static func resultTooLarge(_ target: EvaluationTarget, elementCount: Int, elementCountMax: Int) -> Problem {
        let cheaper =
            switch (target.operation, target.activation.isVectorFunction) {
            case (.jacobian, false):
                "The matrix is diagonal, and /v1/\(target.activation.name)/derivative gives the diagonal."
            case (.jacobian, true), (.derivative, true):
                "/v1/\(target.activation.name)/derivative gives one row with \"i\", one column with \"j\"."
            case (.forward, _), (.derivative, false):
                "Split the input over several requests."
            }
        return Problem(
            .resultTooLarge,
            "The output would have \(elementCount) numbers, and this server answers with at most "
                + "\(elementCountMax). \(cheaper)")
    }

    /// The same problem for a query, which has items instead of members, and no byte offsets that a caller could use.
    var forQuery: Problem {
        var problem = self
        problem.parameter = pointer.map { pointer in
            let name = pointer.dropFirst().prefix { $0 != "/" }
            return name.replacing("~1", with: "/").replacing("~0", with: "~").description
        }
        problem.pointer = nil
        problem.offset = nil
        let isOfInput = problem.parameter == EvaluationField.input.name
        if type == .missingField, isOfInput {
            problem.detail = "The query must have an input, such as input=0.5 or input=-1,0,2."
        } else if type == .wrongType, isOfInput {
            problem.detail =
                "input is a number, numbers separated by commas, or a JSON array. NaN, Infinity and "
                + "-Infinity count as numbers."
        }
        return problem
    }
}
