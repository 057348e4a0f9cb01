import FuzzSupport

/// Whole connections: the input is a script of events, among them bytes from the peer, in any order.
///
/// A line of the script is one byte that says what happens and, where bytes are sent, one that says how many. Whatever
/// happens, the conversation keeps its own rules (which the connection in memory checks), and once time has passed far
/// enough every connection is closed.
@main
enum FuzzConnection {
    static func main() {
        runFuzzer { pointer, count in
            FuzzConnection.play(Oracle.bytes(pointer, count))
            return 0
        }
    }

    private static func play(_ input: [UInt8]) {
        var script = input[...]
        var connection = MemoryConnection(variesAnswers: true)
        while let event = script.popFirst(), !connection.isClosed {
            switch event % 16 {
            case 0: connection.endInput()
            case 1: connection.advance(milliseconds: 20_000)
            case 2: connection.advance(milliseconds: Int(event))
            case 3: connection.drain()
            case 4: connection.setOverloaded(true)
            case 5: connection.setOverloaded(false)
            case 6: connection.blockOutput()
            case 7: connection.unblockOutput()
            case 8: connection.finishWork()
            case 9: connection.worksAtOnce.toggle()
            default:
                let byteCount = Int(script.popFirst() ?? 0)
                connection.send(script.prefix(byteCount))
                script = script.dropFirst(byteCount)
            }
        }
        connection.worksAtOnce = true
        connection.unblockOutput()
        connection.finishWork()
        for _ in 0..<4 { connection.advance(milliseconds: 100_000) }
        precondition(connection.isClosed, "A connection outlives all its deadlines.")
    }
}
