import FoundationEssentials
import Logging

/// The format of a log line.
enum LogFormat: String, Sendable {
    /// `2026-01-31T12:00:00.000Z info listening url=http://127.0.0.1:8080`
    case text
    /// One JSON object a line.
    case json
}

/// A swift-log handler that writes one line per event, whatever its text contains: it cannot be made to forge a second
/// line.
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
        let fields = all.sorted { $0.key < $1.key }.map { Field($0.key, $0.value) }
        output.write(
            Self.line(
                format, time: Self.now(), level: event.level.rawValue, message: event.message.description,
                fields: fields))
    }

    /// Returns the line that replaces dropped ones.
    static func droppedLine(_ format: LogFormat, count: Int) -> String {
        line(
            format, time: now(), level: Logger.Level.warning.rawValue, message: "log lines were dropped here",
            fields: [Field("lines", .stringConvertible(count))])
    }

    private static func now() -> String {
        Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// A name and a value after the message.
    struct Field {
        let name: String
        let text: String
        /// Integers are numbers in JSON, so that readers of the log can compare them.
        let isInteger: Bool

        init(_ name: String, _ value: Logger.MetadataValue) {
            self.name = name
            text = value.description
            isInteger = if case .stringConvertible(let inner) = value { inner is Int } else { false }
        }
    }

    /// Returns the line for an event, with its line feed.
    static func line(
        _ format: LogFormat, time: String, level: String, message: String, fields: [Field]
    ) -> String {
        switch format {
        case .text:
            let tail = fields.map { field in
                let needsQuotes = field.text.contains { $0 == " " || $0 == "\"" }
                return " \(field.name)=" + (needsQuotes ? quoted(field.text) : escaped(field.text))
            }
            return "\(time) \(level) \(escaped(message))\(tail.joined())\n"
        case .json:
            let first = [("time", time), ("level", level), ("message", message)]
            let pairs =
                first.map { quoted($0) + ":" + quoted($1) }
                + fields.map { quoted($0.name) + ":" + ($0.isInteger ? $0.text : quoted($0.text)) }
            return "{" + pairs.joined(separator: ",") + "}\n"
        }
    }

    private static func quoted(_ text: String) -> String {
        "\"" + escaped(text, alsoQuotes: true) + "\""
    }

    /// Returns the text with control characters (C0, DEL, C1) and the Unicode line separators as JSON escapes.
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
