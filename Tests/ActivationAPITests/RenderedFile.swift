import Foundation

/// A file of the repository that is rendered from the sources.
///
/// With `ACTIVATION_RENDER` in the environment a test writes the file before it compares: that is what
/// Scripts/render-openapi does.
struct RenderedFile {
    private let url: URL

    /// - Parameter path: The path from the root of the repository.
    init(path: String) {
        url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: path)
    }

    func text() throws -> String { try String(contentsOf: url, encoding: .utf8) }

    func writeIfRendering(_ text: String) throws {
        guard ProcessInfo.processInfo.environment["ACTIVATION_RENDER"] != nil else { return }
        try Data(text.utf8).write(to: url)
    }
}
