import Activations

/// The description of the service (OpenAPI 3.1), rendered from the registry, the fields and the problem types.
///
/// `openapi.yaml` at the top of the repository is its text; `Scripts/render-openapi` writes that file.
struct OpenAPIDocument: Sendable {
    let document: Document

    init(_ registry: Registry) {
        document = [
            "openapi": "3.1.0",
            "info": Self.info,
            "servers": [["url": "/", "description": "The server that this description comes from"]],
            "security": [[:], ["bearer": []]],
            "tags": [
                ["name": "evaluate", "description": "Compute a function, its derivative or its Jacobian"],
                ["name": "catalogue", "description": "Which functions there are"],
                ["name": "service", "description": "The service about itself"],
            ],
            "paths": .object(OpenAPIPaths(registry: registry).all),
            "components": [
                "securitySchemes": ["bearer": ["type": "http", "scheme": "bearer"]],
                "parameters": .object(OpenAPIParameters(registry: registry).all),
                "schemas": OpenAPISchemas(registry: registry).all,
                "responses": .object(OpenAPIResponses.all(registry)),
            ],
        ]
    }

    /// The file, with a comment for its readers.
    var yaml: [UInt8] {
        Array("# Rendered from the sources by Scripts/render-openapi: edit those, not this file.\n".utf8)
            + document.yaml
    }

    private static var info: Document {
        [
            "title": "Activation service",
            "version": .string(ServiceVersion.current),
            "summary": "Activation functions of neural networks, their derivatives and Jacobians",
            "description": """
            Each function is evaluated by a POST with a JSON body, or by a GET with a query. Results that are not \
            finite are the strings "NaN", "Infinity" and "-Infinity"; null means that the value is mathematically \
            undefined, as a derivative at a kink is.

            Every GET answers HEAD too, and every path OPTIONS; another method is answered 405 with an Allow field. \
            Errors are application/problem+json (RFC 9457); their type is a path that says how to mend the request.
            """,
            "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
        ]
    }
}

extension Document {
    /// Returns a reference to a component.
    static func reference(_ kind: String, _ name: String) -> Document {
        ["$ref": .string("#/components/\(kind)/\(name)")]
    }
}
