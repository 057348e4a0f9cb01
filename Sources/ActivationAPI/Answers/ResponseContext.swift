import HTTP

/// The properties shared by every answer to one request: the request's name, its route for the note, and the fields of
/// all answers.
struct ResponseContext: Sendable {
    var id: RequestID?
    var route: UInt8?
    var fields = ResponseFields()
    /// The fields for the request's `Origin`.
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
    /// Records in the answer's note what was computed, unless the answer is a problem.
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
