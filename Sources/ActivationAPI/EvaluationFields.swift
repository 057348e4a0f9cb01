import Activations
import JSON

/// The fields of a request as given: each one valid by itself, not yet held against the others.
struct EvaluationFields {
    private let target: EvaluationTarget
    private(set) var input: Given<JSONTensor>?
    private(set) var dtype: DType?
    private(set) var axis: Given<Int>?
    private(set) var row: Given<Int>?
    private(set) var column: Given<Int>?
    private var kink: Given<KinkAnswer>?
    private var parameters: [(name: String, number: Given<DecimalNumber>)] = []
    var problems = FirstProblem()

    /// A value of `at_kink`, not yet rounded to a dtype.
    private enum KinkAnswer {
        case policy(KinkPolicy)
        case number(DecimalNumber)
    }

    init(for target: EvaluationTarget) { self.target = target }

    /// Takes in a member, or notes what is wrong with it.
    mutating func take(_ member: JSONMember) {
        let field = EvaluationField.all[member.index]
        guard field.applies(to: target.activation, target.operation) else {
            problems.note(.doesNotApply(field, to: target, offset: member.offset))
            return
        }
        // Not over both at once: a tuple of them would copy the tensor.
        switch member.value {
        case .tensor(let tensor): input = Given(value: tensor, offset: member.offset)
        case .number(let number): take(number, field, member.offset)
        case .string(let name): take(name, field, member.offset)
        }
    }

    private mutating func take(_ number: DecimalNumber, _ field: EvaluationField, _ offset: Int) {
        switch field {
        case .axis: axis = integer(number, field, offset)
        case .row: row = integer(number, field, offset)
        case .column: column = integer(number, field, offset)
        case .atKink: kink = Given(value: .number(number), offset: offset)
        case .parameter(let name): parameters.append((name, Given(value: number, offset: offset)))
        case .input, .dtype: preconditionFailure("The reader gives each member a value of its kind.")
        }
    }

    private mutating func take(_ name: String, _ field: EvaluationField, _ offset: Int) {
        switch field {
        case .dtype: takeDType(name, offset)
        case .atKink: takeKinkPolicy(name, offset)
        case .input, .axis, .row, .column, .parameter:
            preconditionFailure("The reader gives each member a value of its kind.")
        }
    }

    private mutating func takeDType(_ name: String, _ offset: Int) {
        dtype = DType(rawValue: name)
        if dtype == nil {
            problems.note(.invalid(.dtype, "dtype is \"float64\" or \"float32\", not \(quoted(name)).", offset: offset))
        }
    }

    private mutating func takeKinkPolicy(_ name: String, _ offset: Int) {
        switch name {
        case "undefined": kink = Given(value: .policy(.undefined), offset: offset)
        case "left": kink = Given(value: .policy(.left), offset: offset)
        case "right": kink = Given(value: .policy(.right), offset: offset)
        default:
            let allowed = "at_kink is \"undefined\", \"left\", \"right\" or a number"
            problems.note(.invalid(.atKink, "\(allowed), not \(quoted(name)).", offset: offset))
        }
    }

    /// An integer, however written: `1.0` and `1e0` are 1.
    ///
    /// One that no `Int` holds becomes the nearest that does, which is no valid axis or index either.
    private mutating func integer(_ number: DecimalNumber, _ field: EvaluationField, _ offset: Int) -> Given<Int>? {
        guard number.isInteger else {
            problems.note(
                Problem(.wrongType, "\(field.name) is an integer.", pointer: "/" + field.name, offset: offset))
            return nil
        }
        return Given(value: number.exactInteger ?? (number.value < 0 ? .min : .max), offset: offset)
    }
}

// What the fields mean together.
extension EvaluationFields {
    /// The activation with its numbers, and these in the order of its parameters, rounded to the dtype.
    func function(in dtype: DType, _ problems: inout FirstProblem) -> (any Activation, parameters: [Double]) {
        if target.activation.parameters.isEmpty { return (target.activation.defaultFunction, []) }
        var values = ParameterValues()
        var ordered: [Double] = []
        for parameter in target.activation.parameters {
            var value = DecimalNumber(parameter.defaultValue).rounded(to: dtype)
            if let given = parameters.first(where: { $0.name == parameter.name })?.number {
                let rounded = given.value.rounded(to: dtype)
                if rounded.isFinite {
                    value = rounded
                } else {
                    problems.note(.float32Overflow(.parameter(parameter.name), offset: given.offset))
                }
            }
            values.set(parameter, to: value)
            ordered.append(value)
        }
        return (target.activation.type.init(values), ordered)
    }

    /// What to answer at the kinks of `function`; a number must be a subgradient at each of them.
    func kinkPolicy(
        for function: any Activation, in dtype: DType, _ problems: inout FirstProblem
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
            if let violated = function.kinks.first(where: { !$0.subgradients.contains(value) }) {
                problems.note(.notASubgradient(violated, offset: kink.offset))
            }
            return .value(value)
        }
    }

    /// The shape of the output, which exists only where the axis and the indices do.
    func outputShape(
        of target: EvaluationTarget, inputShape: [Int], _ problems: inout FirstProblem
    ) -> [Int] {
        // Nearly every request is of this kind, and needs nothing of what follows.
        if target.operation != .jacobian, !target.activation.isVectorFunction { return inputShape }
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
                case .rowOutOfRange(_, let count):
                    problems.note(.indexOutOfRange(.row, count: count, offset: row?.offset))
                    // The other index may be wrong too, and stand before this one.
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
    /// Rounded once to the dtype; infinite where float32 cannot hold it.
    func rounded(to dtype: DType) -> Double {
        switch dtype {
        case .float64: value
        case .float32: Double(float32)
        }
    }
}
