/// The meaning of values: which ones the schema allows, and where they are stored.
extension JSONObjectReader {
    /// Classifies a value by its first byte.
    enum Form: String {
        case null
        case boolean
        case number
        case string
        case array
        case object

        var noun: String {
            switch self {
            case .null: "null"
            case .boolean, .number, .string: "a \(rawValue)"
            case .array, .object: "an \(rawValue)"
            }
        }
    }

    /// Whether the name that begins here is compared with the schema.
    var isNameHeld: Bool { depth == 1 && firstError == nil && !isBareValue }

    /// Looks up the name of a member that has been read.
    mutating func endName() {
        guard isNameHeld else { return role = .ignored }
        guard string.isWhole, let index = schema.index(of: string.held.span) else {
            return role = .unknownMember(name: string.text)
        }
        role = members.contains { $0.index == index } ? .duplicateMember(index) : .member(index)
    }

    /// Checks that a value of this form may begin at `valueOffset`, and opens it if it is part of a tensor.
    mutating func admit(_ form: Form) {
        switch role {
        case .ignored: return
        case .root:
            if form != .object { reject(.wrongType, "The body must be an object, not \(form.noun).", pointer: "") }
            role = .ignored
        case .unknownMember(let name):
            reject(.unknownField(name: name), "There is no field of this name.", pointer: JSONPointer.token(name))
        case .duplicateMember(let index):
            let name = schema.members[index].name
            reject(.duplicateField(name: name), "This field is given twice.", pointer: JSONPointer.token(name))
        case .member(let index):
            switch (schema.members[index].kind, form) {
            case (.tensor, .array): beginTensor(index)
            case (.tensor, .number), (.tensor, .string), (.number, .number), (.string, .string),
                (.numberOrString, .number), (.numberOrString, .string):
                break
            case (let kind, _): rejectType(form.noun, insteadOf: kind)
            }
        case .element:
            switch form {
            case .array: if let failure = tensor.open(at: valueOffset) { reject(failure) }
            case .number, .string: break
            case .null, .boolean, .object: rejectType(form.noun, insteadOf: .tensor)
            }
        }
    }

    /// Stores the number that has been read, if its value is needed.
    mutating func endNumber() {
        switch role {
        case .ignored, .root, .unknownMember, .duplicateMember: return
        case .member, .element: break
        }
        takeNumber(number.number)
    }

    /// Stores a number, or rejects it if it is nil, which means that it exceeds the largest float64.
    mutating func takeNumber(_ number: DecimalNumber?) {
        guard let number else {
            return reject(.numberOutOfRange, "The number is too large for float64.", pointer: valuePointer)
        }
        takeNumber(number)
    }

    /// Stores the string that has been read and is not a name.
    mutating func endString() {
        switch role {
        case .ignored, .root, .unknownMember, .duplicateMember: return
        case .member(let index) where schema.members[index].kind != .tensor: endMember(index, .string(string.text))
        case .member, .element:
            guard string.isWhole, let value = JSONNumber.nonFiniteValue(of: string.held) else {
                return rejectType("another string", insteadOf: .tensor)
            }
            takeNumber(DecimalNumber(value))
        }
    }

    /// Closes the tensor's innermost array, if the container that has been closed is part of a tensor.
    mutating func endContainer() {
        guard case .element(let index) = role else { return }
        if let failure = tensor.close() { return reject(failure) }
        if tensor.depth == 0 { endTensor(index) }
    }

    private mutating func takeNumber(_ value: DecimalNumber) {
        switch role {
        case .ignored, .root, .unknownMember, .duplicateMember: return
        case .member(let index):
            let isTensor = schema.members[index].kind == .tensor
            endMember(index, isTensor ? .tensor(JSONTensor(value, offset: valueOffset)) : .number(value))
        case .element: if let failure = tensor.append(value, at: valueOffset) { reject(failure) }
        }
    }

    private mutating func beginTensor(_ index: Int) {
        role = .element(index)
        tensor = TensorBuilder()
        tensorOffset = valueOffset
        _ = tensor.open(at: valueOffset)
    }

    private mutating func endTensor(_ index: Int) {
        valueOffset = tensorOffset
        let value = JSONValue.tensor(tensor.finish())
        tensor = TensorBuilder()
        endMember(index, value)
    }

    private mutating func endMember(_ index: Int, _ value: JSONValue) {
        members.append(JSONMember(index: index, offset: valueOffset, value: value))
        role = .ignored
    }

    /// The JSON Pointer to the value that is being read.
    private var valuePointer: String {
        switch role {
        case .ignored, .root: ""
        case .unknownMember(let name): JSONPointer.token(name)
        case .member(let index), .duplicateMember(let index): memberPointer(index)
        case .element(let index): memberPointer(index) + tensor.pointer(depth: tensor.depth)
        }
    }

    private func memberPointer(_ index: Int) -> String {
        isBareValue ? "" : JSONPointer.token(schema.members[index].name)
    }

    private mutating func rejectType(_ found: String, insteadOf kind: JSONObjectSchema.Kind) {
        // Some encoders write NaN as null, which means "undefined" in answers.
        let hint = kind == .tensor && found == Form.null.noun ? " NaN is written as a string: \"NaN\"." : ""
        reject(.wrongType, "Expected \(kind.noun), not \(found).\(hint)", pointer: valuePointer)
    }

    private mutating func reject(_ kind: JSONSemanticError.Kind, _ detail: String, pointer: String) {
        firstError = JSONSemanticError(kind, detail: detail, offset: valueOffset, pointer: pointer)
        role = .ignored
        tensor = TensorBuilder()
    }

    private mutating func reject(_ failure: TensorBuilder.Failure) {
        guard case .element(let index) = role else { return }
        valueOffset = failure.offset
        reject(failure.kind, failure.detail, pointer: memberPointer(index) + failure.pointer)
        if failure.kind == .tooDeep { state = .stopped }
    }
}

extension JSONObjectSchema.Kind {
    /// A noun phrase for values of this kind, to be used in a sentence.
    var noun: String {
        switch self {
        case .tensor: "a number, an array of numbers, \"NaN\", \"Infinity\" or \"-Infinity\""
        case .number: "a number"
        case .string: "a string"
        case .numberOrString: "a number or a string"
        }
    }
}

extension JSONTensor {
    /// Reads a text that consists of a tensor; offsets and pointers of errors are relative to it.
    ///
    /// - Returns: A tensor, or the reason why the value is valid JSON but not a tensor.
    public static func read(
        _ text: Span<UInt8>
    ) throws(JSONSyntaxError) -> Result<JSONTensor, JSONSemanticError> {
        var reader = JSONObjectReader(bareValue: JSONObjectSchema.Member("", .tensor))
        reader.feed(text)
        let object = try reader.finish()
        if let error = object.firstError { return .failure(error) }
        guard case .tensor(let tensor)? = object.members.first?.value else {
            preconditionFailure("A text without an error holds its value.")
        }
        return .success(tensor)
    }
}
