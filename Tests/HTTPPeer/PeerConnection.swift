internal import Foundation

/// One accepted connection, as the script sees it.
package final class PeerConnection: @unchecked Sendable {
    // The proof for `@unchecked`: the peer's thread for this connection is the only one that uses it, but for `close`, which
    // any thread may call; the flags that it shares are under `lock`.
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private let lock = NSLock()
    private var hasEnded = false
    private var isFinished = false

    package var isClosed: Bool {
        lock.lock()
        defer { lock.unlock() }
        return hasEnded
    }

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        // No test waits longer than this for a client that has gone.
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    /// - Returns: how many bytes the client has taken before it went away or stopped reading.
    @discardableResult
    package func send(_ bytes: [UInt8]) -> Int {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { break }
            sent += count
        }
        return sent
    }

    package func send(_ text: String) { send(Array(text.utf8)) }

    /// A whole answer with its length.
    package func answer(_ status: String, _ body: String, headers: [String] = ["Content-Type: application/json"]) {
        let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
        send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    /// What the client sends next; empty when it has closed or nothing came for 20 s.
    package func receive() -> [UInt8] {
        if !buffer.isEmpty {
            defer { buffer = [] }
            return buffer
        }
        return fill() ? receive() : []
    }

    /// Exactly this many bytes of what the client sends next; fewer when it has closed or nothing came for 20 s.
    package func receive(exactly count: Int) -> [UInt8] {
        while buffer.count < count { if !fill() { break } }
        let bytes = Array(buffer.prefix(count))
        buffer.removeFirst(bytes.count)
        return bytes
    }

    /// Waits until the client closes; true when it did within 20 s.
    package func waitForClose() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count == 0 { return true }
            if count < 0 { return errno == ECONNRESET }
        }
    }

    /// Ends the connection in order.
    package func close() {
        lock.lock()
        hasEnded = true
        if !isFinished { shutdown(descriptor, Int32(SHUT_RDWR)) }
        lock.unlock()
    }

    /// Ends it with a TCP reset.
    package func reset() {
        lock.lock()
        hasEnded = true
        lock.unlock()
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Foundation.linger>.size))
    }

    func finish() {
        lock.lock()
        hasEnded = true
        isFinished = true
        Glibc.close(descriptor)
        lock.unlock()
    }

    func readRequest() -> PeerRequest? {
        var end: Int?
        while end == nil {
            end = buffer.indices.first { buffer[$0...].starts(with: [0x0d, 0x0a, 0x0d, 0x0a]) }
            if end == nil, !fill() { return nil }
        }
        guard let end else { return nil }
        let lines = String(decoding: buffer[..<end], as: UTF8.self).components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ")
        guard words.count >= 2 else { return nil }
        let headers = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (String(line[..<colon]), line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces))
        }
        buffer.removeFirst(end + 4)
        let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
        while buffer.count < length { if !fill() { return nil } }
        let body = Array(buffer.prefix(length))
        buffer.removeFirst(length)
        return PeerRequest(method: String(words[0]), target: String(words[1]), headers: headers, body: body)
    }

    private func fill() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        guard count > 0 else { return false }
        buffer += chunk[..<count]
        return true
    }
}
