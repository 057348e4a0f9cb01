import Testing

@testable import HTTP

@Suite struct ByteSetTests {
    private static let alphanumerics = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    private static let subDelimiters = "!$&'()*+,;="

    @Test(
        "Each set holds the characters of its grammar and no others",
        arguments: [
            ("token", ByteSet.token, alphanumerics + "!#$%&'*+-.^_`|~"),
            ("path", ByteSet.path, alphanumerics + "-._~" + subDelimiters + ":@/"),
            ("registered name", ByteSet.registeredName, alphanumerics + "-._~" + subDelimiters),
        ])
    func members(name: String, set: ByteSet, characters: String) {
        for byte in UInt8.min...UInt8.max {
            #expect(set.contains(byte) == characters.utf8.contains(byte), "byte \(byte) of \(name)")
        }
    }

    @Test("A field value takes tab, space, visible ASCII and bytes above it")
    func fieldValueBytes() {
        for byte in UInt8.min...UInt8.max {
            #expect(byte.isFieldValueByte == (byte == 9 || (byte >= 32 && byte != 127)))
        }
    }

    @Test("Hexadecimal digits are these 22 and nothing else")
    func hexadecimalDigits() {
        for byte in UInt8.min...UInt8.max {
            let character = Character(UnicodeScalar(byte))
            #expect(byte.hexadecimalValue == (byte < 128 ? character.hexDigitValue : nil))
        }
    }

    @Test("Lower-casing touches ASCII letters only")
    func lowercase() {
        for byte in UInt8.min...UInt8.max {
            #expect(byte.lowercased == (65...90 ~= byte ? byte + 32 : byte))
        }
    }
}
