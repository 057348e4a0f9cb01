/// The file of bearer tokens, one per line; empty lines and those that begin with `#` are skipped.
struct TokenFile: Sendable {
    let path: String

    static let byteCountMax = 1_048_576
    static let tokenByteCountMax = 4_096

    struct Contents: Equatable, Sendable {
        var tokens: [String]
        /// Whether users other than its owner and group may read it, which is worth a warning.
        var isReadableByOthers: Bool
        /// The state of the file that was read.
        var state: FileState
    }

    /// - Throws: ``ConfigurationError`` if it cannot be read, or if any line could not be used as a token.
    func read() throws(ConfigurationError) -> Contents {
        let file: BoundedFile
        do {
            file = try BoundedFile.read(path, byteCountMax: Self.byteCountMax)
        } catch {
            var error = ConfigurationError("The token file '\(path)' cannot be read: \(error.reason).")
            error.isTransient = true
            throw error
        }
        do {
            let tokens = try Self.tokens(in: file.bytes)
            return Contents(tokens: tokens, isReadableByOthers: file.isReadableByOthers, state: file.state)
        } catch {
            throw ConfigurationError("The token file '\(path)' cannot be used: \(error.reason).")
        }
    }

    /// Describes the problem of a line, or of all of them, but never its content.
    struct FormatError: Error, Equatable {
        let reason: String
    }

    /// Returns the tokens in a file's bytes, without surrounding blanks and without a leading byte order mark.
    static func tokens(in bytes: [UInt8]) throws(FormatError) -> [String] {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: mark) ? bytes[3...] : bytes[...]
        var tokens: [String] = []
        var lineNumber = 0
        // A carriage return before the line feed counts as a trailing blank.
        for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            lineNumber += 1
            do {
                if let token = try token(trim(line)) { tokens.append(token) }
            } catch {
                throw FormatError(reason: "line \(lineNumber) \(error.reason)")
            }
        }
        guard !tokens.isEmpty else { throw FormatError(reason: "it holds no token") }
        return tokens
    }

    /// Returns the token in a line, or nil if the line is empty or a comment.
    private static func token(_ line: ArraySlice<UInt8>) throws(FormatError) -> String? {
        guard let text = String(validating: line, as: UTF8.self) else {
            throw FormatError(reason: "is not valid UTF-8")
        }
        guard !text.isEmpty, !text.hasPrefix("#") else { return nil }
        guard line.count <= tokenByteCountMax else {
            throw FormatError(reason: "is longer than \(tokenByteCountMax) bytes")
        }
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .spaceSeparator, .lineSeparator, .paragraphSeparator:
                throw FormatError(reason: "has a space inside")
            case .control where scalar == "\t": throw FormatError(reason: "has a space inside")
            // Clients never send these intentionally; a file in UTF-16 is full of them.
            case .control, .format: throw FormatError(reason: "has an invisible character inside")
            default: continue
            }
        }
        return text
    }

    private static func trim(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
        guard let first = line.firstIndex(where: { !isBlank($0) }), let last = line.lastIndex(where: { !isBlank($0) })
        else { return [] }
        return line[first...last]
    }
}
