import HTTP

/// What every answer to one request has in common, whatever it says: the request's name, the route that is noted on it,
/// and the fields of all answers.
struct ResponseContext: Sendable {
    var id: RequestID?
    var route: UInt8?
    var fields = ResponseFields()
    /// For the origin that asked.
    var originFields: ResponseFields?

    func applied(to response: Response) -> Response {
        var response = response
        response.note.route = route
        response.fields.append(fields)
        if let originFields { response.fields.append(originFields) }
        return response
    }

    func applied(to problem: Problem) -> Response { applied(to: problem.response(requestID: id?.description)) }

    func applied(to completion: Completion) -> Completion {
        switch completion {
        case .respond(let response): .respond(applied(to: response))
        case .compute(let work): .compute(work.map(applied(to:)))
        }
    }
}

extension Completion {
    /// Notes on the answer, unless it tells of a problem, what has been computed.
    func noting(_ note: ResponseNote) -> Completion {
        switch self {
        case .respond(let response): .respond(response.noting(note))
        case .compute(let work): .compute(work.map { $0.noting(note) })
        }
    }
}

extension Response {
    fileprivate func noting(_ note: ResponseNote) -> Response {
        guard self.note.problem == nil else { return self }
        var response = self
        response.note = note
        return response
    }
}
