import HTTP

/// A document that is rendered once and answered from memory.
struct StoredDocument: Sendable {
    private let type: StaticString
    private let bytes: [UInt8]
    private let tag: EntityTag
    private let fields: ResponseFields

    /// - Parameters:
    ///   - type: Its media type, in lower case.
    ///   - fields: What it has beyond the usual.
    init(_ bytes: [UInt8], type: StaticString, fields additional: KeyValuePairs<String, String> = [:]) {
        self.type = type
        self.bytes = bytes
        var tag = EntityTag()
        tag.combine(bytes)
        self.tag = tag
        // It changes with the version that is served, so a cache asks each time, which costs next to nothing.
        var fields = ResponseFields([
            "Content-Type": type.description,
            "Cache-Control": "no-cache",
            "ETag": tag.fieldValue,
            "X-Content-Type-Options": "nosniff",
        ])
        for (name, value) in additional { fields.append(name, value) }
        self.fields = fields
    }

    init(json document: Document, fields: KeyValuePairs<String, String> = [:]) {
        self.init(document.json, type: "application/json", fields: fields)
    }

    func response(to head: borrowing RequestHead) throws(Problem) -> Response {
        try ContentNegotiation.checkAccept(head, type: type)
        if tag.isKnown(to: head) { return Response(.notModified, fields: fields, body: .none) }
        return Response(.ok, fields: fields, body: .bytes(bytes))
    }
}
