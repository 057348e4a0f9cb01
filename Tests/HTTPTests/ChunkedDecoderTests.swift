import Testing

@testable import HTTP

@Suite struct ChunkedDecoderTests {
    /// The result of decoding a chunked body.
    enum Outcome: Equatable {
        /// The data, and the number of bytes after the body.
        case finished(String, rest: Int)
        case incomplete(String)
        case error(ProtocolError)
    }

    private static func decode(_ pieces: [ArraySlice<UInt8>], bodyByteCountMax: Int) -> Outcome {
        var decoder = ChunkedDecoder()
        var data: [UInt8] = []
        for (index, piece) in pieces.enumerated() {
            let bytes = Array(piece)
            var offset = 0
            do {
                reading: while true {
                    switch try decoder.next(bytes.span, from: &offset, bodyByteCountMax: bodyByteCountMax) {
                    case .data(let range): data += bytes[range]
                    case .needsMore: break reading
                    case .finished:
                        let rest = bytes.count - offset + pieces[(index + 1)...].reduce(0) { $0 + $1.count }
                        return .finished(String(decoding: data, as: UTF8.self), rest: rest)
                    }
                }
            } catch {
                return .error(error)
            }
        }
        return .incomplete(String(decoding: data, as: UTF8.self))
    }

    /// Returns the outcome if it is the same for all splits, or nil if it differs.
    private static func decodeAtEverySplit(_ text: String, bodyByteCountMax: Int = 1_000) -> Outcome? {
        let bytes = text.latin1
        let whole = decode([bytes[...]], bodyByteCountMax: bodyByteCountMax)
        let isSame = splits(of: bytes).allSatisfy { decode($0, bodyByteCountMax: bodyByteCountMax) == whole }
        return isSame ? whole : nil
    }

    @Test(
        "A valid body is decoded, and what follows it is left alone",
        arguments: [
            ("0\r\n\r\n", "", 0), ("3\r\nabc\r\n0\r\n\r\n", "abc", 0), ("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "abcde", 0),
            ("A\r\n0123456789\r\n0\r\n\r\n", "0123456789", 0), ("a\r\n0123456789\r\n0\r\n\r\n", "0123456789", 0),
            ("0003\r\nabc\r\n0000\r\n\r\n", "abc", 0),
            ("000000000000000000000000000000000003\r\nabc\r\n0\r\n\r\n", "abc", 0),
            ("3;a\r\nabc\r\n0;b\r\n\r\n", "abc", 0), ("3;a=b\r\nabc\r\n0\r\n\r\n", "abc", 0),
            ("3;a=\"b;c\\\"d\u{E9}\";e\r\nabc\r\n0\r\n\r\n", "abc", 0),
            ("3 ; a = b ;\tc\r\nabc\r\n0\r\n\r\n", "abc", 0),
            ("3;a=\"b\" ;c\r\nabc\r\n0\r\n\r\n", "abc", 0), ("3\r\n\r\n\n\r\n0\r\n\r\n", "\r\n\n", 0),
            ("3\r\nabc\r\n0\r\nX: y\r\nZ:\r\n\r\n", "abc", 0), ("0\r\nContent-Length: 5\r\n\r\n", "", 0),
            ("0\r\n\r\nGET /", "", 5), ("1\r\na\r\n0\r\n\r\n\r\n", "a", 2),
        ])
    func valid(text: String, data: String, rest: Int) {
        #expect(Self.decodeAtEverySplit(text) == .finished(data, rest: rest))
    }

    @Test(
        "A body that breaks the grammar is refused where it does",
        arguments: [
            ("\r\nabc", 0), ("g\r\nabc", 0), ("0x3\r\nabc", 1), ("-3\r\nabc", 0), ("+3\r\nabc", 0), (" 3\r\nabc", 0),
            ("3_0\r\nabc", 1), ("3z\r\nabc", 1), ("3 \r\nabc", 2), ("3\t\r\nabc", 2), ("3\nabc", 1), ("3\rX\r\nabc", 2),
            ("3\r\rabc", 2), ("3;\r\nabc", 2), ("3;a;\r\nabc", 4), ("3;a=\r\nabc", 4), ("3;=b\r\nabc", 2),
            ("3;a b\r\nabc", 4),
            ("3;a=b c\r\nabc", 6), ("3;a \r\nabc", 4), ("3;a=b \r\nabc", 6), ("3;a=\"b\r\n\"\r\nabc", 6),
            ("3;a=\"b\"c\r\nabc", 7),
            ("3;a\nabc", 3), ("3;a\rb\r\nabc", 4), ("3;a\u{0}\r\nabc", 3), ("3;a=\u{E9}\r\n", 4),
            ("3\r\nabc0\r\n\r\n", 6),
            ("3\r\nabcd\r\n", 6), ("3\r\nabc\n0\r\n\r\n", 6), ("3\r\nabc\n\r0\r\n\r\n", 6), ("3\r\nabc\r0\r\n", 7),
            ("0\r\nbroken\r\n\r\n", 9), ("0\r\n: b\r\n\r\n", 3), ("0\r\nX : b\r\n\r\n", 4), ("0\r\n X: b\r\n\r\n", 3),
            ("0\r\nX: b\u{0}\r\n\r\n", 7), ("0\r\nX: b\n\r\n", 7), ("0\r\nX: b\rc\r\n", 8), ("0\r\n\n", 3),
            ("0\r\n\rX", 4),
            ("INVALID", 0),
        ])
    func malformed(text: String, offset: Int) {
        guard case .error(.malformed(_, let found))? = Self.decodeAtEverySplit(text) else {
            Issue.record("It is not refused, or not at every split.")
            return
        }
        #expect(found == offset)
    }

    @Test(
        "A chunk that exceeds the limit is refused when its size is known",
        arguments: [
            "b\r\n", "5\r\nabcde\r\n6\r\n", "ffffffffffffffff\r\n", "10000000000000003\r\n", "7fffffffffffffff\r\n",
            "1\(String(repeating: "0", count: 300))\r\n",
        ])
    func tooLarge(text: String) {
        #expect(Self.decodeAtEverySplit(text, bodyByteCountMax: 10) == .error(.contentTooLarge(byteCountMax: 10)))
    }

    @Test("A body of exactly the limit is taken")
    func largest() {
        #expect(
            Self.decodeAtEverySplit("a\r\n0123456789\r\n0\r\n\r\n", bodyByteCountMax: 10)
                == .finished("0123456789", rest: 0))
    }

    @Test("An incomplete body is neither finished nor refused")
    func incomplete() {
        let bytes = "3;a=\"b\"\r\nabc\r\n0\r\nX: y\r\n\r\n".latin1
        for count in 0..<bytes.count {
            guard case .incomplete = Self.decode([bytes[..<count]], bodyByteCountMax: 100) else {
                Issue.record("\(count) bytes are not incomplete.")
                return
            }
        }
    }

    @Test("Size lines, extensions and trailers have limits of their own")
    func limits() {
        // There are thousands of splits; only these are tried: none, byte by byte, and in two near the end.
        func isRefused(_ text: String) -> Bool {
            let bytes = text.latin1
            let whole = Self.decode([bytes[...]], bodyByteCountMax: 100_000)
            #expect(Self.decode(bytes.indices.map { bytes[$0...$0] }, bodyByteCountMax: 100_000) == whole)
            for cut in bytes.indices.suffix(10) {
                #expect(Self.decode([bytes[..<cut], bytes[cut...]], bodyByteCountMax: 100_000) == whole)
            }
            if case .error = whole { return true }
            return false
        }
        let zeros = String(repeating: "0", count: 4_093)
        #expect(!isRefused(zeros + "1\r\na\r\n0\r\n\r\n"))
        #expect(isRefused(zeros + "01\r\n"))
        let chunk = "1;a=\(String(repeating: "b", count: 4_000))\r\na\r\n"
        #expect(!isRefused(String(repeating: chunk, count: 4)))
        #expect(isRefused(String(repeating: chunk, count: 5)))
        #expect(!isRefused("0\r\nA: \(String(repeating: "b", count: 8_185))\r\n\r\n"))
        #expect(isRefused("0\r\nA: \(String(repeating: "b", count: 8_192))\r\n\r\n"))
    }
}
