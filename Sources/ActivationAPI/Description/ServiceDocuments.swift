import HTTP

/// The documents that a service answers from memory.
struct ServiceDocuments: Sendable {
    /// The answer to `/` for programs; a browser gets the page.
    private let index: StoredDocument
    /// `/v1`.
    let catalogue: StoredDocument

    private let registry: Registry

    /// The documents that are the same for all services with these activations.
    ///
    /// They are rendered on first use, or by ``render()``, since rendering takes longer than starting may.
    var registryDocuments: RegistryDocuments { registry.documents }

    /// Renders the documents that are not rendered yet.
    func render() { _ = (registry.documents, PlaygroundPage.document) }

    init(_ configuration: ServiceConfiguration) {
        registry = configuration.registry
        index = StoredDocument(json: Self.indexDocument)
        catalogue = StoredDocument(json: Catalogue.document(configuration))
    }

    /// Returns the answer to `/`: the page if the client prefers HTML to JSON, as browsers do.
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
