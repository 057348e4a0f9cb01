import CCurl

/// Makes requests at the same time, each on its own connection.
enum CurlMulti {
    /// - Returns: The answers, in the order of the requests.
    static func send(_ requests: [CurlRequest]) throws -> [CurlResponse] {
        guard let multi = curl_multi_init() else { throw CurlError(description: "curl_multi_init failed") }
        defer { curl_multi_cleanup(multi) }
        let clients = try requests.map { request in
            let client = try CurlClient()
            try client.prepare(request)
            return client
        }
        for client in clients { try check(curl_multi_add_handle(multi, client.handle)) }
        defer { for client in clients { curl_multi_remove_handle(multi, client.handle) } }
        try run(multi)
        try checkResults(of: clients, in: multi)
        return try clients.map { try $0.finish() }
    }

    private static func run(_ multi: UnsafeMutableRawPointer) throws {
        var runningCount: Int32 = 0
        repeat {
            try check(curl_multi_perform(multi, &runningCount))
            if runningCount > 0 { try check(curl_multi_poll(multi, nil, 0, 1_000, nil)) }
        } while runningCount > 0
    }

    /// Throws unless every transfer has succeeded.
    private static func checkResults(of clients: [CurlClient], in multi: UnsafeMutableRawPointer) throws {
        var endedCount = 0
        var waitingCount: Int32 = 0
        while let message = curl_multi_info_read(multi, &waitingCount) {
            guard message.pointee.msg == CURLMSG_DONE else { continue }
            try clients[0].check(ccurl_message_result(message))
            endedCount += 1
        }
        guard endedCount == clients.count else {
            throw CurlError(description: "\(endedCount) of \(clients.count) transfers ended")
        }
    }

    private static func check(_ code: CURLMcode) throws {
        guard code != CURLM_OK else { return }
        throw CurlError(description: String(cString: curl_multi_strerror(code)))
    }
}
