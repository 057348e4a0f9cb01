import Activations
import JSON

/// The fields of a request: each one is valid by itself, but not yet checked against the others.
struct EvaluationFields {
    private let target: EvaluationTarget
    private(set) var input: Located<JSONTensor>?
    private(set) var dtype: DType?
    private(set) var axis: Located<Int>?
    private(set) var row: Located<Int>?
    private(set) var column: Located<Int>?
    private var kink: Located<KinkAnswer>?
    private var parameters: [(name: String, value: Located<RawParameterValue>)] = []
    var problems = EarliestProblem()

    /// A value of `at_kink`, not yet rounded to a dtype.
    private enum KinkAnswer {
        case policy(KinkPolicy)
        case number(DecimalNumber)
    }

    init(for target: EvaluationTarget) { self.target = target }

    /// Stores a member, or notes the problem with it.
    mutating func add(_ member: JSONMember) {
        let field = target.activation.fields.all[member.index]
        guard target.accepts(field) else {
            problems.note(.doesNotApply(field, to: target, offset: member.offset))
            return
        }
        // Switching over both at once would copy the tensor into a tuple.
        switch member.value {
        case .tensor(let tensor): input = Located(value: tensor, offset: member.offset)
        case .number(let number): add(number, field, member.offset)
        case .string(let name): add(name, field, member.offset)
        }
    }

    private mutating func add(_ number: DecimalNumber, _ field: EvaluationField, _ offset: Int) {
        switch field {
        case .axis: axis = integer(number, field, offset)
        case .row: row = integer(number, field, offset)
        case .column: column = integer(number, field, offset)
        case .atKink: kink = Located(value: .number(number), offset: offset)
        case .parameter(let name): parameters.append((name, Located(value: .number(number), offset: offset)))
        case .input, .dtype: preconditionFailure("The reader returned a value of the wrong kind.")
        }
    }

    private mutating func add(_ word: String, _ field: EvaluationField, _ offset: Int) {
        switch field {
        case .dtype: setDType(word, offset)
        case .atKink: setKinkPolicy(word, offset)
        case .parameter(let name): parameters.append((name, Located(value: .word(word), offset: offset)))
        case .input, .axis, .row, .column:
            preconditionFailure("The reader returned a value of the wrong kind.")
        }
    }

    private mutating func setDType(_ name: String, _ offset: Int) {
        dtype = DType(rawValue: name)
        if dtype == nil {
            problems.note(.invalid(.dtype, "dtype is \"float64\" or \"float32\", not \(quoted(name)).", offset: offset))
        }
    }

    private mutating func setKinkPolicy(_ name: String, _ offset: Int) {
        switch name {
        case "undefined": kink = Located(value: .policy(.undefined), offset: offset)
        case "left": kink = Located(value: .policy(.left), offset: offset)
        case "right": kink = Located(value: .policy(.right), offset: offset)
        default:
            let allowed = "at_kink is \"undefined\", \"left\", \"right\" or a number"
            problems.note(.invalid(.atKink, "\(allowed), not \(quoted(name)).", offset: offset))
        }
    }

    /// Returns an integer in any notation: `1.0` and `1e0` are 1.
    ///
    /// An integer that overflows `Int` is clamped, which is not a valid axis or index either.
    private mutating func integer(_ number: DecimalNumber, _ field: EvaluationField, _ offset: Int) -> Located<Int>? {
        guard let integer = number.clampedInteger else {
            problems.note(
                Problem(.wrongType, "\(field.name) is an integer.", pointer: "/" + field.name, offset: offset))
            return nil
        }
        return Located(value: integer, offset: offset)
    }
}

// The meaning of the fields in combination.
extension EvaluationFields {
    /// Returns the activation with its parameters, and their values in the order of its list, numbers rounded to the
    /// dtype.
    func function(
        in dtype: DType, _ problems: inout EarliestProblem
    ) -> (any Activation, parameters: [ParameterValue]) {
        let activation = target.activation
        if activation.parameters.isEmpty { return (activation.defaultFunction, []) }
        var values = ParameterValues()
        var ordered: [ParameterValue] = []
        for parameter in activation.parameters {
            var value = parameter.defaultValue(in: dtype)
            if let given = given(parameter) {
                do { value = try parameter.value(given.value, in: dtype) } catch {
                    problems.note(
                        Problem(error.type, error.detail, pointer: "/" + parameter.name, offset: given.offset))
                }
            }
            values.set(parameter, to: value)
            ordered.append(value)
        }
        if let conflict = activation.type.conflict(among: values) {
            let offender = conflict.offender(given: parameters.map(\.name))
            let offset = parameters.first { $0.name == offender }?.value.offset
            problems.note(Problem(.invalidParameter, conflict.rule, pointer: "/" + offender, offset: offset))
            return (activation.defaultFunction, ordered)
        }
        return (activation.type.init(values), ordered)
    }

    private func given(_ parameter: Parameter) -> Located<RawParameterValue>? {
        parameters.first { $0.name == parameter.name }?.value
    }

    /// Returns the policy for the kinks of `function`; a number must be a subgradient at each of them.
    func kinkPolicy(
        for function: any Activation, in dtype: DType, _ problems: inout EarliestProblem
    ) -> KinkPolicy {
        guard let kink else { return .undefined }
        switch kink.value {
        case .policy(let policy): return policy
        case .number(let number):
            let value = number.rounded(to: dtype)
            guard value.isFinite else {
                problems.note(.float32Overflow(.atKink, offset: kink.offset))
                return .undefined
            }
            guard case .elementwise(let function) = function.form else { return .undefined }
            if let violated = function.kinks.first(where: { $0.excludes(value) }) {
                problems.note(.notASubgradient(violated, offset: kink.offset))
            }
            return .value(value)
        }
    }

    /// Returns the shape of the output, which requires a valid axis and valid indices.
    func outputShape(inputShape: [Int], _ problems: inout EarliestProblem) -> [Int] {
        // Nearly every request is of this kind, and needs none of the checks below.
        if !target.activation.isVectorFunction, !target.operation.appliesAlongAxis { return inputShape }
        var index = DerivativeIndex(i: row?.value, j: column?.value)
        while true {
            do {
                return try Evaluation<Double>.outputShape(
                    target.operation, of: target.activation.type, inputShape: inputShape, axis: axis?.value ?? -1,
                    index: index)
            } catch {
                switch error {
                case .axisOutOfRange:
                    problems.note(.axisOutOfRange(inputShape: inputShape, offset: axis?.offset))
                    return []
                case .lengthNotAllowed(let length, let allowed):
                    problems.note(.lengthNotAllowed(length, allowed: allowed, of: target, offset: input?.offset))
                    return []
                case .rowOutOfRange(_, let count):
                    problems.note(.indexOutOfRange(.row, count: count, offset: row?.offset))
                    // The other index may be invalid too, and may come before this one.
                    index.i = nil
                case .columnOutOfRange(_, let count):
                    problems.note(.indexOutOfRange(.column, count: count, offset: column?.offset))
                    return []
                case .notASubgradient, .cancelled:
                    preconditionFailure("A shape does not depend on subgradients, and takes no time.")
                }
            }
        }
    }
}

extension DecimalNumber {
    /// Returns the number rounded once to the dtype; infinite if it overflows float32.
    func rounded(to dtype: DType) -> Double {
        switch dtype {
        case .float64: value
        case .float32: Double(float32)
        }
    }
}
