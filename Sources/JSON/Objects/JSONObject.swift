/// What a JSON text held: its members in order, and the first thing in it that is valid JSON but not what was asked
/// for.
public struct JSONObject: Sendable {
    /// The members read before ``firstError``, in the order of the text.
    public let members: [JSONMember]
    /// The first value, by byte, that the schema does not allow; nothing behind it was stored.
    public let firstError: JSONSemanticError?

    init(members: [JSONMember], firstError: JSONSemanticError?) {
        self.members = members
        self.firstError = firstError
    }
}

/// A member of an object.
public struct JSONMember: Sendable {
    /// Position of the member in ``JSONObjectSchema/members``.
    public let index: Int
    /// Where its value begins: bytes from the start of the text.
    public let offset: Int
    public let value: JSONValue

    init(index: Int, offset: Int, value: JSONValue) {
        self.index = index
        self.offset = offset
        self.value = value
    }
}

/// A member's value; which case it is follows from the kind that the schema gives the member.
public enum JSONValue: Sendable {
    case number(DecimalNumber)
    /// Past ``JSONLimits/heldStringByteCountMax`` bytes, only the beginning with an ellipsis.
    case string(String)
    case tensor(JSONTensor)
}
