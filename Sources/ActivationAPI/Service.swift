import Activations
import HTTP

/// The service, which implements every URL.
///
/// It has no socket and no clock, and every request is independent.
///
/// ``receive(_:)`` decides what follows from the head alone, ``EvaluationBody`` or ``EvaluationQuery`` and
/// ``EvaluationRequest`` read the rest, and ``EvaluationResponse`` answers.
public struct ActivationService: Handler {
    let configuration: ServiceConfiguration
    let readiness: Readiness
    let documents: ServiceDocuments
    private let metrics: @Sendable () -> [UInt8]
    private let evaluators: Evaluators
    private let commonFields: CommonFields

    /// - Parameter metrics: Returns the answer to `/metrics`.
    public init(
        _ configuration: ServiceConfiguration, readiness: Readiness = Readiness(),
        metrics: @escaping @Sendable () -> [UInt8] = { [] }
    ) {
        self.configuration = configuration
        self.readiness = readiness
        self.metrics = metrics
        documents = ServiceDocuments(configuration)
        evaluators = Evaluators(configuration)
        commonFields = CommonFields(configuration)
    }

    /// Renders the documents that are answered from memory and take a while, so that the first request for one does not
    /// wait.
    ///
    /// It may be called on any thread, even while requests are served.
    public func renderDocuments() { documents.render() }

    public func response(to error: ProtocolError) -> Response { response(to: error, id: nil) }

    public func response(to error: ProtocolError, id: RequestID?) -> Response {
        ResponseContext(id: id, fields: commonFields.negotiated).applied(to: Problem(error))
    }

    public func receive(_ head: borrowing RequestHead) -> Reception { receive(head, id: nil) }

    public func receive(_ head: borrowing RequestHead, id: RequestID?) -> Reception {
        var context = ResponseContext(
            id: id, fields: commonFields.negotiated, originFields: configuration.cors?.fields(for: head))
        do {
            let route = try route(of: head)
            context.route = route.label
            if !route.isNegotiated { context.fields = commonFields.fixed }
            if head.method == .options { return .respond(context.applied(to: options(of: route, head))) }
            let reception = try reception(of: head, at: route, context)
            switch reception {
            case .respond(let response): return .respond(context.applied(to: response))
            case .compute(let work): return .compute(work.map { [context] in context.applied(to: $0) })
            // A body's answer gets its context once the body has been read.
            case .consume: return reception
            }
        } catch {
            return .respond(context.applied(to: error))
        }
    }

    /// Returns the fast path for a few numbers, or nil to use the regular path.
    ///
    /// Every check of ``receive(_:id:)`` is made here too; a request that fails one is left to it.
    public func quickWay(for head: borrowing RequestHead) -> QuickWay? {
        guard head.method == .post, head.expectation != .unknown, head.query?.isEmpty != false,
            let index = evaluators.fastEvaluationIndex(at: head.path), ContentNegotiation.isPlain(head)
        else { return nil }
        if let tokens = configuration.tokens, !tokens.admit(head) { return nil }
        return QuickWay(number: index, otherFields: configuration.cors?.fields(for: head))
    }

    public func answer(_ body: Span<UInt8>, by way: Int, into output: inout ByteBuffer) -> ResponseNote? {
        guard body.count <= configuration.bodyByteCountMax else { return nil }
        let elementCountMax = configuration.outputElementCountMax
        return evaluators.fastEvaluations[way]?.answer(body, elementCountMax: elementCountMax, into: &output)
    }

    public var quickFields: ResponseFields {
        var fields = EvaluationResponse.fields
        fields.append(commonFields.negotiated)
        return fields
    }

    /// Makes the checks that come before a path's meaning, and returns that meaning.
    private func route(of head: borrowing RequestHead) throws(Problem) -> Route {
        guard head.path.firstIndex(of: UInt8(ascii: "%")) != nil else { return try route(of: head, at: head.path) }
        guard let path = PercentEncoding.decodePath(head.path) else {
            throw Problem(.malformedHTTP, "A % in the path is not followed by two hexadecimal digits.")
        }
        return try route(of: head, at: path.span)
    }

    private func route(of head: borrowing RequestHead, at path: Span<UInt8>) throws(Problem) -> Route {
        if let tokens = configuration.tokens, Route.needsToken(path), !tokens.admit(head),
            configuration.cors?.isPreflight(head) != true
        {
            throw .unauthorized
        }
        return try Route.match(path, in: configuration.registry)
    }

    private func options(of route: Route, _ head: borrowing RequestHead) -> Response {
        var fields = route.allowed.optionsFields
        if configuration.cors?.isPreflight(head) == true {
            fields.append(CORSPolicy.preflightFields(route.allowed))
        }
        return Response(.noContent, fields: fields, body: .none)
    }

    /// Decides what can be decided before the body, in the order of the contract: 405, 417, 415, 413, 406.
    private func reception(
        of head: borrowing RequestHead, at route: Route, _ context: ResponseContext
    ) throws(Problem) -> Reception {
        switch (head.method, route) {
        case (.get, _) where route != .wholeServer, (.head, _) where route != .wholeServer:
            try checkExpectation(head)
            return try read(route, head)
        case (.post, .evaluation(let target)):
            try checkExpectation(head)
            return try receiveEvaluation(of: target, head, context)
        default:
            throw .methodNotAllowed(route.allowed)
        }
    }

    private func checkExpectation(_ head: borrowing RequestHead) throws(Problem) {
        guard head.expectation == .unknown else { return }
        throw .expectationFailed
    }

    /// Receives a POST to an evaluate path.
    private func receiveEvaluation(
        of target: EvaluationTarget, _ head: borrowing RequestHead, _ context: ResponseContext
    ) throws(Problem) -> Reception {
        try ContentNegotiation.checkRequestContent(head)
        var byteCountHint: Int?
        if case .length(let byteCount) = head.framing {
            guard byteCount <= configuration.bodyByteCountMax else {
                throw Problem(ProtocolError.contentTooLarge(byteCountMax: configuration.bodyByteCountMax))
            }
            byteCountHint = byteCount
        }
        try ContentNegotiation.checkAccept(head, type: "application/json")
        if let query = head.query, !query.isEmpty {
            throw .queryOfPost
        }
        return .consume(
            EvaluationBody(for: evaluators[target], byteCountHint: byteCountHint, context: context))
    }

    /// Whether answers under `/v1` are for one client only.
    private var isPrivate: Bool { configuration.tokens != nil }

    /// Answers GET or HEAD.
    private func read(_ route: Route, _ head: borrowing RequestHead) throws(Problem) -> Reception {
        switch route {
        case .evaluation(let target): try readEvaluation(of: target, head)
        case .index: .respond(try documents.index(for: head).response(to: head))
        case .catalogue: .respond(try documents.catalogue.response(to: head, isPrivate: isPrivate))
        case .activation(let activation):
            .respond(
                try documents.registryDocuments.entries[activation.index].response(to: head, isPrivate: isPrivate))
        case .plot(let activation): try readPlot(of: activation, head)
        case .openAPI(.yaml): .respond(try documents.registryDocuments.openAPIYAML.response(to: head))
        case .openAPI(.json): .respond(try documents.registryDocuments.openAPIJSON.response(to: head))
        case .problem(let type): .respond(try ProblemPage.response(for: type, to: head))
        case .health(let check): .respond(try HealthCheck.response(to: check, isReady: readiness.isReady))
        case .metrics: .respond(Response(.ok, fields: Self.metricsFields, body: .bytes(metrics())))
        case .wholeServer: preconditionFailure("Only OPTIONS reaches the server as a whole.")
        }
    }

    /// Answers GET or HEAD of a picture, which is not drawn on the event loop.
    private func readPlot(of activation: RegisteredActivation, _ head: borrowing RequestHead) throws(Problem)
        -> Reception
    {
        try ContentNegotiation.checkAccept(head, type: "image/svg+xml")
        let request = try PlotRequest(head.query, of: activation)
        let tag = request.tag(configuration)
        let fields = PlotRequest.fields(tag: tag, isPrivate: isPrivate)
        if tag.matchesCondition(of: head) { return .respond(Response(.notModified, fields: fields, body: .none)) }
        return .compute(
            BoundedWork(heldByteCountMax: PlotRequest.heldByteCountMax) { _ in request.response(fields: fields) })
    }

    /// Answers GET or HEAD of an evaluate path.
    private func readEvaluation(
        of target: EvaluationTarget, _ head: borrowing RequestHead
    ) throws(Problem) -> Reception {
        try ContentNegotiation.checkAccept(head, type: "application/json")
        let body = try EvaluationQuery.body(of: head.query, target.activation.fields)
        var tag = EntityTag()
        tag.combine(target.path.utf8)
        tag.combine(long: body.span)
        tag.combine("application/json".utf8)
        tag.combine("identity".utf8)
        tag.combine(ServiceVersion.current.utf8)
        tag.combine(configuration.vectorWidth.utf8)
        let fields = EvaluationResponse.cacheableFields(tag: tag, isPrivate: isPrivate)
        let isNotModified = tag.matchesCondition(of: head)
        if !isNotModified, head.method == .get,
            let response = fastResponse(to: body.span, at: head.path, fields: fields)
        {
            return .respond(response)
        }
        let request = try EvaluationQuery.request(in: body, of: head.query, for: target)
        try request.checkOutputSize(elementCountMax: configuration.outputElementCountMax)
        if isNotModified { return .respond(Response(.notModified, fields: fields, body: .none)) }
        if head.method == .head { return .respond(Response(.ok, fields: fields, body: .withheld)) }
        let completion = EvaluationResponse.completion(of: request, fields: fields)
        switch completion.noting(request.note) {
        case .respond(let response): return .respond(response)
        case .compute(let work): return .compute(work)
        }
    }

    /// Returns the answer to the equivalent body of a query, if the path has a fast path for such bodies.
    private func fastResponse(to body: Span<UInt8>, at path: Span<UInt8>, fields: ResponseFields) -> Response? {
        guard let index = evaluators.fastEvaluationIndex(at: path) else { return nil }
        var output = ByteBuffer()
        let elementCountMax = configuration.outputElementCountMax
        guard
            let note = evaluators.fastEvaluations[index]?.answer(body, elementCountMax: elementCountMax, into: &output)
        else { return nil }
        var response = Response(.ok, fields: fields, body: .bytes(Array(copying: output.span)))
        response.note = note
        return response
    }

    private static let metricsFields = ResponseFields([
        "Content-Type": "text/plain; version=0.0.4; charset=utf-8",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    ])
}
