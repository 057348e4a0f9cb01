import Activations

/// The paths of the description, in the order in which a newcomer wants to read them.
enum OpenAPIPaths {
    static var all: [Document.Member] { evaluation + catalogue + service }

    private static let activation = Document.reference("parameters", "activation")

    /// Every operation of every activation: one path, so that the description does not grow with the registry.
    private static var evaluation: [Document.Member] {
        [.member("/v1/{activation}/{operation}", ["post": post, "get": get])]
    }

    private static var post: Document {
        [
            "operationId": "evaluate",
            "summary": "Evaluate an operation of an activation",
            "description": """
            Which fields an operation of an activation takes is in the fields' descriptions and in the catalogue; \
            another one is refused.
            """,
            "tags": ["evaluate"],
            "parameters": [activation, .reference("parameters", "operation")],
            "requestBody": [
                "required": true,
                "content": [
                    "application/json": [
                        "schema": .reference("schemas", "EvaluationRequest"),
                        "examples": .object(OpenAPIExample.all.map { $0.request() }),
                    ]
                ],
            ],
            "responses": .object(
                [.member("200", OpenAPIResponses.answer(examples: OpenAPIExample.all.map { $0.response() }))]
                    + OpenAPIResponses.references([400, 401, 404, 406, 408, 413, 415, 422, 503])),
        ]
    }

    private static var get: Document {
        [
            "operationId": "evaluate_by_query",
            "summary": "Evaluate an operation of an activation, by query",
            "description": "The same as a POST whose body has the items of the query. The answer can be cached.",
            "tags": ["evaluate"],
            "parameters": .array(
                [activation, .reference("parameters", "operation")]
                    + EvaluationField.all.map { .reference("parameters", $0.name) }),
            "responses": .object(
                [
                    .member("200", OpenAPIResponses.answer(examples: OpenAPIExample.plain.map { $0.responseToGet() })),
                    .member("304", ["description": "The client has the answer already"]),
                ] + OpenAPIResponses.references([400, 401, 404, 406, 413, 414, 422, 503])),
        ]
    }

    private static var catalogue: [Document.Member] {
        let entry = OpenAPIExample.text(Catalogue.detailedEntry(RegisteredActivation.all[0]))
        return [
            .member(
                "/v1",
                [
                    "get": [
                        "operationId": "catalogue", "summary": "Every activation", "tags": ["catalogue"],
                        "responses": .object(
                            [.member("200", content(of: "The catalogue", .reference("schemas", "Catalogue")))]
                                + OpenAPIResponses.references([401, 406])),
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
                                        example: entry))
                            ] + OpenAPIResponses.references([401, 404, 406])),
                    ]
                ]),
            .member("/v1/{activation}/plot.svg", plot),
        ]
    }

    private static var plot: Document {
        func query(_ name: String, _ description: String, _ schema: Document) -> Document {
            ["name": .string(name), "in": "query", "description": .string(description), "schema": schema]
        }
        let parameters = EvaluationField.all.filter { if case .parameter = $0 { true } else { false } }
        return [
            "get": [
                "operationId": "plot", "summary": "A picture of a function and its derivative", "tags": ["catalogue"],
                "parameters": .array(
                    [
                        activation,
                        query("from", "Where the axis begins", ["type": "number", "default": -6]),
                        query("to", "Where the axis ends", ["type": "number", "default": 6]),
                        query(
                            "theme", "Colours; auto follows the reader's system",
                            ["type": "string", "enum": .array(PlotTheme.allCases.map { .string($0.rawValue) })]),
                    ] + parameters.map { .reference("parameters", $0.name) }),
                "responses": .object(
                    [
                        .member(
                            "200", content(of: "The picture", as: "image/svg+xml", binary)),
                        .member("304", ["description": "The client has the picture already"]),
                    ] + OpenAPIResponses.withoutContent([400, 401, 404, 406, 422])),
            ]
        ]
    }

    private static var service: [Document.Member] {
        let health = content(
            of: "The process serves", .reference("schemas", "Health"), example: .json("{\"status\":\"ok\"}"))
        let index: Document = [
            "description": "Links, or for a browser a page to try the service",
            "content": [
                "application/json": ["schema": ["type": "object"]], "text/html": ["schema": ["type": "string"]],
            ],
        ]
        let page = OpenAPIExample.text(ProblemPage.document(.raggedArray))
        return [
            .member("/", simple("index", "Where to begin", index, OpenAPIResponses.references([406]))),
            .member(
                "/openapi.yaml",
                simple(
                    "openapi_yaml", "This description as YAML",
                    content(of: "OpenAPI 3.1", as: "application/yaml", binary),
                    OpenAPIResponses.withoutContent([406]))),
            .member(
                "/openapi.json",
                simple(
                    "openapi_json", "This description as JSON", content(of: "OpenAPI 3.1"),
                    OpenAPIResponses.references([406]))),
            .member("/healthz", simple("healthz", "Whether the process serves", health, [])),
            .member("/livez", simple("livez", "Whether the process serves", health, [])),
            .member(
                "/readyz",
                simple("readyz", "Whether the process wants requests", health, OpenAPIResponses.references([503]))),
            .member(
                "/metrics",
                simple(
                    "metrics", "What has been counted, for Prometheus",
                    content(of: "Prometheus text format", as: "text/plain", ["type": "string"]), [])),
            .member(
                "/problems/{slug}",
                simple(
                    "problem", "What an error means, and how to mend the request",
                    content(of: "The problem type", .reference("schemas", "ProblemType"), example: page),
                    OpenAPIResponses.references([404, 406]),
                    parameters: [.reference("parameters", "slug")])),
        ]
    }

    /// Bytes that a generated client hands on as they are; it would try to read a string as JSON.
    private static let binary: Document = ["type": "string", "format": "binary"]

    private static func simple(
        _ name: String, _ summary: String, _ success: Document, _ problems: [Document.Member],
        parameters: Document? = nil
    ) -> Document {
        [
            "get": .members([
                "operationId": .string(name), "summary": .string(summary), "tags": ["service"], "security": [[:]],
                "parameters": parameters,
                "responses": .object([.member("200", success)] + problems),
            ])
        ]
    }

    private static func content(
        of description: String, as type: String = "application/json", _ schema: Document = ["type": "object"],
        example: Document? = nil
    ) -> Document {
        [
            "description": .string(description),
            "content": .object([.member(type, .members(["schema": schema, "example": example]))]),
        ]
    }
}
