import Activations

/// What the people who run the service can set about its API.
public struct ServiceConfiguration: Sendable {
    /// Longest request body, in bytes.
    public var bodyByteCountMax: Int
    /// Most numbers in one answer.
    public var outputElementCountMax: Int
    /// When given, `/v1` and `/v2` answer only requests with one of these tokens.
    public var tokens: BearerTokens?
    /// When given, pages of these origins may use the service.
    public var cors: CORSPolicy?
    /// Name of the vector width that computations use, for the catalogue and the entity tags.
    public var vectorWidth: String
    /// The activations that are offered.
    var registry = Registry.standard

    public init(
        bodyByteCountMax: Int = 67_108_864, outputElementCountMax: Int = 16_777_216,
        tokens: BearerTokens? = nil, cors: CORSPolicy? = nil, vectorWidth: String = VectorWidth.current.rawValue
    ) {
        precondition(
            bodyByteCountMax >= 0 && outputElementCountMax > 0, "A limit is negative, or no output is allowed.")
        self.bodyByteCountMax = bodyByteCountMax
        self.outputElementCountMax = outputElementCountMax
        self.tokens = tokens
        self.cors = cors
        self.vectorWidth = vectorWidth
    }
}
