import JSON
import RepeatableRandom
import Testing

/// Returns what the fast path reads in a text, or nil if it leaves the text to the regular reader.
private func readPlainly(_ text: [UInt8], capacity: Int = 10_000) -> (form: PlainObject.Form, numbers: [Double])? {
    var form: PlainObject.Form?
    let numbers = [Double](capacity: capacity) { output in
        form = PlainObject.read(text.span, member: "input", into: &output)
    }
    return form.map { ($0, numbers) }
}

struct PlainObjectTests {
    @Test(
        "The usual form is read, with whitespace anywhere between its parts",
        arguments: [
            ("{\"input\":-1.00000000000000011102230246251565404236316680908203125}", []),
            ("{\"input\":[0.12345678901234567890,1.000000059604644775390625000000000000000000000000001]}", [2]),
            ("{\"input\":0}", []), ("{\"input\":-0}", []), ("{\"input\":[0]}", [1]),
            ("{\"input\":[1.5,-2e3,0.25]}", [3]),
            (" {\t\"input\" :\r\n[ 1 , 2 ] } \n", [2]), ("{\"input\":[1e-400,1.7976931348623157e308]}", [2]),
            ("{\"input\":[\(Array(repeating: "7", count: 500).joined(separator: ","))]}", [500]),
            ("{\"input\":[\(Array(repeating: "-0.1234567890123456", count: 3000).joined(separator: ","))] } ", [3000]),
            ("{\"input\":[ \(Array(repeating: "0.25", count: 700).joined(separator: ", "))]}", [700]),
        ])
    func usualForm(text: String, shape: [Int]) throws {
        let plain = try #require(readPlainly(Array(text.utf8)))
        #expect(plain.form == (shape.isEmpty ? .scalar : .vector))
        let object = try read(text)
        guard case .tensor(let tensor)? = object.members.first?.value else { throw Missing() }
        #expect(tensor.shape == shape)
        #expect(tensor.elements.map(\.bitPattern) == plain.numbers.map(\.bitPattern))
    }

    private struct Missing: Error {}

    @Test("A row of as many numbers as there is room for is read, a longer one is not", arguments: [5, 22, 30])
    func readsWhatThereIsRoomFor(byteCount: Int) {
        let number = "0." + String(repeating: "7", count: byteCount - 3)
        for count in [2047, 2048, 2049, 2080, 2100, 3000] {
            let text = Array("{\"input\":[\(Array(repeating: number, count: count).joined(separator: ","))]}".utf8)
            #expect((readPlainly(text, capacity: 2048) != nil) == (count <= 2048))
        }
    }

    @Test(
        "Everything else is left to the reader",
        arguments: [
            "", "{", "{}", "[]", "{\"input\":}", "{\"input\":[]}", "{\"input\":[1,]}", "{\"input\":[1 2]}",
            "{\"input\":[1]",
            "{\"input\":[1]}}", "{\"input\":[1]}\u{0}", "{\"input\":[1\u{0}]}", "{\"input\u{0}\":1}", "{\"inpu\":1}",
            "{\"inputs\":1}", "{\" input\":1}", "{\"input \":1}", "{\"input\":01}", "{\"input\":1.}", "{\"input\":+1}",
            "{\"input\":.5}", "{\"input\":1e}",
            "{\"input\":-}", "{\"input\":1e400}", "{\"input\":\"NaN\"}", "{\"input\":null}", "{\"input\":[[1]]}",
            "{\"input\":1,\"dtype\":\"float32\"}", "{\"input\":1,\"input\":1}", "{\"\\u0069nput\":1}",
            "\u{FEFF}{\"input\":1}",
            "{\"input\":1",
            "{\"input\":123", "{\"input\"", "{\"input\":1}x", "\u{B}{\"input\":1}",
        ])
    func otherForms(text: String) { #expect(readPlainly(Array(text.utf8)) == nil) }

    @Test("A long row is read as the reader reads it, whatever its numbers look like", arguments: 0..<20)
    func readsLongRows(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        // These overflow float32, have an exponent or many zeros, are short, or have a space before them.
        let others = ["1e39", "-2.5E-7", "0.00000000000012345", "7", " 8", "-0"]
        for count in [1, 20, 31, 32, 33, 200, 2000] {
            let numbers = (0..<count).map { _ in
                Int.random(in: 0..<50, using: &random) == 0
                    ? others.randomElement(using: &random) ?? "" : "\(Double.random(in: -9...9, using: &random))"
            }
            let text = Array("{\"input\":[\(numbers.joined(separator: ","))]}".utf8)
            let object = try read(String(decoding: text, as: UTF8.self))
            guard case .tensor(let tensor)? = object.members.first?.value else { throw Missing() }
            let plain = try #require(readPlainly(text))
            #expect(tensor.elements.map(\.bitPattern) == plain.numbers.map(\.bitPattern))
            #expect(readPlainly(text, capacity: count)?.numbers.count == count)
            #expect(readPlainly(text, capacity: count - 1) == nil)
        }
    }

    @Test(
        "A long text of another form is left to the reader",
        arguments: [
            ("", ",1]}"), ("", ",\"NaN\"]}"), ("", "]},"), ("", "],\"axis\":0}"), ("", "]"), ("", ""),
            ("", "}"),
            ("", ",]}"), ("", "[]}"), ("1.00000000000000000000001,", "]}"), ("\"NaN\",", "]}"), ("[1],", "]}"),
            ("01,", "]}"),
            ("1 ,", "]}"), ("1.000000059604644775390625,", "]}"), (String(repeating: " ", count: 80), "]}"),
            ("", "]}\u{0}"),
            ("", "\u{B}]}"),
        ])
    func longOtherForms(beginning: String, end: String) {
        let row = (0..<400).map { "\($0).5" }.joined(separator: ",")
        let text = "{\"input\":[" + beginning + row + end
        let isRow = end == ",1]}" || [" ", "1.0", "\"NaN\""].contains(where: beginning.hasPrefix)
        #expect((readPlainly(Array(text.utf8)) != nil) == isRow)
        #expect(readPlainly(Array((text + String(repeating: " ", count: 70_000)).utf8)) == nil)
    }

    @Test("What is made of random parts is read as the reader reads it, or not at all", arguments: 0..<8)
    func agreesWithTheReader(seed: UInt64) {
        let parts = [
            "{", "}", "\"input\"", "input", ":", "[", "]", ",", " ", "\n", "0", "1", "-", "-1.5", "2e3", "1e400", "0.1",
            "\"",
            "é", "\u{0}",
            "{\"input\":[", "]}", "{\"input\":", "1,2",
        ]
        var random = SplitMix64(seed: seed)
        for _ in 0..<3_000 {
            let count = Int.random(in: 1...9, using: &random)
            let text = (0..<count).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
            guard let plain = readPlainly(Array(text.utf8)) else { continue }
            guard let object = try? read(text), object.firstError == nil, object.members.count == 1,
                case .tensor(let tensor) = object.members[0].value
            else {
                Issue.record("only the quick way takes \(text)")
                continue
            }
            #expect(tensor.shape == (plain.form == .scalar ? [] : [plain.numbers.count]), "\(text)")
            #expect(tensor.elements.map(\.bitPattern) == plain.numbers.map(\.bitPattern), "\(text)")
        }
    }

    @Test("Numbers with commas between them are what each is by itself")
    func writesNumbers() {
        let numbers = [0, -0.0, 1, 1.5, -1e300, .leastNonzeroMagnitude, .nan, .infinity, -.infinity, 0.1]
        let text = [UInt8](capacity: numbers.count * (JSONText.numberByteCountMax + 1)) {
            JSONText.append(numbers.span, to: &$0)
        }
        let single = numbers.map { number in
            var bytes: [UInt8] = []
            JSONText.append(number, to: &bytes)
            return String(decoding: bytes, as: UTF8.self)
        }
        #expect(String(decoding: text, as: UTF8.self) == single.joined(separator: ","))
    }
}
