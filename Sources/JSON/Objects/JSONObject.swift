/// Holds the members of a JSON text in order, and the first value that the schema does not allow.
public struct JSONObject: Sendable {
    /// The members read before ``firstError``, in the order of the text.
    public let members: [JSONMember]
    /// The first value in the text that the schema does not allow; the reader stores nothing after it.
    public let firstError: JSONSemanticError?

    init(members: [JSONMember], firstError: JSONSemanticError?) {
        self.members = members
        self.firstError = firstError
    }
}

/// Holds a member of an object.
public struct JSONMember: Sendable {
    /// The position of the member in ``JSONObjectSchema/members``.
    public let index: Int
    /// The offset of the value, in bytes from the start of the text.
    public let offset: Int
    public let value: JSONValue

    init(index: Int, offset: Int, value: JSONValue) {
        self.index = index
        self.offset = offset
        self.value = value
    }
}

/// Holds the value of a member.
///
/// The kind that the schema gives the member determines the case.
public enum JSONValue: Sendable {
    case number(DecimalNumber)
    /// A string; if it is longer than ``JSONLimits/heldStringByteCountMax`` bytes, its prefix with an ellipsis.
    case string(String)
    case tensor(JSONTensor)
}
