import CLinux
import Glibc

/// An address to listen on, without its port.
struct Address {
    let family: Int32
    /// The address in numeric form.
    let host: String
    private let storage: sockaddr_storage
    private let byteCount: socklen_t

    /// Returns the addresses of a name, or the one numeric address.
    static func resolve(_ host: String) throws(ServerError) -> [Address] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = AI_PASSIVE
        var list: UnsafeMutablePointer<addrinfo>?
        let status = unsafe getaddrinfo(host, nil, &hints, &list)
        guard status == 0 else {
            // SAFETY: gai_strerror returns a constant string.
            throw .unknownHost(host, reason: unsafe String(cString: gai_strerror(status)))
        }
        defer { unsafe freeaddrinfo(list) }
        var addresses: [Address] = []
        var next = unsafe list
        // SAFETY: getaddrinfo returns a list of valid entries that ends in nil and lives until it is freed.
        while let entry = unsafe next {
            if let address = unsafe Address(entry.pointee), !addresses.contains(where: { $0.host == address.host }) {
                addresses.append(address)
            }
            unsafe next = entry.pointee.ai_next
        }
        guard !addresses.isEmpty else { throw .unknownHost(host, reason: "It has no address of a kind known here.") }
        return addresses
    }

    private init?(_ info: addrinfo) {
        guard let address = unsafe info.ai_addr, unsafe Int(info.ai_addrlen) <= MemoryLayout<sockaddr_storage>.size
        else { return nil }
        family = unsafe info.ai_family
        guard family == AF_INET || family == AF_INET6 else { return nil }
        byteCount = unsafe info.ai_addrlen
        var storage = sockaddr_storage()
        // SAFETY: the entry's address has `ai_addrlen` bytes, which have just been checked to fit.
        unsafe withUnsafeMutableBytes(of: &storage) {
            unsafe $0.copyMemory(from: UnsafeRawBufferPointer(start: address, count: Int(info.ai_addrlen)))
        }
        self.storage = storage
        host = unsafe Self.name(address, info.ai_addrlen) ?? "?"
    }

    /// Returns an address in numeric form.
    private static func name(_ address: UnsafeMutablePointer<sockaddr>, _ byteCount: socklen_t) -> String? {
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        // SAFETY: getnameinfo writes a NUL-terminated string of at most that size.
        let status = unsafe getnameinfo(
            address, byteCount, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
        guard status == 0 else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Returns the numeric address of a connected socket's peer, or `?` if the peer is gone.
    static func peer(of descriptor: Int32) -> String {
        unsafe name(of: descriptor) { unsafe getpeername($0, $1, $2) } ?? "?"
    }

    /// Returns whether a connected socket's peer has the same address as this end: then nothing leaves the machine.
    static func isPeerOnThisMachine(_ descriptor: Int32) -> Bool {
        guard let peer = unsafe name(of: descriptor, { unsafe getpeername($0, $1, $2) }) else { return false }
        return unsafe peer == name(of: descriptor) { unsafe getsockname($0, $1, $2) }
    }

    /// Returns the numeric address that `read` reports for a socket, or nil if it fails.
    private static func name(
        of descriptor: Int32,
        _ read: (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
    ) -> String? {
        var address = sockaddr_storage()
        var byteCount = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return unsafe withUnsafeMutablePointer(to: &address) { pointer in
            // SAFETY: the kernel writes at most `byteCount` bytes, and a sockaddr_storage may be accessed as any
            // address.
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                guard unsafe read(descriptor, $0, &byteCount) == 0 else { return nil }
                return unsafe name($0, byteCount)
            }
        }
    }

    /// Binds a socket to this address.
    func bind(_ descriptor: Int32, port: UInt16) throws(SystemError) {
        var address = storage
        let status = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            // SAFETY: a sockaddr_storage may be accessed as the address of its family; both have the port at the same
            // offset.
            unsafe pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                unsafe $0.pointee.sin_port = port.bigEndian
            }
            return unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.bind(descriptor, $0, byteCount)
            }
        }
        guard status == 0 else { throw SystemError("bind") }
    }

    /// Returns the port that a socket has been assigned.
    static func port(of descriptor: Int32) throws(SystemError) -> UInt16 {
        var address = sockaddr_storage()
        var byteCount = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let status = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            // SAFETY: the kernel writes at most `byteCount` bytes.
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(descriptor, $0, &byteCount)
            }
        }
        guard status == 0 else { throw SystemError("getsockname") }
        return unsafe withUnsafePointer(to: &address) { pointer in
            // SAFETY: the reason is the same as in `bind`.
            unsafe pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                unsafe UInt16(bigEndian: $0.pointee.sin_port)
            }
        }
    }
}
