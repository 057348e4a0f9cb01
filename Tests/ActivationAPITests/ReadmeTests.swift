import Activations
import Testing

@testable import ActivationAPI

struct ReadmeTests {
    private static let start = "<!-- activations: rendered by Scripts/render-openapi -->\n"
    private static let end = "<!-- /activations -->"

    @Test("The README's table of activations is that of the registry")
    func tableMatchesTheRegistry() throws {
        let file = RenderedFile(path: "README.md")
        let readme = try file.text()
        let start = try #require(readme.range(of: Self.start)?.upperBound)
        let end = try #require(readme.range(of: Self.end)?.lowerBound)
        let expected = readme[..<start] + Self.table + readme[end...]
        try file.writeIfRendering(String(expected))
        #expect(try file.text() == expected, "Scripts/render-openapi brings the table up to date.")
    }

    private static var table: String {
        let header = [
            "name", "formula", "derivative", "range (mathematical)", "parameters (default)", "no derivative at",
        ]
        let rows = Registry.standard.activations.map { activation in
            let documentation = activation.type.documentation
            let parameters = activation.parameters.map { "`\($0.name)` (\($0.defaultValue.text))" }
            let kinks = activation.kinks.map { $0.location == 0 ? "0" : "\($0.location)" }
            return [
                "`\(activation.name)`", "`\(documentation.formula)`", "`\(documentation.derivative)`",
                documentation.range, parameters.joined(separator: ", "), kinks.joined(separator: ", "),
            ]
        }
        let lines = [header, header.map { _ in "---" }] + rows
        return "\n" + lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined() + "\n"
    }
}
