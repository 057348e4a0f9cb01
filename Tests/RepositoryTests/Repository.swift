import Foundation

/// The files of this repository, as the style checks see them.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Names that begin with a dot and belong to the project nevertheless.
    private static let visibleDotNames: Set = [
        ".ci", ".devcontainer", ".dockerignore", ".editorconfig", ".github", ".gitignore", ".swift-format",
    ]

    /// Every text file that is or could be committed, by path.
    static let files: [TextFile] = collect(root, prefix: "").sorted { $0.path < $1.path }

    static let swiftSources = files.filter { $0.path.hasPrefix("Sources/") && $0.path.hasSuffix(".swift") }

    static func file(_ path: String) -> TextFile? { files.first { $0.path == path } }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
    }

    /// Walks a folder.
    private static func collect(_ folder: URL, prefix: String) -> [TextFile] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.flatMap { name -> [TextFile] in
            guard !name.hasPrefix(".") || visibleDotNames.contains(name), name != "__pycache__" else { return [] }
            let url = folder.appendingPathComponent(name)
            let path = prefix + name
            if (try? url.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true {
                return collect(url, prefix: path + "/")
            }
            return TextFile(path: path, url: url).map { [$0] } ?? []
        }
    }
}

/// A file of UTF-8 text.
struct TextFile: Sendable, CustomStringConvertible {
    /// The path from the root of the repository.
    let path: String
    let text: String
    let isExecutable: Bool

    /// Reads a file, or returns nil if it is not text.
    init?(path: String, url: URL) {
        guard let data = try? Data(contentsOf: url), !data.contains(0), let text = String(data: data, encoding: .utf8)
        else { return nil }
        self.init(path: path, text: text, isExecutable: FileManager.default.isExecutableFile(atPath: url.path))
    }

    init(path: String, text: String, isExecutable: Bool = false) {
        self.path = path
        self.text = text
        self.isExecutable = isExecutable
    }

    var description: String { path }

    /// The lines numbered from 1, without their line feeds.
    var lines: [(number: Int, text: Substring)] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { ($0.offset + 1, $0.element) }
    }
}
