import Activations
import Foundation

/// A file of exact values, made by `Golden/golden.py`; `Golden/README.md` explains the fields.
struct GoldenFile: Sendable {
    let function: String
    let dtype: DType

    /// A line of the file; scalars count as lists of one element.
    struct Case: Decodable {
        let x: [Double]
        let alpha: Double?
        let values: Expected
        let derivatives: Expected?
        /// The row and column, or the index, of each value if only some are given.
        let at: [[Int]]?

        enum CodingKeys: String, CodingKey {
            case x, a, fr, fe, dr, de, at
        }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            x = try fields.decode(OneOrMany<HexadecimalFloat>.self, forKey: .x).elements.map(\.value)
            alpha = try fields.decodeIfPresent(HexadecimalFloat.self, forKey: .a)?.value
            values = try Expected(fields, rounded: .fr, rest: .fe)
            derivatives = fields.contains(.dr) ? try Expected(fields, rounded: .dr, rest: .de) : nil
            at = try fields.decodeIfPresent([OneOrMany<Int>].self, forKey: .at)?.map(\.elements)
        }

        /// Exact values: rounded to the format (nil if undefined), and the part that rounding cut off, in ulps.
        struct Expected {
            let rounded: [Double?]
            let rest: [Double]

            init(
                _ fields: KeyedDecodingContainer<CodingKeys>, rounded key: CodingKeys, rest restKey: CodingKeys
            ) throws {
                let texts = try fields.decode(OneOrMany<String>.self, forKey: key).elements
                rounded = texts.map { $0 == "undefined" ? nil : Double($0) }
                let rest = try fields.decodeIfPresent(OneOrMany<Double>.self, forKey: restKey)?.elements
                self.rest = rest ?? texts.map { _ in 0 }
            }
        }
    }

    func cases() throws -> [Case] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden")
        let suffix = dtype == .float64 ? "f64" : "f32"
        let data = try Data(contentsOf: folder.appendingPathComponent("core.\(function).\(suffix).jsonl"))
        let decoder = JSONDecoder()
        return try data.split(separator: UInt8(ascii: "\n")).map { try decoder.decode(Case.self, from: $0) }
    }
}

private struct OneOrMany<Element: Decodable>: Decodable {
    let elements: [Element]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let one = try? container.decode(Element.self) {
            elements = [one]
        } else {
            elements = try container.decode([Element].self)
        }
    }
}

private struct HexadecimalFloat: Decodable {
    let value: Double

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Double(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a number: \(text)")
        }
        self.value = value
    }
}
