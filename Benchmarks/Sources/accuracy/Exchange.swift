import Activations
import Glibc

/// Evaluates what another program asks for: vectors in, results out, in the machine's own number format.
///
/// Each vector is an Int64 count and that many elements; the answer has the same form.
enum Exchange {
    static func run(_ arguments: [String]) {
        guard let type = ActivationRegistry.activation(named: arguments[1]),
            let operation = Activations.Operation(rawValue: arguments[2]),
            let dtype = DType(rawValue: arguments[3]), let width = VectorWidth(rawValue: arguments[4]),
            VectorWidth.available.contains(width)
        else { return Accuracy.usage() }
        var values = ParameterValues()
        if arguments.count > 5, let parameter = type.parameters.first, let value = Double(arguments[5]) {
            values.set(parameter, to: .number(value))
        }
        let activation = type.init(values)
        switch dtype {
        case .float64: exchange(Double.self) { evaluate(operation, activation, $0, width) }
        case .float32: exchange(Float.self) { evaluate(operation, activation, $0, width) }
        }
    }

    private static func exchange<Element: TensorElement>(_: Element.Type, _ answer: ([Element]) -> [Element]) {
        guard let input = fdopen(STDIN_FILENO, "rb"), let output = fdopen(STDOUT_FILENO, "wb") else { return }
        while let count = read(Int64.self, count: 1, from: input)?.first,
            let vector = read(Element.self, count: Int(count), from: input)
        {
            let result = answer(vector)
            write([Int64(result.count)], to: output)
            write(result, to: output)
        }
        fclose(output)
    }

    private static func read<Value: ExpressibleByIntegerLiteral>(
        _: Value.Type, count: Int, from file: UnsafeMutablePointer<FILE>
    ) -> [Value]? {
        var values = [Value](repeating: 0, count: count)
        let size = MemoryLayout<Value>.stride
        let read = values.withUnsafeMutableBytes { count == 0 ? 0 : fread($0.baseAddress, size, count, file) }
        return read == count ? values : nil
    }

    private static func write<Value>(_ values: [Value], to file: UnsafeMutablePointer<FILE>) {
        values.withUnsafeBytes { _ = $0.isEmpty ? 0 : fwrite($0.baseAddress, 1, $0.count, file) }
    }
}
