internal import Foundation

/// A server on a loopback port of its own that does to a client exactly what a test says, byte for byte.
///
/// It is no HTTP library: it reads a request, hands it to the script, and sends what the script sends. One thread a connection.
package final class HTTPPeer: @unchecked Sendable {
    // The proof for `@unchecked`: what changes after init is only touched under `lock`.
    private let lock = NSLock()
    private var received: [PeerRequest] = []
    private var open: [PeerConnection] = []
    private var accepted = 0
    private let listener: Int32
    private let script: @Sendable (PeerRequest, PeerConnection) -> Void
    private let opening: @Sendable (PeerConnection) -> Void
    /// Where it listens, on 127.0.0.1.
    package let port: Int

    package struct Trouble: Error { let what: String }

    /// - Parameters:
    ///   - opening: called first on every connection, for protocols that begin otherwise.
    ///   - script: called once for each request, on a thread of the connection's own; what it has not closed is read on.
    package init(
        opening: @escaping @Sendable (PeerConnection) -> Void = { _ in },
        _ script: @escaping @Sendable (PeerRequest, PeerConnection) -> Void
    ) throws {
        self.script = script
        self.opening = opening
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(descriptor, raw, length) == 0 && listen(descriptor, 512) == 0 && getsockname(descriptor, raw, &length) == 0
            }
        }
        guard bound else { throw Trouble(what: "no port: \(String(cString: strerror(errno)))") }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread { [weak self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0, let self else { break }
                self.serve(connection)
            }
            // Only here, where nobody waits on it any more: its number is given to the next socket at once.
            close(descriptor)
        }.start()
    }

    deinit { stop() }

    /// Lets this peer's script answer a request that another peer has received.
    package func play(_ request: PeerRequest, _ connection: PeerConnection) { script(request, connection) }

    package var url: String { "http://127.0.0.1:\(port)" }

    /// What has been asked so far, in order.
    package var requests: [PeerRequest] { locked { received } }

    /// How many connections have been made to it so far.
    package var connections: Int { locked { accepted } }

    package func stop() {
        let (connections, isFirst) = locked {
            let found = (open, !isStopped)
            isStopped = true
            open = []
            return found
        }
        guard isFirst else { return }
        shutdown(listener, Int32(SHUT_RDWR))
        connections.forEach { $0.close() }
    }

    private var isStopped = false

    private func locked<Value>(_ body: () -> Value) -> Value {
        lock.lock()
        defer { lock.unlock() }
        return body()
    }

    private func serve(_ descriptor: Int32) {
        let connection = PeerConnection(descriptor)
        locked {
            accepted += 1
            open.append(connection)
        }
        let (script, opening) = (self.script, self.opening)
        Thread { [weak self] in
            opening(connection)
            while !connection.isClosed, let request = connection.readRequest() {
                self?.locked { self?.received.append(request) }
                script(request, connection)
            }
            self?.locked { self?.open.removeAll { $0 === connection } }
            connection.finish()
        }.start()
    }
}
