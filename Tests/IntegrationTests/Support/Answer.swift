import Foundation
import Testing

/// An evaluation's answer, parsed independently of the project's own parser.
struct Answer {
    let activation: String
    let operation: String
    let dtype: String
    let shape: [Int]
    let parameters: [String: String]
    /// The output as it was sent, so that digits and nulls can be seen.
    let output: String
    let undefinedCount: Int?

    init(_ response: CurlResponse) throws {
        try #require(response.status == 200, "\(response.status): \(response.text)")
        #expect(response.field("Content-Type") == "application/json")
        let object = try jsonObject(response)
        activation = try #require(object["activation"] as? String)
        operation = try #require(object["operation"] as? String)
        dtype = try #require(object["dtype"] as? String)
        shape = try #require(object["shape"] as? [Int])
        parameters = try #require(object["parameters"] as? [String: Any]).mapValues { "\($0)" }
        undefinedCount = object["undefined_count"] as? Int
        let match = try #require(
            response.text.firstMatch(of: /"output":(.*?)(?:,"undefined_count":\d+)?}$/), "no output: \(response.text)")
        output = String(match.output.1)
    }
}

/// Returns a response's body as a JSON object.
func jsonObject(_ response: CurlResponse) throws -> [String: Any] {
    let object = try? JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any]
    return try #require(object, "no JSON object: \(response.text)")
}

/// Expects two JSON texts to be the same except for the last digit or two of their numbers.
///
/// - Parameter toleranceUlps: Distance allowed between two numbers, in units in the last place of `dtype`.
func expectClose(
    _ actual: String, _ expected: String, dtype: String, toleranceUlps: Double = 2,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/
    let actualFrame = actual.replacing(number, with: "#")
    #expect(actualFrame == expected.replacing(number, with: "#"), sourceLocation: sourceLocation)
    for (actualMatch, expectedMatch) in zip(actual.matches(of: number), expected.matches(of: number)) {
        guard let actualValue = Double(actualMatch.output), let expectedValue = Double(expectedMatch.output) else {
            Issue.record("no number: \(actualMatch.output)", sourceLocation: sourceLocation)
            continue
        }
        let ulp = dtype == "float32" ? Double(Float(expectedValue).ulp) : expectedValue.ulp
        #expect(
            abs(actualValue - expectedValue) <= toleranceUlps * ulp,
            "\(actualMatch.output) instead of \(expectedMatch.output)", sourceLocation: sourceLocation)
    }
}
