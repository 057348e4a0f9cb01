import Activations
import HTTP

/// The meaning of the numbers in a response's note: the labels of metrics and access lines.
public enum RequestLabels {
    /// The routes, by ``HTTP/ResponseNote/route``.
    public static let routes = [
        "*", "/", "/v1", "/v1/{activation}", "/v1/{activation}/{operation}", "/openapi.yaml", "/openapi.json",
        "/livez", "/readyz", "/problems/{slug}", "/metrics", "/v1/{activation}/plot.svg",
    ]

    /// Returns the methods that a route allows, by ``HTTP/ResponseNote/route``.
    public static func methods(ofRoute route: Int) -> [Method] {
        if route == Int(Route.evaluationLabel) { return [.get, .head, .post, .options] }
        return routes[route] == "*" ? [.options] : [.get, .head, .options]
    }

    /// The slugs of the problem types, by ``HTTP/ResponseNote/problem``.
    public static let problems = ProblemType.allCases.map(\.rawValue)

    /// The evaluation targets, by ``HTTP/ResponseNote/work``.
    public static let evaluations = Registry.standard.targets.map {
        (activation: $0.activation.name, operation: $0.operation.rawValue)
    }
}

extension Route {
    /// The position in ``RequestLabels/routes``.
    ///
    /// `/healthz` is an alias of `/livez` and counted as that.
    var label: UInt8 {
        switch self {
        case .wholeServer: 0
        case .index: 1
        case .catalogue: 2
        case .activation: 3
        case .evaluation: Self.evaluationLabel
        case .openAPI(.yaml): 5
        case .openAPI(.json): 6
        case .health(.live): 7
        case .health(.ready): 8
        case .problem: 9
        case .metrics: 10
        case .plot: 11
        }
    }

    static let evaluationLabel: UInt8 = 4
}

extension ProblemType {
    /// The position in ``RequestLabels/problems``.
    var label: UInt8? { Self.allCases.firstIndex(of: self).flatMap { UInt8(exactly: $0) } }
}

extension EvaluationRequest {
    /// The note of its answer.
    var note: ResponseNote {
        ResponseNote(route: Route.evaluationLabel, work: target.label, elementCount: outputElementCount)
    }
}
