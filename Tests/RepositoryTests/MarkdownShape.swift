/// What a check of links needs to know of a Markdown document: where it leads to, and where one can lead into it.
///
/// Knows the forms that this repository uses, `[text](target)` and `# heading`, outside of code.
enum MarkdownShape {
    struct Link: Equatable {
        let lineNumber: Int
        /// Empty where the link leads into its own document.
        let path: String
        /// What follows the `#`.
        let anchor: String?
    }

    /// Links into the repository; those with a scheme (`https:`) lead out of it.
    static func links(in document: TextFile) -> [Link] {
        prose(of: document).flatMap { line in
            line.text.replacing(/`[^`]*`/, with: "").matches(of: /\]\(([^)\s]+)[^)]*\)/).compactMap { match in
                let target = match.output.1
                guard target.firstMatch(of: /^[a-z][a-z0-9+.-]*:/) == nil else { return nil }
                let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
                return Link(
                    lineNumber: line.number, path: String(parts[0]), anchor: parts.count > 1 ? String(parts[1]) : nil)
            }
        }
    }

    /// The anchors of the headings, as GitHub makes them: lower case, blanks as hyphens, without punctuation; one that
    /// comes again gets a number.
    static func anchors(in document: TextFile) -> Set<String> {
        var anchors: Set<String> = []
        for line in prose(of: document) {
            guard let heading = line.text.wholeMatch(of: /#{1,6} +(.*?)/)?.output.1 else { continue }
            let text = heading.replacing(/\]\([^)]*\)/, with: "")
            let kept = text.lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
            let anchor = kept.replacing(" ", with: "-")
            var number = 0
            while !anchors.insert(number == 0 ? anchor : "\(anchor)-\(number)").inserted { number += 1 }
        }
        return anchors
    }

    /// The path that a link of `document` leads to, from the top of the repository; nil where it leads out of it.
    static func resolve(_ path: String, from document: TextFile) -> String? {
        if path.isEmpty { return document.path }
        var parts = document.path.split(separator: "/").dropLast().map(String.init)
        for part in path.split(separator: "/") where part != "." {
            if part != ".." { parts.append(String(part)) } else if parts.popLast() == nil { return nil }
        }
        return parts.joined(separator: "/")
    }

    /// The lines outside of fenced code.
    private static func prose(of document: TextFile) -> [(number: Int, text: Substring)] {
        var isCode = false
        return document.lines.filter { line in
            let isFence = line.text.drop { $0 == " " }.hasPrefix("```")
            if isFence { isCode.toggle() }
            return !isCode && !isFence
        }
    }
}
