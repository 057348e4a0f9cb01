import Glibc

/// Sends a running server a request for `/readyz`, for containers that have neither shell nor curl.
struct HealthProbe {
    let host: String
    let port: Int
    /// The time limit for connecting, for sending, and for each receive.
    static let timeoutSeconds = 3

    /// Returns whether the server answered 200.
    func isReady() -> Bool {
        addresses().contains { address in
            guard let status = ask(address) else { return false }
            return status == 200
        }
    }

    /// The host as a client reaches it: for the wildcard address this is the loopback one.
    private var reachableHost: String {
        switch host {
        case "0.0.0.0": "127.0.0.1"
        case "::": "::1"
        default: host
        }
    }

    private struct Address {
        let family: Int32
        let bytes: [UInt8]
    }

    private func addresses() -> [Address] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        // SAFETY: the list is copied and then freed by the function that goes with it.
        guard unsafe getaddrinfo(reachableHost, String(port), &hints, &list) == 0 else { return [] }
        defer { unsafe freeaddrinfo(list) }
        var found: [Address] = []
        var next = unsafe list
        while let entry = unsafe next {
            let address = unsafe entry.pointee
            let bytes = unsafe UnsafeRawBufferPointer(start: address.ai_addr, count: Int(address.ai_addrlen))
            found.append(Address(family: unsafe address.ai_family, bytes: unsafe Array(bytes)))
            unsafe next = entry.pointee.ai_next
        }
        return found
    }

    /// Returns the status code of the answer, or nil if there was none.
    private func ask(_ address: Address) -> Int? {
        let descriptor = socket(address.family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { _ = close(descriptor) }
        var timeout = timeval(tv_sec: Self.timeoutSeconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        // SAFETY: each call reads or fills exactly the memory whose size it is given.
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, size)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, size)
        let connected = unsafe address.bytes.withUnsafeBytes { bytes in
            unsafe connect(
                descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
        guard connected == 0 else { return nil }
        // This is the smallest possible request, so that it passes every limit that can be configured.
        let request = Array("GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        guard unsafe send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else { return nil }
        // "HTTP/1.1 200" is in the first bytes of the first segment.
        var answer = [UInt8](repeating: 0, count: 512)
        let count = unsafe recv(descriptor, &answer, answer.count, 0)
        let words = String(decoding: answer.prefix(max(0, count)), as: UTF8.self).split(separator: " ", maxSplits: 2)
        return words.count > 1 ? Int(words[1]) : nil
    }
}
