import Activations

/// The paths of the description, in the best order for a newcomer.
struct OpenAPIPaths {
    let registry: Registry

    var all: [Document.Member] { evaluation + catalogue + service }

    private let activation = Document.reference("parameters", "activation")

    /// Every operation of every activation as a single path, so that the description does not grow with the registry.
    private var evaluation: [Document.Member] {
        [.member("/v1/{activation}/{operation}", ["post": post, "get": get])]
    }

    private var post: Document {
        [
            "operationId": "evaluate",
            "summary": "Evaluate an operation of an activation",
            "description": """
            The field descriptions and the catalogue say which fields each operation takes; any other field is refused.
            """,
            "tags": ["evaluate"],
            "parameters": [activation, .reference("parameters", "operation")],
            "requestBody": [
                "required": true,
                "content": [
                    "application/json": [
                        "schema": .reference("schemas", "EvaluationRequest"),
                        "examples": .object(OpenAPIExample.all(registry).map { $0.request() }),
                    ]
                ],
            ],
            "responses": .object(
                [.member("200", OpenAPIResponses.answer(examples: OpenAPIExample.all(registry).map { $0.response() }))]
                    + OpenAPIResponses.references([401, 404, 406, 415, 422])),
        ]
    }

    private var get: Document {
        [
            "operationId": "evaluate_by_query",
            "summary": "Evaluate an operation of an activation, by query",
            "description": "The same as a POST whose body has the items of the query. The answer can be cached.",
            "tags": ["evaluate"],
            "parameters": .array(
                [activation, .reference("parameters", "operation")]
                    + registry.fields.all.map { .reference("parameters", $0.name) }),
            "responses": .object(
                [
                    .member(
                        "200",
                        OpenAPIResponses.answer(examples: OpenAPIExample.plain(registry).map { $0.responseToGet() })),
                    OpenAPIResponses.notModified,
                ] + OpenAPIResponses.references([401, 404, 406, 422])),
        ]
    }

    private var catalogue: [Document.Member] {
        let entry = OpenAPIExample.text(Catalogue.detailedEntry(registry.activations[0], in: registry))
        return [
            .member(
                "/v1",
                [
                    "get": [
                        "operationId": "catalogue", "summary": "Every activation", "tags": ["catalogue"],
                        "responses": .object(
                            [
                                .member("200", content(of: "The catalogue", .reference("schemas", "Catalogue"))),
                                OpenAPIResponses.notModified,
                            ] + OpenAPIResponses.references([401, 406])),
                    ]
                ]),
            .member(
                "/v1/{activation}",
                [
                    "get": [
                        "operationId": "catalogue_entry", "summary": "One activation", "tags": ["catalogue"],
                        "parameters": [activation],
                        "responses": .object(
                            [
                                .member(
                                    "200",
                                    content(
                                        of: "The entry of the catalogue", .reference("schemas", "CatalogueEntry"),
                                        example: entry)),
                                OpenAPIResponses.notModified,
                            ] + OpenAPIResponses.references([401, 404, 406])),
                    ]
                ]),
            .member("/v1/{activation}/plot.svg", plot),
        ]
    }

    private var plot: Document {
        func query(_ name: String, _ description: String, _ schema: Document) -> Document {
            ["name": .string(name), "in": "query", "description": .string(description), "schema": schema]
        }
        let parameters = registry.fields.all.filter { if case .parameter = $0 { true } else { false } }
        return [
            "get": [
                "operationId": "plot", "summary": "A picture of a function and its derivative", "tags": ["catalogue"],
                "parameters": .array(
                    [
                        activation,
                        query("from", "Where the axis begins", axisEnd(PlotRequest.rangeDefault.lower)),
                        query(
                            "to", "Where the axis ends: at least \(text(PlotRequest.lengthMin)) after its beginning",
                            axisEnd(PlotRequest.rangeDefault.upper)),
                        query(
                            "theme", "Colours; auto follows the reader's system",
                            [
                                "type": "string", "enum": .array(PlotTheme.allCases.map { .string($0.rawValue) }),
                                "default": .string(PlotTheme.auto.rawValue),
                            ]),
                    ] + parameters.map { .reference("parameters", $0.name) }),
                "responses": .object(
                    [
                        .member(
                            "200", content(of: "The picture", as: "image/svg+xml", binary)),
                        OpenAPIResponses.notModified,
                    ] + OpenAPIResponses.withoutContent([401, 404, 406, 422])),
            ]
        ]
    }

    /// Returns the schema of an end of a picture's axis.
    private func axisEnd(_ value: Double) -> Document {
        [
            "type": "number", "minimum": .number(-PlotRequest.magnitudeMax),
            "maximum": .number(PlotRequest.magnitudeMax), "default": .number(value),
        ]
    }

    private func text(_ number: Double) -> String {
        String(decoding: Document.number(number).json, as: UTF8.self)
    }

    private var service: [Document.Member] {
        func health(_ meaning: String) -> Document {
            content(of: meaning, .reference("schemas", "Health"), example: .json("{\"status\":\"ok\"}"))
        }
        let index: Document = [
            "description": "Links, or for a browser a page to try the service",
            "content": [
                "application/json": ["schema": ["type": "object"]], "text/html": ["schema": ["type": "string"]],
            ],
        ]
        let page: Document = [
            "description": "The problem type; as text if the Accept field prefers that",
            "content": [
                "application/json": [
                    "schema": .reference("schemas", "ProblemType"),
                    "example": OpenAPIExample.text(ProblemPage.document(.raggedArray)),
                ],
                "text/plain": ["schema": ["type": "string"]],
            ],
        ]
        return [
            .member("/", stored("index", "Where to begin", index, OpenAPIResponses.references([406]))),
            .member(
                "/openapi.yaml",
                stored(
                    "openapi_yaml", "This description as YAML",
                    content(of: "OpenAPI 3.1", as: "application/yaml", binary),
                    OpenAPIResponses.withoutContent([406]))),
            .member(
                "/openapi.json",
                stored(
                    "openapi_json", "This description as JSON", content(of: "OpenAPI 3.1"),
                    OpenAPIResponses.references([406]))),
            .member("/healthz", simple("healthz", "Whether the process serves", health("The process serves"))),
            .member("/livez", simple("livez", "Whether the process serves", health("The process serves"))),
            .member(
                "/readyz",
                simple("readyz", "Whether the process wants requests", health("The process wants requests"))),
            .member(
                "/metrics",
                simple(
                    "metrics", "What has been counted, for Prometheus",
                    content(of: "Prometheus text format", as: "text/plain", ["type": "string"]),
                    OpenAPIResponses.withoutContent())),
            .member(
                "/problems/{slug}",
                stored(
                    "problem", "What an error means, and how to mend the request", page,
                    OpenAPIResponses.references([404, 406]),
                    parameters: [.reference("parameters", "slug")])),
        ]
    }

    /// A schema that generated clients pass on as bytes; they would parse a string as JSON.
    private let binary: Document = ["type": "string", "format": "binary"]

    /// Returns a GET of a document that is answered from memory, with an `ETag`.
    private func stored(
        _ name: String, _ summary: String, _ success: Document, _ problems: [Document.Member],
        parameters: Document? = nil
    ) -> Document {
        simple(name, summary, success, [OpenAPIResponses.notModified] + problems, parameters: parameters)
    }

    private func simple(
        _ name: String, _ summary: String, _ success: Document,
        _ others: [Document.Member] = OpenAPIResponses.references(), parameters: Document? = nil
    ) -> Document {
        [
            "get": .members([
                "operationId": .string(name), "summary": .string(summary), "tags": ["service"], "security": [[:]],
                "parameters": parameters,
                "responses": .object([.member("200", success)] + others),
            ])
        ]
    }

    private func content(
        of description: String, as type: String = "application/json", _ schema: Document = ["type": "object"],
        example: Document? = nil
    ) -> Document {
        [
            "description": .string(description),
            "content": .object([.member(type, .members(["schema": schema, "example": example]))]),
        ]
    }
}
