import Foundation

/// Numbers of one kind, as text and as values.
struct Corpus {
    let name: String
    /// With commas between them.
    let text: [UInt8]
    let values: [Double]

    /// The kinds of numbers that requests hold.
    static func all(count: Int) -> [Corpus] {
        var random = SplitMix64(state: 7)
        let kinds: [(String, (inout SplitMix64) -> String)] = [
            ("full17", { String(format: "%.17g", gaussian(&$0)) }),
            ("shortest", { gaussian(&$0).description }),
            ("coordinates", { coordinate(&$0).description }),
            ("short", { String(format: "%.3f", Double.random(in: -10...10, using: &$0)) }),
            ("integers", { Int.random(in: -1000...1000, using: &$0).description }),
            ("float32", { String(format: "%.9g", Float(gaussian(&$0))) }),
            ("wide", { anyExponent(&$0).description }),
        ]
        return kinds.map { name, number in
            let numbers = (0..<count).map { _ in number(&random) }
            return Corpus(
                name: name, text: Array(numbers.joined(separator: ",").utf8), values: numbers.map { Double($0) ?? .nan }
            )
        }
    }

    /// A number of the standard normal distribution, after Box and Muller (1958).
    private static func gaussian(_ random: inout SplitMix64) -> Double {
        let radius = (-2 * log(Double.random(in: Double.leastNormalMagnitude...1, using: &random))).squareRoot()
        return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &random))
    }

    /// A coordinate of a map, with as many decimals as those have.
    private static func coordinate(_ random: inout SplitMix64) -> Double {
        let scale = [1e6, 1e12, 1e13, 1e14][Int.random(in: 0..<4, using: &random)]
        return (Double.random(in: -141...83, using: &random) * scale).rounded() / scale
    }

    private static func anyExponent(_ random: inout SplitMix64) -> Double {
        let value = Double(bitPattern: random.next() & ~(1 << 63))
        return value.isNormal ? value : 1
    }
}

/// The same random numbers on every run: SplitMix64, by Steele, Lea and Flood.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
