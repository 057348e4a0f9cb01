/// The documents that a service answers from memory.
struct ServiceDocuments: Sendable {
    /// `/`.
    let index: StoredDocument
    /// `/v1`.
    let catalogue: StoredDocument
    /// `/v1/{activation}`, in the registry's order.
    let entries: [StoredDocument]
    let openAPIYAML: StoredDocument
    let openAPIJSON: StoredDocument

    init(_ configuration: ServiceConfiguration) {
        index = StoredDocument(json: Self.index(configuration))
        catalogue = StoredDocument(json: Catalogue.document(configuration))
        entries = RegisteredActivation.all.map { StoredDocument(json: Catalogue.entry($0)) }
        let description = OpenAPIDocument.document(version: configuration.version)
        openAPIYAML = StoredDocument(description.yaml, type: "application/yaml")
        openAPIJSON = StoredDocument(json: description)
    }

    private static func index(_ configuration: ServiceConfiguration) -> Document {
        [
            "name": "activation-service",
            "version": .string(configuration.version),
            "summary": "Activation functions of neural networks, their derivatives and Jacobians.",
            "links": [
                "catalogue": "/v1",
                "openapi": "/openapi.json",
                "example": "/v1/sigmoid/forward?input=-1,0,2",
            ],
        ]
    }
}
