internal import CCurl

/// One request and its answer, on the loop's thread: libcurl's callbacks fill the stream that the caller reads.
final class BodyTransfer: CurlTransfer {
    let easy: EasyHandle
    let deadline: ContinuousClock.Instant
    private let endpoint: HTTPEndpoint
    private let timeLimit: Duration
    private let bodyLimitBytes: Int
    private let stream: ByteStream<HTTPHead>
    private var status = 0
    private var version = ""
    private var headers = HTTPHeaders()
    private var headIsComplete = false
    private var receivedBytes = 0
    private var isTooLarge = false

    var ticket: UInt64 { stream.ticket }
    var isAbandoned: Bool { stream.isAbandoned }
    var host: String { endpoint.description }
    var isMultiplexed: Bool? { headIsComplete ? version.hasPrefix("2") || version.hasPrefix("3") : nil }
    var socket: (descriptor: curl_socket_t, events: Int16)? { nil }

    /// - Parameter deadline: when `request.deadline`, counted from the call, is over.
    init(
        _ request: HTTPRequest, endpoint: HTTPEndpoint, deadline: ContinuousClock.Instant, stream: ByteStream<HTTPHead>
    ) throws(CurlRefusal) {
        guard let easy = EasyHandle() else { throw CurlRefusal(code: CURLE_OUT_OF_MEMORY, what: "handle") }
        self.easy = easy
        self.deadline = deadline
        self.endpoint = endpoint
        self.stream = stream
        timeLimit = request.deadline
        bodyLimitBytes = request.bodyLimitBytes
        try easy.configure(request, endpoint: endpoint)
        try easy.set(CURLOPT_HEADERDATA, context: self)
        try easy.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            BodyTransfer.from(context)?.take(header: UnsafeRawBufferPointer(start: bytes, count: size * count))
            return size * count
        }
        try easy.set(CURLOPT_WRITEDATA, context: self)
        try easy.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            BodyTransfer.from(context)?.take(body: UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
        }
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> BodyTransfer? {
        context.map { Unmanaged<BodyTransfer>.fromOpaque($0).takeUnretainedValue() }
    }

    private func take(header bytes: UnsafeRawBufferPointer) {
        // Fields after the body (trailers) and of interim answers are of no use here.
        guard !headIsComplete else { return }
        let line = String(decoding: bytes, as: UTF8.self).trimmingLineEnd
        if line.hasPrefix("HTTP/") {
            let words = line.split(separator: " ")
            version = String(words[0].dropFirst(5))
            status = words.count > 1 ? Int(words[1]) ?? 0 : 0
            headers = HTTPHeaders()
        } else if line.isEmpty {
            guard status >= 200 else { return }
            headIsComplete = true
            stream.begin(HTTPHead(httpVersion: version, status: status, headers: headers))
        } else if let colon = line.firstIndex(of: ":") {
            headers.add(String(line[..<colon]), line[line.index(after: colon)...].trimmingBlanks)
        }
    }

    private func take(body bytes: UnsafeRawBufferPointer) -> Int {
        if receivedBytes + bytes.count > bodyLimitBytes {
            isTooLarge = true
            return 0
        }
        guard stream.offer(bytes) else { return Int(CURL_WRITEFUNC_PAUSE) }
        receivedBytes += bytes.count
        return bytes.count
    }

    func ended(_ code: CURLcode) -> Bool {
        if code == CURLE_OK {
            stream.finish(.success(()))
        } else if isTooLarge {
            stream.finish(.failure(failure(.tooLarge(limitBytes: bodyLimitBytes))))
        } else {
            stream.finish(
                .failure(HTTPFailure(code: code, easy: easy, endpoint: endpoint, bytes: receivedBytes, began: headIsComplete)))
        }
        return false
    }

    func giveUp(_ why: CurlGivingUp) {
        switch why {
        case .cancelled: stream.finish(.failure(failure(.cancelled)))
        case .deadline:
            let step = headIsComplete ? .receiving : easy.step(isTLS: endpoint.scheme == "https")
            stream.finish(.failure(failure(.timedOut(in: step, after: timeLimit, bytes: receivedBytes))))
        }
    }

    func resume() { curl_easy_pause(easy.pointer, CURLPAUSE_CONT) }
    func pump() -> Bool { true }

    private func failure(_ stage: HTTPFailure.Stage) -> HTTPFailure {
        HTTPFailure(stage: stage, endpoint: endpoint.description, requestSent: easy.long(CURLINFO_REQUEST_SIZE) > 0)
    }
}

extension EasyHandle {
    /// How far a transfer has come that has no answer yet.
    func step(isTLS: Bool) -> HTTPFailure.Step {
        // On a connection that was there already nothing is looked up or connected.
        if size(CURLINFO_PRETRANSFER_TIME_T) > 0 { return .waiting }
        if size(CURLINFO_NAMELOOKUP_TIME_T) == 0 { return .resolving }
        if size(CURLINFO_CONNECT_TIME_T) == 0 { return .connecting }
        if isTLS, size(CURLINFO_APPCONNECT_TIME_T) == 0 { return .handshake }
        return .waiting
    }
}

extension StringProtocol {
    /// Without blanks and tabs at both ends.
    var trimmingBlanks: String {
        let start = firstIndex { $0 != " " && $0 != "\t" } ?? endIndex
        let end = lastIndex { $0 != " " && $0 != "\t" }.map(index(after:)) ?? start
        return String(self[start..<end])
    }

    /// Without the CR LF (or LF) at its end. Swift counts CR LF as one character.
    var trimmingLineEnd: String { String(last?.isNewline == true ? self[..<index(before: endIndex)] : self[...]) }
}
