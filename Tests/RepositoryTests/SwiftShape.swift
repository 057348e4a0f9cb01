/// The structure of formatted Swift source that is visible without parsing it: swift-format has put every closing brace
/// at the indentation of the line that begins its declaration.
enum SwiftShape {
    struct Function {
        let name: String
        let lineNumber: Int
        /// The number of lines from its name to its closing brace.
        let lineCount: Int
    }

    struct TypeDeclaration {
        let name: String
        /// The number of its line.
        let number: Int
        let isNested: Bool
        let isPublic: Bool
        let isDocumented: Bool
    }

    /// Returns every function, initialiser, subscript and computed property with a body of more than a line.
    static func functions(in file: TextFile) -> [Function] {
        let lines = file.lines
        let declaration = /^( *)(?:[@a-z()_: ]+ )?(func|init|subscript|deinit|var)\b[?]? *([^ (<:{]*)/
        return lines.indices.compactMap { index -> Function? in
            let line = lines[index].text
            guard let match = line.prefixMatch(of: declaration), !isClosedOnItsLine(line) else { return nil }
            if match.output.2 == "var" && !line.hasSuffix("{") { return nil }
            guard let end = end(ofBodyAfter: lines[index...].dropFirst(), indentation: match.output.1.count) else {
                return nil
            }
            let name = match.output.3.isEmpty ? match.output.2 : match.output.3
            return Function(
                name: String(name), lineNumber: lines[index].number, lineCount: end - lines[index].number + 1)
        }
    }

    /// Returns the line of the closing brace, or nil for a protocol's requirement, which has no body.
    private static func end(ofBodyAfter lines: ArraySlice<(number: Int, text: Substring)>, indentation: Int) -> Int? {
        for line in lines where !line.text.isEmpty {
            let rest = line.text.drop { $0 == " " }
            let depth = line.text.count - rest.count
            if depth > indentation { continue }
            if depth == indentation, rest.hasPrefix("}") { return line.number }
            // The end of a signature of several lines, or a condition of compilation, may have this indentation.
            guard depth == indentation, [")", "{", "#", "where"].contains(where: rest.hasPrefix) else { return nil }
        }
        return nil
    }

    /// Returns every line that declares a type, and whether there is a doc comment above it.
    static func typeDeclarations(in file: TextFile) -> [TypeDeclaration] {
        let lines = file.lines
        let modifiers = /^ *(?:(?:public|package|private|fileprivate|final|indirect|nonisolated) )*/
        let declaration = /(?:struct|class|enum|protocol|actor) (\w+)/
        return lines.indices.compactMap { index in
            let text = lines[index].text
            guard let start = text.prefixMatch(of: modifiers)?.range.upperBound,
                let match = text[start...].prefixMatch(of: declaration), match.output.1 != "func"
            else { return nil }
            let above = lines[..<index].map { $0.text.drop { $0 == " " } }.last { !$0.hasPrefix("@") }
            return TypeDeclaration(
                name: String(match.output.1), number: lines[index].number, isNested: text.hasPrefix(" "),
                isPublic: text.contains("public "), isDocumented: above?.hasPrefix("///") ?? false)
        }
    }

    private static func isClosedOnItsLine(_ line: Substring) -> Bool {
        line.contains("{") && line.hasSuffix("}")
    }
}
