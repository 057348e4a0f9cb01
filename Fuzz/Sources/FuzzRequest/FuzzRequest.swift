import FuzzSupport

/// The request parser: any bytes.
@main
enum FuzzRequest {
    static func main() {
        runFuzzer { pointer, count in
            Oracle.check(Oracle.bytes(pointer, count))
            return 0
        }
    }
}
