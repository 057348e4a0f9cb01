/// The description of the service (OpenAPI 3.1).
enum OpenAPIDocument {
    static func document(version: String) -> Document {
        ["openapi": "3.1.0"]
    }
}
