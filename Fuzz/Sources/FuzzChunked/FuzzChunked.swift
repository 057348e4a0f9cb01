import FuzzSupport

/// The chunk decoder: any bytes as a chunked body.
@main
enum FuzzChunked {
    static func main() {
        runFuzzer { pointer, count in
            Oracle.check(
                Oracle.bytes(pointer, count),
                prefix: Array("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".utf8))
            return 0
        }
    }
}
