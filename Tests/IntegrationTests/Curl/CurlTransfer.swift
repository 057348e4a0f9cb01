import CCurl

/// The data of libcurl's callbacks: the answer as it arrives, the upload as it is sent.
final class CurlTransfer {
    var response = CurlResponse()
    /// Pieces still to send.
    var upload: [ArraySlice<UInt8>] = []
    /// Request field lines in libcurl's format.
    private(set) var fieldList: UnsafeMutablePointer<curl_slist>?

    deinit { curl_slist_free_all(fieldList) }

    /// Returns the transfer that a callback was given.
    static func from(_ pointer: UnsafeMutableRawPointer?) -> CurlTransfer {
        guard let pointer else { preconditionFailure("Every callback is set together with its data.") }
        return Unmanaged<CurlTransfer>.fromOpaque(pointer).takeUnretainedValue()
    }

    func begin(fields: [String]) {
        response = CurlResponse()
        upload = []
        curl_slist_free_all(fieldList)
        fieldList = nil
        for field in fields { append(field: field) }
    }

    func append(field: String) {
        fieldList = curl_slist_append(fieldList, field)
    }

    /// Receives a status line, a field line, or the empty line that ends them.
    func receive(line bytes: UnsafeRawBufferPointer) {
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            if response.status != 0 { response.interimStatuses.append(response.status) }
            response.fields = []
            response.status = Int(line.split(separator: " ")[1]) ?? 0
        } else if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...]
            response.fields.append((String(line[..<colon]), value.trimmingPrefix(" ").filter { !$0.isNewline }))
        }
    }

    /// Provides the next bytes to send, never of two pieces together: each becomes its own chunk.
    func provide(into room: UnsafeMutableRawBufferPointer) -> Int {
        guard let piece = upload.first else { return 0 }
        let count = min(piece.count, room.count)
        room.copyBytes(from: piece.prefix(count))
        if count == piece.count { upload.removeFirst() } else { upload[0] = piece.dropFirst(count) }
        return count
    }
}
