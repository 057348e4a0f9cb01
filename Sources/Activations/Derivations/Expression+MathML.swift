/// The notation in MathML Core, which browsers typeset and screen readers read natively; the content of a MathML
/// element.
extension Expression {
    var mathML: String {
        switch self {
        case .integer(let number): "<mn>\(number)</mn>"
        case .symbol(let symbol): "<mi>\(symbol.mathML)</mi>"
        case .component(let index): MathML.indexed("x", index)
        case .negative(let operand): "<mrow><mo>−</mo>\(operand.mathML(above: .sum))</mrow>"
        case .sum(let left, let right): MathML.infix(left.mathML, "+", right.mathML)
        case .difference(let left, let right): MathML.infix(left.mathML, "−", right.mathML(above: .sum))
        case .product(let left, let right):
            MathML.infix(
                left.mathML(above: .sum), Self.isJuxtaposed(left, right) ? "\u{2062}" : "·", right.mathML(above: .sum))
        case .quotient(let left, let right): "<mfrac>\(MathML.row(left.mathML))\(MathML.row(right.mathML))</mfrac>"
        case .power(let base, let exponent): "<msup>\(base.mathMLBase)<mn>\(exponent)</mn></msup>"
        case .exponential(let exponent): "<msup><mi>e</mi>\(MathML.row(exponent.mathML))</msup>"
        case .total(let index, let term):
            "<mrow><munder><mo>∑</mo><mi>\(index)</mi></munder>\(term.mathML(above: .sum))</mrow>"
        case .delta(let left, let right): "<msub><mi>δ</mi><mrow><mi>\(left)</mi><mi>\(right)</mi></mrow></msub>"
        case .named(let name, _): name.mathML
        case .derivative(let operand, .x):
            "<mrow><mfrac><mi>d</mi><mrow><mi>d</mi><mi>x</mi></mrow></mfrac>\(MathML.space)"
                + "\(operand.mathML(above: .product))</mrow>"
        case .derivative(let operand, .component(let index)):
            "<mrow><mfrac><mi>∂</mi><mrow><mi>∂</mi>\(MathML.indexed("x", index))</mrow></mfrac>\(MathML.space)"
                + "\(operand.mathML(above: .product))</mrow>"
        case .limit(let side, let operand):
            "<mrow><munder><mo>lim</mo><mrow><mi>h</mi><mo>→</mo>\(side.mathML)</mrow></munder>"
                + "\(operand.mathML(above: .sum))</mrow>"
        case .piecewise(let condition, let then, let otherwise):
            "<mrow><mo>{</mo><mtable><mtr><mtd>\(then.mathML)</mtd><mtd>\(condition.mathML)</mtd></mtr>"
                + "<mtr><mtd>\(otherwise.mathML)</mtd><mtd><mtext>else</mtext></mtd></mtr></mtable></mrow>"
        }
    }

    private func mathML(above floor: Precedence) -> String {
        precedence > floor ? mathML : MathML.parenthesized(mathML)
    }

    private var mathMLBase: String {
        if case .quotient = self { return MathML.parenthesized(mathML) }
        return mathML(above: .power)
    }
}

/// Fragments of MathML.
private enum MathML {
    /// The space between d/dx and its operand.
    static let space = "<mspace width=\"0.2em\"></mspace>"

    static func row(_ content: String) -> String { "<mrow>\(content)</mrow>" }

    static func infix(_ left: String, _ sign: String, _ right: String) -> String {
        "<mrow>\(left)<mo>\(sign)</mo>\(right)</mrow>"
    }

    /// Parentheses stretch only around fractions and sums: fonts surround stretchable ones with wide gaps.
    static func parenthesized(_ content: String) -> String {
        let isTall = content.contains("<mfrac>") || content.contains("<munder>")
        let attribute = isTall ? "" : " stretchy=\"false\""
        return "<mrow><mo\(attribute)>(</mo>\(content)<mo\(attribute)>)</mo></mrow>"
    }

    static func indexed(_ name: String, _ index: Index) -> String { "<msub><mi>\(name)</mi><mi>\(index)</mi></msub>" }
}

extension Side {
    fileprivate var mathML: String { "<msup><mn>0</mn><mo>\(self == .left ? "−" : "+")</mo></msup>" }
}

extension Symbol {
    fileprivate var mathML: String {
        switch self {
        case .x: "x"
        case .h: "h"
        case .parameter(let parameter) where parameter.name == "alpha": "α"
        case .parameter(let parameter): parameter.name
        }
    }
}

extension Name {
    fileprivate var mathML: String {
        switch self {
        case .applied(let function, let mark, let argument):
            "<mrow>\(mark.mathML(on: "<mi>\(function)</mi>"))<mo>\u{2061}</mo>\(MathML.parenthesized(argument.mathML))</mrow>"
        case .indexed(let name, let index): MathML.indexed(name, index)
        case .partial(let name, let of, let by):
            "<mrow>\(MathML.indexed("D", by))<mo>\u{2061}</mo>\(MathML.indexed(name, of))</mrow>"
        }
    }
}

extension Name.Mark {
    fileprivate func mathML(on name: String) -> String {
        switch self {
        case .none: name
        // The prime is raised already: as a superscript it would be too high and too small.
        case .prime: "<mrow>\(name)<mo lspace=\"0\" rspace=\"0\">′</mo></mrow>"
        case .oneSided(let side): "<msub>\(Self.prime.mathML(on: name))<mo>\(side == .left ? "−" : "+")</mo></msub>"
        }
    }
}

extension Condition {
    /// The content of a MathML element.
    public var mathML: String {
        switch self {
        case .positive: "<mrow><mi>x</mi><mo>&gt;</mo><mn>0</mn></mrow>"
        case .negative: "<mrow><mi>x</mi><mo>&lt;</mo><mn>0</mn></mrow>"
        case .equalIndices: "<mrow><mi>i</mi><mo>=</mo><mi>j</mi></mrow>"
        case .differentIndices: "<mrow><mi>i</mi><mo>≠</mo><mi>j</mi></mrow>"
        }
    }
}
