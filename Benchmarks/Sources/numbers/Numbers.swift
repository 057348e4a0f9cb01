import CxxNumbers
import Foundation
import JSON

/// Prints what reading and writing a number costs, side by side with what else there is, in nanoseconds.
///
/// Each figure is the least of many short runs in turn with the others, so that a machine which others use as well
/// disturbs all alike.
@main
struct Numbers {
    /// More than a processor learns by heart: of 20,000 numbers it comes to foresee which way each branch goes.
    static let count = 200_000

    static func main() {
        print(
            "ns a number, and MB/s of this package: the least of \(Measurement.roundCount) runs over \(count) numbers\n"
        )
        print("| numbers | bytes | MB/s | read | simdjson | from_chars | Double(String) | JSONDecoder |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- |")
        let corpora = Corpus.all(count: count)
        for corpus in corpora { printRow(corpus.name, corpus.text.count, reading(corpus)) }
        print("\n| numbers | bytes | MB/s | write | to_chars | description | JSONEncoder |")
        print("| --- | --- | --- | --- | --- | --- | --- |")
        for corpus in corpora { printRow(corpus.name, corpus.text.count, writing(corpus)) }
    }

    /// - Parameter nanoseconds: A number's time, this package's first.
    private static func printRow(_ name: String, _ byteCount: Int, _ nanoseconds: [Double]) {
        let byteCountEach = Double(byteCount) / Double(count)
        let bytes = String(format: "%.1f | %.0f", byteCountEach, byteCountEach / nanoseconds[0] * 1e3)
        let cells = nanoseconds.map { $0.isNaN ? "-" : String(format: "%.1f", $0) }
        print("| \(name) | \(bytes) | \(cells.joined(separator: " | ")) |")
    }

    /// This package's reader, simdjson, std::from_chars, Double(String), JSONDecoder.
    private static func reading(_ corpus: Corpus) -> [Double] {
        let body = Array(#"{"input":["#.utf8) + corpus.text + Array("]}".utf8)
        let padded = body + [UInt8](repeating: 0x20, count: 64)
        let list = Data([0x5B] + corpus.text + [0x5D])
        let words = String(decoding: corpus.text, as: UTF8.self).split(separator: ",").map(String.init)
        var numbers = [Double](repeating: 0, count: count)
        var sums = Measurement(["read", "simdjson", "from_chars", "Double", "JSONDecoder"])
        sums.run("read") { read(body) == count }
        if cxx_has_simdjson() {
            sums.run("simdjson") {
                padded.withUnsafeBytes { text in
                    cxx_read_simdjson(text.bindMemory(to: CChar.self).baseAddress, body.count, &numbers, count)
                } == count
            }
        }
        sums.run("from_chars") {
            corpus.text.withUnsafeBytes { text in
                cxx_read_from_chars(text.bindMemory(to: CChar.self).baseAddress, text.count, &numbers, count)
            } == count
        }
        sums.run("Double") { words.reduce(0) { $0 + (Double($1) == nil ? 0 : 1) } == count }
        let decoder = JSONDecoder()
        sums.run("JSONDecoder") { (try? decoder.decode([Double].self, from: list))?.count == count }
        return sums.nanoseconds(perRunOf: count)
    }

    private static func read(_ body: [UInt8]) -> Int {
        var reader = JSONObjectReader(
            schema: JSONObjectSchema([.init("input", .tensor)]), byteCountHint: body.count)
        reader.feed(body.span)
        guard case .tensor(let tensor)? = try? reader.finish().members.first?.value else { return 0 }
        return tensor.elements.count
    }

    /// This package's writer, std::to_chars, description, JSONEncoder.
    private static func writing(_ corpus: Corpus) -> [Double] {
        let values = corpus.values
        let shape = TensorText(shape: [count])
        var text: [UInt8] = []
        text.reserveCapacity(count * 40)
        var characters = [CChar](repeating: 0, count: count * 40)
        var sums = Measurement(["write", "to_chars", "description", "JSONEncoder"])
        sums.run("write") {
            text.removeAll(keepingCapacity: true)
            var written = 0
            text.append(addingCapacity: count * 40) {
                written = shape.append(values.span, 0..<values.count, at: 0, to: &$0)
            }
            return written == count
        }
        sums.run("to_chars") { cxx_write_to_chars(values, count, &characters, characters.count) > count }
        sums.run("description") { values.reduce(0) { $0 + $1.description.utf8.count } > count }
        let encoder = JSONEncoder()
        sums.run("JSONEncoder") { ((try? encoder.encode(values))?.count ?? 0) > count }
        return sums.nanoseconds(perRunOf: count)
    }
}
