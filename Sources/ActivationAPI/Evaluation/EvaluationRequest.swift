import Activations
import JSON

/// A valid evaluation request: every check has passed.
struct EvaluationRequest: Sendable {
    let target: EvaluationTarget
    let dtype: DType
    let activation: any Activation
    /// The values of the activation's parameters in their order, numbers rounded to the dtype.
    let parameterValues: [ParameterValue]
    let axis: Int
    let atKink: KinkPolicy
    let index: DerivativeIndex
    let input: JSONTensor
    let outputShape: [Int]

    var outputElementCount: Int { Tensor<Double>.elementCount(ofShape: outputShape) }

    /// - Throws: The first problem in the request, by byte position.
    init(_ object: JSONObject, for target: EvaluationTarget) throws(Problem) {
        var fields = EvaluationFields(for: target)
        for index in object.members.indices { fields.add(object.members[index]) }
        if let error = object.firstError { fields.problems.note(Problem(error, for: target)) }
        try self.init(fields, for: target)
    }

    private init(_ given: borrowing EvaluationFields, for target: EvaluationTarget) throws(Problem) {
        var problems = given.problems
        let dtype = given.dtype ?? .float64
        let (function, parameterValues) = given.function(in: dtype, &problems)
        let atKink = given.kinkPolicy(for: function, in: dtype, &problems)
        var outputShape: [Int] = []
        if let input = given.input {
            if dtype == .float32, let overflow = input.value.firstFloat32Overflow {
                problems.note(.float32Overflow(overflow, in: input.value))
            }
            outputShape = given.outputShape(inputShape: input.value.shape, &problems)
        }
        if let first = problems.first { throw first }
        guard let input = given.input else {
            throw Problem(.missingField, "The field \"input\" is required.", pointer: "/input")
        }
        self.target = target
        self.dtype = dtype
        self.activation = function
        self.parameterValues = parameterValues
        self.axis = given.axis?.value ?? -1
        self.atKink = atKink
        self.index = DerivativeIndex(i: given.row?.value, j: given.column?.value)
        self.input = input.value
        self.outputShape = outputShape
    }
}

/// The memory that answering needs.
extension EvaluationRequest {
    /// The most memory that the input's reading leftovers, the evaluation, and the text of an answer without a producer
    /// hold together, in bytes.
    var heldByteCountMax: Int {
        let text = TensorText(shape: outputShape)
        let textByteCount = EvaluationResponse.isWhole(text) ? text.byteCountMax(leafCount: text.leafCount) : 0
        return input.heldByteCount + evaluationByteCountMax(isInputShared: true) + textByteCount
            + AnswerPrefix.typicalByteCountMax
    }

    /// Returns the most memory that the evaluation holds, in bytes.
    ///
    /// - Parameter isInputShared: Whether the elements that were read are counted elsewhere; in float64 they are the
    ///   evaluation's input.
    func evaluationByteCountMax(isInputShared: Bool) -> Int {
        switch dtype {
        case .float64: evaluationByteCountMax(of: Double.self, inputCount: isInputShared ? 0 : input.elements.capacity)
        case .float32: evaluationByteCountMax(of: Float.self, inputCount: input.elements.count)
        }
    }

    private func evaluationByteCountMax<Element: TensorElement>(of: Element.Type, inputCount: Int) -> Int {
        let inputByteCount = inputCount * MemoryLayout<Element>.stride
        do {
            return try inputByteCount
                + Evaluation<Element>.heldByteCountMax(
                    target.operation, of: activation, inputShape: input.shape, axis: axis, index: index)
        } catch {
            // The axis has been checked, and an evaluation that fails holds nothing.
            return inputByteCount
        }
    }
}

extension EvaluationRequest {
    /// - Throws: `result-too-large`, before anything is computed.
    func checkOutputSize(elementCountMax: Int) throws(Problem) {
        let elementCount = outputElementCount
        guard elementCount > elementCountMax else { return }
        throw .resultTooLarge(target, elementCount: elementCount, elementCountMax: elementCountMax)
    }
}

/// Keeps the problem whose value comes first in the request.
struct EarliestProblem {
    private(set) var first: Problem?

    mutating func note(_ problem: Problem) {
        guard let offset = problem.offset, let known = first?.offset, known <= offset else {
            first = problem
            return
        }
    }
}

/// A field's value and its byte position in the request.
struct Located<Value> {
    let value: Value
    let offset: Int
}
