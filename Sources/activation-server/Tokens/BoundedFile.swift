import Glibc

/// A file that is read into memory, up to a limit and without waiting for a writer.
struct BoundedFile: Equatable, Sendable {
    var bytes: [UInt8]
    var isReadableByOthers: Bool
    /// The state of the file that was opened, before it was read.
    var state: FileState

    /// The reason why a file was not read.
    struct ReadError: Error, Equatable {
        let reason: String
    }

    /// Reads a regular file; a FIFO or a device is rejected, since reading it might never end.
    static func read(_ path: String, byteCountMax: Int) throws(ReadError) -> BoundedFile {
        // Some devices have side effects when opened, so the kind is checked before as well as after.
        var status = stat()
        // SAFETY: each call reads the path up to its NUL, and fills exactly the structure.
        guard unsafe stat(path, &status) == 0 else { throw ReadError(reason: reason(errno)) }
        try checkIsRegular(status)
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw ReadError(reason: reason(errno)) }
        defer { _ = close(descriptor) }
        guard unsafe fstat(descriptor, &status) == 0 else { throw ReadError(reason: reason(errno)) }
        try checkIsRegular(status)
        guard status.st_size <= byteCountMax else { throw tooLarge(byteCountMax) }
        return BoundedFile(
            bytes: try readAll(descriptor, byteCountMax), isReadableByOthers: status.st_mode & S_IROTH != 0,
            state: .present(.init(status)))
    }

    private static func readAll(_ descriptor: Int32, _ byteCountMax: Int) throws(ReadError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            // SAFETY: the call writes at most as many bytes as the buffer has.
            let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return bytes }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw ReadError(reason: reason(errno))
            }
            bytes += buffer[..<count]
            guard bytes.count <= byteCountMax else { throw tooLarge(byteCountMax) }
        }
    }

    private static func checkIsRegular(_ status: stat) throws(ReadError) {
        guard status.st_mode & S_IFMT == S_IFREG else { throw ReadError(reason: "it is not a regular file") }
    }

    private static func tooLarge(_ byteCountMax: Int) -> ReadError {
        ReadError(reason: "it is larger than \(byteCountMax) bytes")
    }

    private static func reason(_ number: Int32) -> String {
        switch number {
        case ENOENT: return "there is no such file"
        case EACCES: return "this process may not read it"
        default:
            // SAFETY: strerror returns a string that is valid until its next call on this thread.
            return unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
        }
    }
}
