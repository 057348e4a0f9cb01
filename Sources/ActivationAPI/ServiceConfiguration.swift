import Activations

/// The operator's settings of the API.
public struct ServiceConfiguration: Sendable {
    /// The longest request body, in bytes.
    public var bodyByteCountMax: Int
    /// The most numbers in one answer.
    public var outputElementCountMax: Int
    /// If set, `/v1` and `/v2` answer only requests with one of these tokens.
    public var tokens: BearerTokens?
    /// If set, pages of these origins may use the service.
    public var cors: CORSPolicy?
    /// The name of the vector width of the computations, for the catalogue and the entity tags.
    public var vectorWidth: String
    /// The offered activations.
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
