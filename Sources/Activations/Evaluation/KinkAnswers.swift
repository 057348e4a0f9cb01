/// The derivatives that an evaluation returns at the kinks of its function, in the element type.
struct KinkAnswers<Element: TensorElement>: Sendable {
    private struct Answer {
        let location: Element
        /// The derivative, or nil if it stays undefined.
        let value: Element?
    }

    private let answers: [Answer]

    /// - Throws: `notASubgradient` if the caller's value is not a subgradient at a kink.
    init(_ policy: KinkPolicy, kinks: [Kink]) throws(EvaluationError) {
        if case .value(let value) = policy, let kink = kinks.first(where: { $0.excludes(value) }) {
            throw .notASubgradient(value, at: kink)
        }
        // A location that this format cannot represent equals no element.
        answers = kinks.filter(\.hasNoDerivative).compactMap { kink in
            Element(exactly: kink.location).map { Answer(location: $0, value: Self.value(policy, at: kink)) }
        }
    }

    private static func value(_ policy: KinkPolicy, at kink: Kink) -> Element? {
        switch policy {
        case .undefined: nil
        case .left: Element(kink.leftDerivative)
        case .right: Element(kink.rightDerivative)
        case .value(let value): Element(value)
        }
    }

    /// Overwrites the derivatives of those inputs that are at a kink; undefined ones become NaN and are appended to the
    /// list.
    ///
    /// - Parameters:
    ///   - input: The inputs whose derivatives are written.
    ///   - output: The derivatives.
    ///   - undefined: Receives the positions in `output` that are undefined.
    ///   - position: Returns the position in `output` of the derivative of the input at an index.
    func apply(
        to input: Span<Element>, output: inout MutableSpan<Element>, undefined: inout [Int],
        position: (Int) -> Int
    ) {
        for answer in answers {
            for index in input.indices where input[index] == answer.location {
                let target = position(index)
                output[target] = answer.value ?? .nan
                if answer.value == nil { undefined.append(target) }
            }
        }
    }
}
