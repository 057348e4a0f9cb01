/// Writes the Prometheus text format, version 0.0.4.
struct Exposition {
    private(set) var bytes: [UInt8] = []

    /// Begins a metric with its help and type; its samples follow.
    mutating func begin(_ name: String, _ type: String, _ help: String) {
        append("# HELP \(name) ")
        append(Self.escaped(help, quote: false))
        append("\n# TYPE \(name) \(type)\n")
    }

    /// Adds a sample; labels with an empty value are left out, which Prometheus treats alike.
    mutating func sample(_ name: String, _ labels: [(String, String)] = [], _ value: Int) {
        append(name + Self.braced(Self.text(of: labels)) + " ")
        append(decimal: value)
    }

    /// Adds a sample; labels with an empty value are left out, which Prometheus treats alike.
    mutating func sample(_ name: String, _ labels: [(String, String)] = [], _ value: Double) {
        append(name + Self.braced(Self.text(of: labels)) + " " + Self.text(value) + "\n")
    }

    /// Adds the buckets, the sum and the count of a histogram.
    mutating func histogram(_ name: String, _ labels: [(String, String)], _ totals: Histogram.Totals, _ scale: Scale) {
        let labelText = Self.text(of: labels)
        // The prefix that all bucket lines share is built once.
        let prefix = Array("\(name)_bucket{\(labelText)\(labelText.isEmpty ? "" : ",")le=\"".utf8)
        var count = 0
        for (bound, bucket) in zip(scale.labels, totals.counts) {
            count += bucket
            bytes += prefix
            append(bound)
            append("\"} ")
            append(decimal: count)
        }
        append("\(name)_sum\(Self.braced(labelText)) \(Self.text(Double(totals.sum) / scale.divisor))\n")
        append("\(name)_count\(Self.braced(labelText)) ")
        append(decimal: count)
    }

    /// Returns labels as they are printed between braces.
    private static func text(of labels: [(String, String)]) -> String {
        labels.lazy.filter { !$0.1.isEmpty }.map { "\($0.0)=\"\(escaped($0.1, quote: true))\"" }.joined(separator: ",")
    }

    private static func braced(_ labelText: String) -> String { labelText.isEmpty ? "" : "{\(labelText)}" }

    /// Appends a sample's value and the end of its line.
    private mutating func append(decimal value: Int) { append("\(value)\n") }

    private mutating func append(_ text: String) { bytes += text.utf8 }

    static func text(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return abs(value) < 1e15 && value == value.rounded() ? String(Int(value)) : String(value)
    }

    /// Escapes backslashes and line feeds, and in a label's value quotes too.
    static func escaped(_ text: String, quote: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quote: result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
