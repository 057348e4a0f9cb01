import FoundationEssentials
import Logging

/// Form of a log line.
enum LogFormat: String, Sendable {
    /// `2026-01-31T12:00:00.000Z info listening url=http://127.0.0.1:8080`
    case text
    /// One JSON object a line.
    case json
}

/// A swift-log handler that makes one line of each event, whatever its text holds: nothing can forge a second line.
struct LineLogHandler: LogHandler {
    let format: LogFormat
    let output: LogOutput
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(format: LogFormat, level: Logger.Level, output: LogOutput) {
        self.format = format
        self.output = output
        logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        let time = Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        let fields = all.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
        output.write(
            Self.line(
                format, time: time, level: event.level.rawValue, message: event.message.description, fields: fields))
    }

    /// The line for an event, with its line feed.
    static func line(
        _ format: LogFormat, time: String, level: String, message: String, fields: [(String, String)]
    ) -> String {
        switch format {
        case .text:
            let tail = fields.map { name, value in
                " \(name)=" + (value.contains(where: { $0 == " " || $0 == "\"" }) ? quoted(value) : escaped(value))
            }
            return "\(time) \(level) \(escaped(message))\(tail.joined())\n"
        case .json:
            let pairs = [("time", time), ("level", level), ("message", message)] + fields
            return "{" + pairs.map { quoted($0) + ":" + quoted($1) }.joined(separator: ",") + "}\n"
        }
    }

    private static func quoted(_ text: String) -> String {
        "\"" + escaped(text, alsoQuotes: true) + "\""
    }

    /// Control characters (C0, DEL, C1) and the Unicode line separators as JSON escapes.
    private static func escaped(_ text: String, alsoQuotes: Bool = false) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            case 0x22 where alsoQuotes, 0x5C where alsoQuotes:
                result += "\\"
                result.unicodeScalars.append(scalar)
            default:
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
