import JSON
import Testing

@Suite struct JSONObjectReaderTests {
    @Test func `members come in the order of the text with their offsets`() throws {
        let object = try read(#"{"dtype":"float32", "input":[1], "alpha" : -0.5}"#)
        #expect(object.members.map(\.index) == [2, 0, 1])
        #expect(object.members.map(\.offset) == [9, 28, 43])
        #expect(object.firstError == nil)
    }

    @Test(arguments: [
        ("1", []), ("[]", [0]), ("[1,2,3]", [3]), ("[[1,2],[3,4],[5,6]]", [3, 2]), ("[[],[]]", [2, 0]),
        ("[[[],[]]]", [1, 2, 0]), ("[[[1]],[[2]]]", [2, 1, 1]), (" [ [ 1 , 2 ] ,\n[\t3 , 4 ] ]\r\n", [2, 2]),
        (#""NaN""#, []), (#"["Infinity","-Infinity"]"#, [2]),
        (String(repeating: "[", count: 32) + String(repeating: "]", count: 32), Array(repeating: 1, count: 31) + [0]),
    ])
    func `a tensor has the shape of its brackets`(text: String, shape: [Int]) throws {
        #expect(try tensor(text)?.shape == shape)
    }

    @Test(arguments: [
        (#"{"input":[[1,2,3],[4,5]]}"#, 18, "/input/1", "Row 1 has 2 elements, row 0 has 3."),
        (#"{"input":[[1],[1,2]]}"#, 14, "/input/1", "Row 1 has 2 elements, row 0 has 1."),
        (#"{"input":[[],1]}"#, 13, "/input/1", "This is a number at a level of arrays."),
        (#"{"input":[1,[2]]}"#, 12, "/input/1", "This is an array at a level of numbers."),
        (#"{"input":[[1],2]}"#, 14, "/input/1", "This is a number at a level of arrays."),
        (#"{"input":[[],[[]]]}"#, 14, "/input/1/0", "This is an array at a level of numbers."),
        (#"{"input":[[[]],[]]}"#, 15, "/input/1", "Row 1 has 0 elements, row 0 has 1."),
        (#"{"input":[[[1],[2]],[[3]]]}"#, 20, "/input/1", "Row 1 has 1 element, row 0 has 2."),
        (
            #"{"input":[[[1,2],[3,4]],[[5,6],[7]]]}"#, 31, "/input/1/1",
            "This array has 1 element, the first one of its level has 2."
        ),
        (#"{"input":[[1,2],[[3],[4]]]}"#, 17, "/input/1/0", "This is an array at a level of numbers."),
    ])
    func `an array that is not rectangular is named by its first row that differs`(
        text: String, offset: Int, pointer: String, detail: String
    ) throws {
        let error = try read(text).firstError
        #expect(error == JSONSemanticError(.raggedArray, detail: detail, offset: offset, pointer: pointer))
    }

    @Test(arguments: [
        (#"{"x":1,"input":[1]}"#, JSONSemanticError.Kind.unknownField(name: "x"), 5, "/x"),
        (#"{"a/~b":1}"#, .unknownField(name: "a/~b"), 8, "/a~1~0b"),
        ("{\"a/\u{35E}\":1}", .unknownField(name: "a/\u{35E}"), 8, "/a~1\u{35E}"),
        (#"{"":1}"#, .unknownField(name: ""), 4, "/"),
        (#"{"input":[1],"\u0069nput":[2]}"#, .duplicateField(name: "input"), 26, "/input"),
        (#"{"input":null}"#, .wrongType, 9, "/input"), (#"{"input":"1"}"#, .wrongType, 9, "/input"),
        (#"{"input":[[1,2],[3,null]]}"#, .wrongType, 19, "/input/1/1"),
        (#"{"input":[{}]}"#, .wrongType, 10, "/input/0"), (#"{"alpha":[1]}"#, .wrongType, 9, "/alpha"),
        (#"{"dtype":1}"#, .wrongType, 9, "/dtype"), (#"{"at_kink":true}"#, .wrongType, 11, "/at_kink"),
        (#"{"alpha":"NaN"}"#, .wrongType, 9, "/alpha"),
        ("[1]", .wrongType, 0, ""), (" null", .wrongType, 1, ""), (#""input""#, .wrongType, 0, ""),
        ("1", .wrongType, 0, ""),
        (#"{"input":[1,1e400]}"#, .numberOutOfRange, 12, "/input/1"),
        (#"{"alpha":-1e400}"#, .numberOutOfRange, 9, "/alpha"),
        (#"{"x":[[1],[1,2],1e400],"input":[null]}"#, .unknownField(name: "x"), 5, "/x"),
    ])
    func `the first value that the schema does not allow is named`(
        text: String, kind: JSONSemanticError.Kind, offset: Int, pointer: String
    ) throws {
        let error = try #require(try read(text).firstError)
        #expect(error.kind == kind)
        #expect(error.offset == offset)
        #expect(error.pointer == pointer)
    }

    @Test func `a tensor past rank 32 stops the reading`() throws {
        let error = try read(#"{"input":"# + String(repeating: "[", count: 33) + "this is not looked at").firstError
        #expect(error?.kind == .tooDeep)
        #expect(error?.offset == 41)
        #expect(error?.pointer == "/input" + String(repeating: "/0", count: 32))
    }

    @Test func `other values nested past 512 levels stop the reading`() throws {
        let deep = String(repeating: "[", count: 512)
        #expect(try read(#"{"x":"# + deep + "this is not looked at").firstError?.kind == .unknownField(name: "x"))
        #expect(throws: JSONSyntaxError.self) { try read(#"{"x":"# + deep.dropLast() + "this is looked at") }
    }

    @Test func `a very long name or string is held in part`() throws {
        let long = String(repeating: "é", count: 1000)
        let name = String(repeating: "é", count: 64) + "…"
        #expect(try read("{\"\(long)\":1}").firstError?.kind == .unknownField(name: name))
        guard case .string(let held)? = try read("{\"dtype\":\"a\(long)\"}").members.first?.value else {
            Issue.record("There is no string.")
            return
        }
        #expect(held == "a" + String(repeating: "é", count: 63) + "…")
    }

    @Test(arguments: [
        (#"{"input":[1e400,]}"#, 16), (#"{"input":["a"],"#, 15), (#"{"input":[[1],[1,2]"#, 19), ("[1]x", 3),
        ("", 0), (" ", 1), (#"{"input":[1]}x"#, 13), ("\u{FEFF}{}", 0), (#"{"input":[1 2]}"#, 12),
        (#"{"input":01}"#, 10),
        (#"{"input":-}"#, 10), (#"{"input":1.}"#, 11), (#"{"input":.5}"#, 9), (#"{"input":1e}"#, 11),
        (#"{"input":NaN}"#, 9), (#"{"x":nulL}"#, 8), (#"{"x":"\q"}"#, 7), (#"{"x":"\ud800"}"#, 12),
        (#"{"x":"\udc00"}"#, 11), (#"{"x":"\ud83d\u0041"}"#, 17), ("{\"x\":\"\u{1}\"}", 6), (#"{"x":1,}"#, 7),
        (#"{"x":[1,]}"#, 8),
        (#"{"x"=1}"#, 4), ("{x:1}", 1), (#"{"x":{"a" 1}}"#, 10), (#"{"x":[1}"#, 7), (#"{"input":[1]]"#, 12),
    ])
    func `what is not JSON is malformed at the first byte that cannot be`(text: String, offset: Int) {
        let error = #expect(throws: JSONSyntaxError.self) { try read(text) }
        #expect(error?.offset == offset)
    }

    @Test(arguments: [
        [0x80], [0xBF], [0xC0, 0xAE], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
        [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xE2, 0x82], [0xC3],
    ])
    func `a string that is not UTF-8 is malformed wherever it stands`(bytes: [UInt8]) {
        for (before, after) in [("{\"", "\":1}"), ("{\"dtype\":\"", "\"}"), ("{\"x\":[\"", "\"]}")] {
            #expect(throws: JSONSyntaxError.self) { try read(Array(before.utf8) + bytes + Array(after.utf8)) }
        }
    }

    @Test(arguments: [
        #"{"input":[[1.5,-2e3,0.1],["NaN",16777217,1e39]],"dtype":"fl\u006fat32","at_kink":-0.0}"#,
        #"{"input":[1,2,null],"alpha":1}"#, #"{"\ud83d\ude00é€😀":[{"a":[true,false,null,"\n"]}]}"#,
        #"{"input":[[1,2],[3]]}"#,
        #"{"alpha":123456789012345678901234567890e-10, "alpha":1}"#, #"{"input":[1.]}"#, #"{"x":"\ud83dx"}"#,
        " -0.0e-0 ",
    ])
    func `the outcome is the same at every split`(text: String) {
        let bytes = Array(text.utf8)
        let whole = outcome { () throws(JSONSyntaxError) in try read(bytes) }
        for position in 0...bytes.count {
            #expect(outcome { () throws(JSONSyntaxError) in try read(bytes, cutAt: position) } == whole)
        }
        #expect(outcome { () throws(JSONSyntaxError) in try read(bytes, pieceByteCount: 1) } == whole)
    }

    @Test func `a tensor can be read by itself`() throws {
        guard case .success(let tensor) = try JSONTensor.read(Array("[[1,2]]".utf8).span) else {
            Issue.record("There is no tensor.")
            return
        }
        #expect(tensor.shape == [1, 2])
        guard case .failure(let error) = try JSONTensor.read(Array("[[1],2]".utf8).span) else {
            Issue.record("There is no error.")
            return
        }
        #expect(error.kind == .raggedArray)
        #expect(error.pointer == "/1")
        #expect(error.offset == 5)
        #expect(throws: JSONSyntaxError.self) { try JSONTensor.read(Array("[1".utf8).span) }
    }
}
