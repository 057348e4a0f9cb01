import HTTP

/// A document that is rendered once and answered from memory.
struct StoredDocument: Sendable {
    private let type: StaticString
    private let bytes: [UInt8]
    private let tag: EntityTag
    private let fields: ResponseFields
    /// The fields for clients with a token.
    private let privateFields: ResponseFields

    /// - Parameters:
    ///   - type: The media type, in lower case.
    ///   - fields: The additional fields.
    init(_ bytes: [UInt8], type: StaticString, fields additional: KeyValuePairs<String, String> = [:]) {
        self.type = type
        self.bytes = bytes
        var tag = EntityTag()
        tag.combine(bytes)
        tag.combine(type.description.utf8)
        self.tag = tag
        // The document changes with the served version, so a cache revalidates each time, which costs next to nothing.
        fields = Self.fields(type, tag, cacheControl: "no-cache", additional)
        privateFields = Self.fields(type, tag, cacheControl: "private, no-cache", additional)
    }

    private static func fields(
        _ type: StaticString, _ tag: EntityTag, cacheControl: String, _ additional: KeyValuePairs<String, String>
    ) -> ResponseFields {
        var fields = ResponseFields([
            "Content-Type": type.description,
            "Cache-Control": cacheControl,
            "ETag": tag.fieldValue,
            "X-Content-Type-Options": "nosniff",
        ])
        for (name, value) in additional { fields.append(name, value) }
        return fields
    }

    init(json document: Document, fields: KeyValuePairs<String, String> = [:]) {
        self.init(document.json, type: "application/json", fields: fields)
    }

    /// - Parameter isPrivate: Whether only clients with a token get it, so that shared caches must not keep it.
    func response(to head: borrowing RequestHead, isPrivate: Bool = false) throws(Problem) -> Response {
        let fields = isPrivate ? privateFields : fields
        try ContentNegotiation.checkAccept(head, type: type)
        if tag.matchesCondition(of: head) { return Response(.notModified, fields: fields, body: .none) }
        return Response(.ok, fields: fields, body: .bytes(bytes))
    }
}
