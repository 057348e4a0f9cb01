/// Writes Prometheus' text format, version 0.0.4.
struct Exposition {
    private(set) var bytes: [UInt8] = []

    /// Begins a metric: its help and type; samples follow.
    mutating func begin(_ name: String, _ type: String, _ help: String) {
        append("# HELP \(name) ")
        append(Self.escaped(help, quote: false))
        append("\n# TYPE \(name) \(type)\n")
    }

    /// Adds a sample; labels without a value are left out, which means the same.
    mutating func sample(_ name: String, _ labels: [(String, String)] = [], _ value: Int) {
        sample(name, labels, text: String(value))
    }

    mutating func sample(_ name: String, _ labels: [(String, String)] = [], _ value: Double) {
        sample(name, labels, text: Self.text(value))
    }

    /// Adds the buckets, the sum and the count of a histogram.
    mutating func histogram(_ name: String, _ labels: [(String, String)], _ totals: Histogram.Totals, _ scale: Scale) {
        var count = 0
        for (bound, bucket) in zip(scale.labels, totals.counts) {
            count += bucket
            sample(name + "_bucket", labels + [("le", bound)], count)
        }
        sample(name + "_sum", labels, Double(totals.sum) / scale.divisor)
        sample(name + "_count", labels, count)
    }

    private mutating func sample(_ name: String, _ labels: [(String, String)], text: String) {
        append(name)
        let given = labels.filter { !$0.1.isEmpty }
        if !given.isEmpty {
            append("{" + given.map { "\($0.0)=\"\(Self.escaped($0.1, quote: true))\"" }.joined(separator: ",") + "}")
        }
        append(" \(text)\n")
    }

    private mutating func append(_ text: String) { bytes += text.utf8 }

    static func text(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return abs(value) < 1e15 && value == value.rounded() ? String(Int(value)) : String(value)
    }

    /// Backslash and line feed, in a label's value the quote too.
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
