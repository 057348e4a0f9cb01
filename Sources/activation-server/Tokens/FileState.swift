import Glibc

/// The file at the end of a path at one moment, for comparison with a later one.
enum FileState: Equatable, Sendable {
    case present(Identity)
    /// The file is inaccessible, for the reason of the error number.
    case absent(Int32)

    struct Identity: Equatable, Sendable {
        var device: UInt64
        var inode: UInt64
        var byteCount: Int
        /// The modification time, in nanoseconds since 1970.
        var contentChange: Int
        /// The status change time, which also changes with permissions and names, and if `contentChange` is set back.
        var statusChange: Int
    }

    /// Returns the state of the file at the end of all symbolic links.
    init(path: String) {
        var status = stat()
        // SAFETY: the call reads the path up to its NUL and fills exactly the structure.
        self = unsafe stat(path, &status) == 0 ? .present(Identity(status)) : .absent(errno)
    }
}

extension FileState.Identity {
    init(_ status: stat) {
        self.init(
            device: UInt64(status.st_dev), inode: UInt64(status.st_ino), byteCount: Int(status.st_size),
            contentChange: Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec),
            statusChange: Int(status.st_ctim.tv_sec) * 1_000_000_000 + Int(status.st_ctim.tv_nsec))
    }
}

/// Decides when to read a file again, by checking its state at regular intervals.
///
/// A change counts once two checks in a row have returned the same state, so that a file is not read while it is being
/// written.
struct FileChangeDetector {
    /// The state at the last read, whether or not the file was valid.
    private var read: FileState
    private var candidate: FileState?

    init(read: FileState) { self.read = read }

    mutating func mustRead(_ state: FileState) -> Bool {
        guard state != read else {
            candidate = nil
            return false
        }
        defer { candidate = state }
        return candidate == state
    }

    /// Records that a state has been read; until then, each check of it requests another read.
    mutating func didRead(_ state: FileState) {
        read = state
        candidate = nil
    }
}
