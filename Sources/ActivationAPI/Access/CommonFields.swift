import HTTP

/// The fields that all answers of a service have, built once.
struct CommonFields: Sendable {
    /// The fields of negotiated answers and of errors: `Vary` names the request fields that chose the answer (RFC 9110
    /// §12.5.5).
    ///
    /// Nothing is compressed yet, but a proxy that compresses chooses by the same field.
    let negotiated: ResponseFields
    /// The fields of answers that are the same for every client.
    let fixed: ResponseFields

    init(_ configuration: ServiceConfiguration) {
        let dependsOnOrigin = configuration.cors?.dependsOnOrigin == true
        var negotiated = ResponseFields([
            "Vary": dependsOnOrigin ? "Accept, Accept-Encoding, Origin" : "Accept, Accept-Encoding"
        ])
        var fixed = dependsOnOrigin ? ResponseFields(["Vary": "Origin"]) : ResponseFields()
        if let cors = configuration.cors {
            negotiated.append(cors.commonFields)
            fixed.append(cors.commonFields)
        }
        self.negotiated = negotiated
        self.fixed = fixed
    }
}
