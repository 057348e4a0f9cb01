import Activations
import Testing

/// An evaluation by POST, with the mathematically correct answer (exact values from 500-bit arithmetic, rounded once).
struct EvaluationCase: Sendable, CustomStringConvertible {
    let path: String
    let body: String
    let shape: [Int]
    let output: String
    var parameters: [String: String] = [:]
    var undefinedCount: Int?
    var dtype = "float64"

    var description: String { "\(path) \(body)" }

    static let everyRoute = [
        EvaluationCase(
            path: "sigmoid/forward", body: #"{"input":[-1000,-745,0,2,1000]}"#, shape: [5],
            output: "[0,5e-324,0.5,0.8807970779778824,1]"),
        EvaluationCase(
            path: "sigmoid/derivative", body: #"{"input":[0,40,-2]}"#, shape: [3],
            output: "[0.25,4.248354255291589e-18,0.10499358540350652]"),
        EvaluationCase(
            path: "sigmoid/jacobian", body: #"{"input":[0,2]}"#, shape: [2, 2],
            output: "[[0.25,0],[0,0.10499358540350652]]", parameters: ["axis": "-1"]),
        EvaluationCase(
            path: "tanh/forward", body: #"{"input":[0.5,-1000,1e-300]}"#, shape: [3],
            output: "[0.46211715726000974,-1,1e-300]"),
        EvaluationCase(
            path: "tanh/derivative", body: #"{"input":[0,1,20]}"#, shape: [3],
            output: "[1,0.4199743416140261,1.6993417021166355e-17]"),
        EvaluationCase(
            path: "tanh/jacobian", body: #"{"input":[0,1]}"#, shape: [2, 2], output: "[[1,0],[0,0.4199743416140261]]",
            parameters: ["axis": "-1"]),
        EvaluationCase(path: "relu/forward", body: #"{"input":[-2,-0.0,3]}"#, shape: [3], output: "[0,0,3]"),
        EvaluationCase(
            path: "relu/derivative", body: #"{"input":[-2,0,3]}"#, shape: [3], output: "[0,null,1]",
            parameters: ["at_kink": "undefined"], undefinedCount: 1),
        EvaluationCase(
            path: "relu/jacobian", body: #"{"input":[-2,-0.0,3]}"#, shape: [3, 3],
            output: "[[0,0,0],[0,null,0],[0,0,1]]", parameters: ["axis": "-1", "at_kink": "undefined"],
            undefinedCount: 1),
        EvaluationCase(
            path: "leaky_relu/forward", body: #"{"input":[-2,0,3],"alpha":0.1}"#, shape: [3], output: "[-0.2,0,3]",
            parameters: ["alpha": "0.1"]),
        EvaluationCase(
            path: "leaky_relu/derivative", body: #"{"input":[-2,0,3],"alpha":0.1}"#, shape: [3],
            output: "[0.1,null,1]", parameters: ["alpha": "0.1", "at_kink": "undefined"], undefinedCount: 1),
        EvaluationCase(
            path: "leaky_relu/jacobian", body: #"{"input":[-2,0]}"#, shape: [2, 2], output: "[[0.01,0],[0,null]]",
            parameters: ["alpha": "0.01", "axis": "-1", "at_kink": "undefined"], undefinedCount: 1),
        EvaluationCase(
            path: "softmax/forward", body: #"{"input":[1,2,3]}"#, shape: [3],
            output: "[0.09003057317038046,0.24472847105479764,0.6652409557748219]", parameters: ["axis": "-1"]),
        EvaluationCase(
            path: "softmax/derivative", body: #"{"input":[1,2,3],"i":0,"j":1}"#, shape: [],
            output: "-0.022033044520174298", parameters: ["axis": "-1", "i": "0", "j": "1"]),
        EvaluationCase(
            path: "softmax/jacobian", body: #"{"input":[1,2,3]}"#, shape: [3, 3],
            output: """
                [[0.08192506906499322,-0.022033044520174298,-0.059892024544818935],\
                [-0.022033044520174298,0.1848364465099787,-0.16280340198980442],\
                [-0.059892024544818935,-0.16280340198980442,0.22269542653462335]]
                """, parameters: ["axis": "-1"]),
    ]

    static let shapesAndParameters = [
        EvaluationCase(path: "relu/forward", body: #"{"input":-3}"#, shape: [], output: "0"),
        EvaluationCase(path: "relu/forward", body: #"{"input":[]}"#, shape: [0], output: "[]"),
        EvaluationCase(path: "relu/forward", body: #"{"input":[[],[]]}"#, shape: [2, 0], output: "[[],[]]"),
        EvaluationCase(
            path: "relu/forward", body: #"{"input":[[[1,-2],[3,-4]]]}"#, shape: [1, 2, 2], output: "[[[1,0],[3,0]]]"),
        EvaluationCase(
            path: "sigmoid/forward", body: #"{"input":["NaN","Infinity","-Infinity"]}"#, shape: [3],
            output: #"["NaN",1,0]"#),
        EvaluationCase(
            path: "softmax/forward", body: #"{"input":[[0,1],[0,3]],"axis":0}"#, shape: [2, 2],
            output: "[[0.5,0.11920292202211756],[0.5,0.8807970779778824]]", parameters: ["axis": "0"]),
        EvaluationCase(
            path: "softmax/forward", body: #"{"input":[1000,1000]}"#, shape: [2], output: "[0.5,0.5]",
            parameters: ["axis": "-1"]),
        EvaluationCase(
            path: "softmax/forward", body: #"{"input":["-Infinity",7]}"#, shape: [2], output: "[0,1]",
            parameters: ["axis": "-1"]),
        EvaluationCase(
            path: "relu/jacobian", body: #"{"input":[[1,-1],[2,-2]]}"#, shape: [2, 2, 2],
            output: "[[[1,0],[0,0]],[[1,0],[0,0]]]", parameters: ["axis": "-1", "at_kink": "undefined"]),
        EvaluationCase(
            path: "softmax/derivative", body: #"{"input":[1,2,3],"i":-3}"#, shape: [3],
            output: "[0.08192506906499322,-0.022033044520174298,-0.059892024544818935]",
            parameters: ["axis": "-1", "i": "-3"]),
        EvaluationCase(
            path: "leaky_relu/derivative", body: #"{"input":[-2,0,3],"alpha":0.1,"at_kink":"left"}"#, shape: [3],
            output: "[0.1,0.1,1]", parameters: ["alpha": "0.1", "at_kink": "left"]),
        EvaluationCase(
            path: "leaky_relu/derivative", body: #"{"input":[-2,0,3],"alpha":0.1,"at_kink":"right"}"#, shape: [3],
            output: "[0.1,1,1]", parameters: ["alpha": "0.1", "at_kink": "right"]),
        EvaluationCase(
            path: "leaky_relu/derivative", body: #"{"input":[-2,0,3],"alpha":0.1,"at_kink":0.5}"#, shape: [3],
            output: "[0.1,0.5,1]", parameters: ["alpha": "0.1", "at_kink": "0.5"]),
        EvaluationCase(
            path: "leaky_relu/derivative", body: #"{"input":[-2,0,3],"alpha":1}"#, shape: [3], output: "[1,1,1]",
            parameters: ["alpha": "1", "at_kink": "undefined"]),
    ]

    static let singlePrecision = [
        EvaluationCase(
            path: "sigmoid/forward", body: #"{"input":[0.1,2],"dtype":"float32"}"#, shape: [2],
            output: "[0.5249792,0.8807971]", dtype: "float32"),
        EvaluationCase(
            path: "relu/forward", body: #"{"dtype":"float32","input":0.1}"#, shape: [], output: "0.1",
            dtype: "float32"),
        EvaluationCase(
            path: "softmax/jacobian", body: #"{"input":[1,2,3],"dtype":"float32"}"#, shape: [3, 3],
            output: """
                [[0.08192507,-0.022033045,-0.059892025],[-0.022033045,0.18483645,-0.1628034],\
                [-0.059892025,-0.1628034,0.22269543]]
                """, parameters: ["axis": "-1"], dtype: "float32"),
    ]
}

@Suite("Evaluation over HTTP", .server())
struct EvaluationTests {
    @Test(arguments: EvaluationCase.everyRoute + EvaluationCase.shapesAndParameters + EvaluationCase.singlePrecision)
    func `POST gives the answer that mathematics gives`(example: EvaluationCase) throws {
        let response = try CurlClient().send(.post(currentServer().url + "/v1/" + example.path, example.body))
        let answer = try Answer(response)
        #expect("\(answer.activation)/\(answer.operation)" == example.path)
        #expect(answer.dtype == example.dtype)
        #expect(answer.shape == example.shape)
        #expect(answer.parameters == example.parameters)
        #expect(answer.undefinedCount == example.undefinedCount)
        expectClose(answer.output, example.output, dtype: example.dtype)
    }

    @Test func `every operation of every activation is tried`() {
        let routes = ActivationRegistry.all.flatMap { type in type.operations.map { "\(type.name)/\($0.rawValue)" } }
        #expect(Set(EvaluationCase.everyRoute.map(\.path)) == Set(routes))
    }

    @Test(arguments: [
        ("tanh/forward?input=0.5", "0.46211715726000974"),
        ("relu/forward?input=-1,0,2", "[0,0,2]"),
        ("relu/forward?input=[[-1,0],[2,3]]", "[[0,0],[2,3]]"),
        ("relu/forward?input=%5B%5B-1,0%5D,%5B2,3%5D%5D", "[[0,0],[2,3]]"),
        ("sigmoid/forward?input=NaN,-Infinity,1e+0", #"["NaN",0,0.7310585786300049]"#),
        ("leaky_relu/derivative?input=0&alpha=0.2&at_kink=left", "0.2"),
        ("softmax/derivative?input=1,2,3&i=0&j=1", "-0.022033044520174298"),
        ("sigmoid/forward?input=0.1&dtype=float32", "0.5249792"),
    ])
    func `GET accepts the same in a query`(target: String, output: String) throws {
        let response = try CurlClient().send(.get(currentServer().url + "/v1/" + target))
        let answer = try Answer(response)
        expectClose(answer.output, output, dtype: answer.dtype)
    }

    @Test(arguments: [
        "application/json; charset=utf-8", "application/vnd.api+json", "application/x-www-form-urlencoded",
    ])
    func `a body is read as JSON under each of its media types`(type: String) throws {
        var request = CurlRequest.post(try currentServer().url + "/v1/relu/forward", #"{"input":[-1,1]}"#)
        request.fields = ["Content-Type: \(type)"]
        #expect(try Answer(CurlClient().send(request)).output == "[0,1]")
    }

    @Test func `a body without a media type is read as JSON`() throws {
        var request = CurlRequest.post(try currentServer().url + "/v1/relu/forward", #"{"input":[-1,1]}"#)
        request.fields = ["Content-Type:"]
        #expect(try Answer(CurlClient().send(request)).output == "[0,1]")
    }
}
