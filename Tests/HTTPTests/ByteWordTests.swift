import Testing

@testable import HTTP

@Suite struct ByteWordTests {
    /// Words with each byte at each position, among other bytes of every kind.
    private static let words: [[UInt8]] = (UInt8.min...UInt8.max).flatMap { byte in
        (0..<8).flatMap { place in
            [Array("aZ-mAz09".utf8), [0x20, 0x7E, 0x7F, 0x80, 0xFF, 0x00, 0x1F, 0x40]].map { others in
                var bytes = others
                bytes[place] = byte
                return bytes
            }
        }
    }

    private static func word(_ bytes: [UInt8]) -> UInt64 { ByteWord.load(bytes.span, at: 0) }

    private static func places(_ bits: UInt64) -> [Int] { (0..<8).filter { bits >> (8 * $0 + 7) & 1 == 1 } }

    @Test("A word in lower case is its bytes in lower case")
    func lowercase() {
        for bytes in Self.words {
            let lower = bytes.map(\.lowercased)
            let word = ByteWord.lowercased(Self.word(bytes))
            #expect(word == Self.word(lower))
        }
    }

    @Test("Exactly the bytes are marked that are no letter and no dash")
    func names() {
        for bytes in Self.words {
            let others = bytes.indices.filter { index in
                !(65...90 ~= bytes[index] || 97...122 ~= bytes[index] || bytes[index] == 0x2D)
            }
            #expect(Self.places(ByteWord.othersThanLettersAndDashes(Self.word(bytes))) == others)
        }
    }

    @Test("Exactly the bytes are marked that an ordinary path has no need to escape")
    func paths() {
        for bytes in Self.words {
            let others = bytes.indices.filter { index in
                !(65...90 ~= bytes[index] || 97...122 ~= bytes[index] || 0x2D...0x39 ~= bytes[index]
                    || bytes[index] == 0x5F)
            }
            #expect(Self.places(ByteWord.othersThanPlainPath(Self.word(bytes))) == others)
        }
    }

    @Test("A literal is the word that its bytes are")
    func literals() {
        #expect(ByteWord.of("HTTP/1.1") == Self.word(Array("HTTP/1.1".utf8)))
        #expect(ByteWord.of("GET ") == Self.word(Array("GET \0\0\0\0".utf8)))
        #expect(ByteWord.of("") == 0)
    }

    @Test("The first byte that matches is found, and none where there is none")
    func matches() {
        for bytes in Self.words {
            let found = ByteWord.matches(Self.word(bytes), Byte.space)
            #expect(Self.places(found).first == bytes.firstIndex(of: Byte.space))
        }
    }

    @Test("No control character is overlooked, and none is seen where there is none")
    func controls() {
        for bytes in Self.words {
            let hasControls = bytes.contains { $0 < 0x20 || $0 == 0x7F }
            #expect((ByteWord.controls(Self.word(bytes)) != 0) == hasControls)
        }
    }

    @Test(
        "Texts of every length are compared to their last byte",
        arguments: [
            ("host", "host"), ("connection", "connection"), ("content-length", "content-length"),
            ("transfer-encoding", "transfer-encoding"), ("upgrade-", "upgrade-"),
        ] as [(String, StaticString)])
    func comparisons(text: String, literal: StaticString) {
        let bytes = Array(text.utf8)
        let upper = Array(text.uppercased().utf8)
        #expect(Self.equals(bytes, literal) && Self.equals(bytes, lowercase: literal))
        #expect(!Self.equals(upper, literal) && Self.equals(upper, lowercase: literal))
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 1
            #expect(!Self.equals(other, literal) && !Self.equals(other, lowercase: literal))
        }
        #expect(!Self.equals(Array(bytes.dropLast()), literal) && !Self.equals(bytes + [0x61], lowercase: literal))
    }

    private static func equals(_ bytes: [UInt8], _ literal: StaticString) -> Bool { bytes.span.equals(literal) }

    private static func equals(_ bytes: [UInt8], lowercase literal: StaticString) -> Bool {
        bytes.span.equals(lowercase: literal)
    }
}
