import HTTP

/// The documents that a service answers from memory.
struct ServiceDocuments: Sendable {
    /// `/`, for programs; a browser gets the page.
    private let index: StoredDocument
    /// `/v1`.
    let catalogue: StoredDocument

    private let registry: Registry

    /// What is the same for all services with these activations.
    ///
    /// Rendered when first asked for, or by ``render()``, since that takes longer than starting may.
    var ofRegistry: RegistryDocuments { registry.documents }

    /// Renders what is not rendered yet.
    func render() { _ = (registry.documents, PlaygroundPage.document) }

    init(_ configuration: ServiceConfiguration) {
        registry = configuration.registry
        index = StoredDocument(json: Self.indexDocument)
        catalogue = StoredDocument(json: Catalogue.document(configuration))
    }

    /// What `/` answers: the page to whoever wants HTML more than JSON, as browsers do.
    func index(for head: borrowing RequestHead) -> StoredDocument {
        let html = ContentNegotiation.quality(of: "text/html", for: head)
        return html > ContentNegotiation.quality(of: "application/json", for: head) ? PlaygroundPage.document : index
    }

    private static var indexDocument: Document {
        [
            "name": "activation-service",
            "version": .string(ServiceVersion.current),
            "summary": "Activation functions of neural networks, their derivatives and Jacobians.",
            "links": [
                "catalogue": "/v1",
                "openapi": "/openapi.json",
                "example": "/v1/sigmoid/forward?input=-1,0,2",
                "picture": "/v1/sigmoid/plot.svg",
            ],
        ]
    }
}
