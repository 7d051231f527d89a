internal import Facts
internal import Transports

/// One connection of a watch, a line at a time; tells as one exchange what came over it, when it ends or is let go.
final class WatchLines {
    private var chunks: HTTPStream.Iterator
    private let client: KubernetesClient
    private let sent: String
    private let started: Timestamp
    private let status: Int
    private var buffer: [UInt8] = []
    private var searched = 0
    /// For the evidence; empty when nobody listens.
    private var told: [UInt8] = []
    private static let evidenceLimitBytes = 4 << 20
    private static let lineLimitBytes = 16 << 20

    init(_ stream: HTTPStream, client: KubernetesClient, sent: String, started: Timestamp) {
        chunks = stream.makeAsyncIterator()
        status = stream.head.status
        self.client = client
        self.sent = sent
        self.started = started
    }

    deinit { client.tell(sent, started: started, .status(status), told) }

    /// The next whole line without its end; `nil` when the server has ended the watch. Half a line at the end is no event.
    func next() async throws(HTTPFailure) -> [UInt8]? {
        while true {
            if let end = buffer[searched...].firstIndex(of: 0x0a) {
                let line = Array(buffer[..<end])
                buffer.removeSubrange(...end)
                searched = 0
                if !line.allSatisfy({ $0 == 0x20 || $0 == 0x0d }) { return line }
                continue
            }
            searched = buffer.count
            guard buffer.count < Self.lineLimitBytes, let bytes = try await chunks.next() else { return nil }
            buffer += bytes
            if client.isObserved, told.count < Self.evidenceLimitBytes { told += bytes }
        }
    }
}
