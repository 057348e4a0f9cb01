import JSON

/// Returns the result of reading in the form of ``ReferenceReader``.
func summary(_ reading: () throws(JSONSyntaxError) -> JSONObject) -> String {
    do throws(JSONSyntaxError) {
        let object = try reading()
        var lines = object.members.map { "\(requestSchema.members[$0.index].name)@\($0.offset)=\(summary($0.value))" }
        if let error = object.firstError { lines.append("\(summary(error.kind))@\(error.offset) \(error.pointer)") }
        return lines.joined(separator: "; ")
    } catch {
        return "malformed@\(error.offset)"
    }
}

func summary(_ value: JSONValue) -> String {
    switch value {
    case .number(let number): number.value.description
    case .string(let string): "'\(string)'"
    case .tensor(let tensor): "\(tensor.shape) \(tensor.elements.map(\.description))"
    }
}

func summary(_ kind: JSONSemanticError.Kind) -> String {
    switch kind {
    case .unknownField: "unknownField"
    case .duplicateField: "duplicateField"
    case .wrongType: "wrongType"
    case .raggedArray: "raggedArray"
    case .tooDeep: "tooDeep"
    case .numberOutOfRange: "numberOutOfRange"
    }
}
