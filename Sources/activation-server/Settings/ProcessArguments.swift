/// The arguments that the process was started with.
///
/// `CommandLine.arguments` reads `/proc/self/cmdline`. Without `/proc`, in a chroot for example, it is empty: every
/// flag would be lost without an error, including `--token-file`. See docs/decisions/0055-arguments-without-proc.md.
enum ProcessArguments {
    /// All arguments, without the program's name.
    static var all: [String] {
        // SAFETY: the C runtime keeps `count` strings in the vector, unchanged, for as long as the process runs.
        guard let vector = unsafe argumentVector else { return Array(CommandLine.arguments.dropFirst()) }
        return unsafe (0..<Int(argumentCount)).dropFirst().compactMap { index in
            unsafe vector[index].map { unsafe String(cString: $0) }
        }
    }
}

// The count is written once, before `main` and before any other thread exists.
private nonisolated(unsafe) var argumentCount: Int32 = 0
private nonisolated(unsafe) var argumentVector: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?

/// Stores the argument vector: glibc passes it to the functions of `.init_array` as it does to `main`, in dynamic and
/// in static executables.
@section(".init_array") @used
private let storeArguments: @convention(c) (Int32, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) -> Void = {
    unsafe argumentCount = $0
    unsafe argumentVector = $1
}
