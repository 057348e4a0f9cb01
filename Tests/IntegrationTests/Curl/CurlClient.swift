import CCurl

/// A libcurl handle: it makes requests one after the other and keeps connections between them, like a browser.
final class CurlClient {
    /// The longest that any transfer may take; a server that hangs is a failure, not a wait.
    static let timeoutMilliseconds = 300_000

    let handle: UnsafeMutableRawPointer
    /// The transfer outlives every callback: it is released with the client, which ends the handle first.
    private let transfer = CurlTransfer()

    init() throws {
        guard let handle = curl_easy_init() else { throw CurlError(description: "curl_easy_init failed") }
        self.handle = handle
    }

    deinit { curl_easy_cleanup(handle) }

    /// Makes the request and waits for its whole answer.
    func send(_ request: CurlRequest) throws -> CurlResponse {
        try prepare(request)
        try check(curl_easy_perform(handle))
        return try finish()
    }

    /// Prepares the handle for `request`; no transfer may be in progress.
    func prepare(_ request: CurlRequest) throws {
        curl_easy_reset(handle)
        transfer.begin(fields: request.fields)
        try setCallbacks()
        // Signals belong to the process, and proxy variables of the environment are not meant for loopback.
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_PROXY, "")
        try set(CURLOPT_TIMEOUT_MS, Self.timeoutMilliseconds)
        // The time is so long that an upload only begins in time if the server really sent `100 Continue`.
        try set(CURLOPT_EXPECT_100_TIMEOUT_MS, 2 * Self.timeoutMilliseconds)
        try set(CURLOPT_PATH_AS_IS, 1)
        try set(CURLOPT_URL, request.url)
        try setMethod(request)
        try check(ccurl_set_list(handle, CURLOPT_HTTPHEADER, transfer.fieldList))
    }

    /// Returns the answer to the transfer that has just succeeded.
    func finish() throws -> CurlResponse {
        var openedConnectionCount = 0
        try check(ccurl_get_long(handle, CURLINFO_NUM_CONNECTS, &openedConnectionCount))
        transfer.response.openedConnectionCount = openedConnectionCount
        return transfer.response
    }

    private func setMethod(_ request: CurlRequest) throws {
        switch request.body {
        case .none:
            try set(request.method == "HEAD" ? CURLOPT_NOBODY : CURLOPT_HTTPGET, 1)
        case .bytes(let bytes):
            transfer.upload = [bytes[...]]
            try set(CURLOPT_POST, 1)
            try check(ccurl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count)))
        case .chunks(let chunks):
            transfer.upload = chunks.map { $0[...] }
            transfer.append(field: "Transfer-Encoding: chunked")
            try set(CURLOPT_POST, 1)
            try check(ccurl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, -1))
        }
        try set(CURLOPT_CUSTOMREQUEST, request.method)
    }

    private func setCallbacks() throws {
        let pointer = Unmanaged.passUnretained(transfer).toOpaque()
        try check(ccurl_set_pointer(handle, CURLOPT_HEADERDATA, pointer))
        try check(ccurl_set_pointer(handle, CURLOPT_WRITEDATA, pointer))
        try check(ccurl_set_pointer(handle, CURLOPT_READDATA, pointer))
        try check(
            ccurl_set_write_function(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, pointer in
                CurlTransfer.from(pointer).receive(line: UnsafeRawBufferPointer(start: bytes, count: size * count))
                return size * count
            })
        try check(
            ccurl_set_write_function(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, pointer in
                let received = UnsafeRawBufferPointer(start: bytes, count: size * count)
                CurlTransfer.from(pointer).response.body.append(contentsOf: received)
                return size * count
            })
        try check(
            ccurl_set_read_function(handle, CURLOPT_READFUNCTION) { bytes, size, count, pointer in
                let room = UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
                return CurlTransfer.from(pointer).provide(into: room)
            })
    }

    private func set(_ option: CURLoption, _ value: Int) throws {
        try check(ccurl_set_long(handle, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) throws {
        try check(ccurl_set_string(handle, option, value))
    }

    func check(_ code: CURLcode) throws {
        guard code != CURLE_OK else { return }
        throw CurlError(description: String(cString: curl_easy_strerror(code)))
    }
}
