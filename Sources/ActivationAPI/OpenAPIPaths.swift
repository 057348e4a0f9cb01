import Activations

/// The paths of the description, in the order in which a newcomer wants to read them.
enum OpenAPIPaths {
    static var all: [Document.Member] { evaluations + catalogue + service }

    private static var evaluations: [Document.Member] {
        RegisteredActivation.all.indices.flatMap { index in
            Operation.allCases.map { operation in
                let target = EvaluationTarget(index: index, operation: operation)
                return .member(target.path, ["post": post(target), "get": get(target)])
            }
        }
    }

    private static func summary(_ target: EvaluationTarget) -> Document {
        switch target.operation {
        case .forward: .string(target.activation.type.documentation.title)
        case .derivative: .string("Derivative of \(target.activation.type.documentation.title)")
        case .jacobian: .string("Jacobian of \(target.activation.type.documentation.title)")
        }
    }

    private static func description(_ target: EvaluationTarget) -> Document {
        let documentation = target.activation.type.documentation
        return .string(target.operation == .forward ? documentation.formula : documentation.derivative)
    }

    private static func post(_ target: EvaluationTarget) -> Document {
        let examples = OpenAPIExample.all(of: target)
        return [
            "operationId": .string("\(target.activation.name)_\(target.operation.rawValue)"),
            "summary": summary(target),
            "description": description(target),
            "tags": ["evaluate"],
            "requestBody": [
                "required": true,
                "content": [
                    "application/json": [
                        "schema": OpenAPISchemas.request(target),
                        "examples": .object(examples.map { .member($0.name, ["value": .json($0.body)]) }),
                    ]
                ],
            ],
            "responses": .object(
                [
                    .member(
                        "200",
                        OpenAPIResponses.answer(
                            examples: .object(
                                examples.map { .member($0.name, ["value": .json($0.answer(of: target))]) })))
                ] + OpenAPIResponses.references([400, 401, 406, 408, 413, 415, 422, 503])),
        ]
    }

    private static func get(_ target: EvaluationTarget) -> Document {
        let fields = EvaluationField.applying(to: target.activation, target.operation)
        let example = OpenAPIExample.plain(target)
        return [
            "operationId": .string("get_\(target.activation.name)_\(target.operation.rawValue)"),
            "summary": summary(target),
            "description": description(target),
            "tags": ["evaluate"],
            "parameters": .array(fields.map { .reference("parameters", $0.name) }),
            "responses": .object(
                [
                    .member(
                        "200",
                        OpenAPIResponses.answer(
                            examples: .object([.member(example.name, ["value": .json(example.answer(of: target))])]))),
                    .member("304", ["description": "The client has the answer already"]),
                ] + OpenAPIResponses.references([400, 401, 406, 413, 414, 422, 503])),
        ]
    }

    private static var catalogue: [Document.Member] {
        let activation: Document = [
            "name": "activation", "in": "path", "required": true, "description": "Name of an activation",
            "schema": ["type": "string", "enum": .array(RegisteredActivation.all.map { .string($0.name) })],
            "example": .string(RegisteredActivation.all[0].name),
        ]
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
            .member("/v1/{activation}/plot.svg", picture(of: activation)),
        ]
    }

    private static func picture(of activation: Document) -> Document {
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
                            "200", content(of: "The picture", as: "image/svg+xml", ["type": "string"])),
                        .member("304", ["description": "The client has the picture already"]),
                    ] + OpenAPIResponses.references([400, 401, 404, 406, 422])),
            ]
        ]
    }

    private static var service: [Document.Member] {
        let health = content(
            of: "The process serves", ["type": "object"], example: .json("{\"status\":\"ok\"}"))
        let slug: Document = [
            "name": "slug", "in": "path", "required": true, "description": "Name of a problem type",
            "schema": ["type": "string", "enum": .array(ProblemType.allCases.map { .string($0.rawValue) })],
            "example": .string(ProblemType.raggedArray.rawValue),
        ]
        let index: Document = [
            "description": "Links, or for a browser a page to try the service",
            "content": [
                "application/json": ["schema": ["type": "object"]], "text/html": ["schema": ["type": "string"]],
            ],
        ]
        let page = OpenAPIExample.text(ProblemPage.document(.raggedArray))
        return [
            .member("/", simple("index", "Where to begin", index, [406])),
            .member(
                "/openapi.yaml",
                simple(
                    "openapi_yaml", "This description as YAML", content(of: "OpenAPI 3.1", as: "application/yaml"),
                    [406])),
            .member(
                "/openapi.json", simple("openapi_json", "This description as JSON", content(of: "OpenAPI 3.1"), [406])),
            .member("/healthz", simple("healthz", "Whether the process serves", health, [])),
            .member("/livez", simple("livez", "Whether the process serves", health, [])),
            .member("/readyz", simple("readyz", "Whether the process wants requests", health, [503])),
            .member(
                "/metrics",
                simple(
                    "metrics", "What has been counted, for Prometheus",
                    content(of: "Prometheus text format", as: "text/plain", ["type": "string"]), [])),
            .member(
                "/problems/{slug}",
                simple(
                    "problem", "What an error means, and how to mend the request",
                    content(of: "The problem type", ["type": "object"], example: page), [404, 406],
                    parameters: [slug])),
        ]
    }

    private static func simple(
        _ name: String, _ summary: String, _ success: Document, _ problems: [Int], parameters: Document? = nil
    ) -> Document {
        [
            "get": .members([
                "operationId": .string(name), "summary": .string(summary), "tags": ["service"], "security": [[:]],
                "parameters": parameters,
                "responses": .object([.member("200", success)] + OpenAPIResponses.references(problems)),
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
