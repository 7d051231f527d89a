/// Bytes on their way from a curl thread to one reader, who may be slower: past the high-water mark the thread is told to pause.
///
/// `Head` is what comes before the bytes: a response's head, or nothing for a raw connection.
final class ByteStream<Head: Sendable>: Sendable {
    private struct State {
        var head: Head?
        var buffer: [UInt8] = []
        var end: Result<Void, HTTPFailure>?
        var reader: CheckedContinuation<Void, Never>?
        var isPaused = false
        var isAbandoned = false
    }

    /// What the reader waits for.
    private enum Wanted { case head, bytes }

    private let state = Locked(State())
    private let highWaterBytes: Int
    let endpoint: String
    private let loop: CurlLoop
    /// Names this transfer to the loop.
    let ticket: UInt64

    /// - Parameter highWaterBytes: how much may wait for the reader before the thread pauses; `.max` never pauses.
    init(endpoint: String, highWaterBytes: Int, loop: CurlLoop) {
        self.endpoint = endpoint
        self.highWaterBytes = highWaterBytes
        self.loop = loop
        ticket = loop.makeTicket()
    }

    // MARK: The curl thread's side

    func begin(_ head: Head) {
        update { if $0.head == nil { $0.head = head } }
    }

    /// - Returns: false when the reader is behind; the bytes are then not taken and must be offered again after `resume`.
    func offer(_ bytes: UnsafeRawBufferPointer) -> Bool {
        update { state in
            if state.buffer.count >= highWaterBytes {
                state.isPaused = true
                return false
            }
            state.buffer.append(contentsOf: bytes)
            return true
        }
    }

    /// The first end counts; bytes that came before it can still be read.
    func finish(_ end: Result<Void, HTTPFailure>) {
        update { if $0.end == nil { $0.end = end } }
    }

    /// True when the reader has gone; nothing need be read for it any more.
    var isAbandoned: Bool { state.withLock(\.isAbandoned) }

    private func update<Value>(_ change: (inout State) -> Value) -> Value {
        let (value, reader) = state.withLock { state in
            let value = change(&state)
            let reader = state.reader
            state.reader = nil
            return (value, reader)
        }
        reader?.resume()
        return value
    }

    // MARK: The reader's side

    /// Waits for what comes before the bytes.
    func head() async throws(HTTPFailure) -> Head {
        await wait(for: .head)
        let (head, end) = state.withLock { ($0.head, $0.end) }
        if let head { return head }
        if case .failure(let failure) = end { throw failure }
        throw HTTPFailure(
            stage: .notUnderstood, endpoint: endpoint, detail: "the connection ended in order, without a head", requestSent: true)
    }

    /// All bytes that have come since the last call, at least one; `nil` at the end.
    func next() async throws(HTTPFailure) -> [UInt8]? {
        await wait(for: .bytes)
        let (bytes, end, wasPaused) = state.withLock { state in
            let bytes = state.buffer
            state.buffer = []
            let wasPaused = state.isPaused
            state.isPaused = false
            return (bytes, state.end, wasPaused)
        }
        if wasPaused { loop.resume(ticket) }
        if !bytes.isEmpty { return bytes }
        if case .failure(let failure) = end { throw failure }
        return nil
    }

    /// Ends the transfer, if it has not ended, and frees its connection.
    func abandon() {
        let wasOpen = update { state in
            defer {
                state.isAbandoned = true
                if state.end == nil {
                    state.end = .failure(HTTPFailure(stage: .cancelled, endpoint: endpoint, requestSent: true))
                }
            }
            return state.end == nil
        }
        if wasOpen { loop.cancel(ticket) }
    }

    private func wait(for wanted: Wanted) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    let isReady = state.end != nil || (wanted == .head ? state.head != nil : !state.buffer.isEmpty)
                    if !isReady { state.reader = continuation }
                    return isReady
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            abandon()
        }
    }
}
