/// What a check of links needs to know about a Markdown document: its links and its anchors.
///
/// It recognises the forms that this repository uses, `[text](target)` and `# heading`, outside of code.
enum MarkdownShape {
    struct Link: Equatable {
        let lineNumber: Int
        /// The path; empty if the link leads into its own document.
        let path: String
        /// The part after the `#`.
        let anchor: String?
    }

    /// Returns links into the repository; those with a scheme (`https:`) are external.
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

    /// Returns the anchors of the headings, as GitHub makes them: lower case, blanks as hyphens, without punctuation; a
    /// repeated one gets a number.
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

    /// Returns the path that a link of `document` leads to, from the root of the repository, or nil if it is outside.
    static func resolve(_ path: String, from document: TextFile) -> String? {
        if path.isEmpty { return document.path }
        var parts = document.path.split(separator: "/").dropLast().map(String.init)
        for part in path.split(separator: "/") where part != "." {
            if part != ".." { parts.append(String(part)) } else if parts.popLast() == nil { return nil }
        }
        return parts.joined(separator: "/")
    }

    /// Returns the lines outside of fenced code.
    private static func prose(of document: TextFile) -> [(number: Int, text: Substring)] {
        var isCode = false
        return document.lines.filter { line in
            let isFence = line.text.drop { $0 == " " }.hasPrefix("```")
            if isFence { isCode.toggle() }
            return !isCode && !isFence
        }
    }
}
