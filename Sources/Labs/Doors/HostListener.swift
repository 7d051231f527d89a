internal import Foundation

/// Listening sockets on loopback, one a host, and one thread that accepts on all of them.
///
/// The kernel chooses the ports, and sshd is started for each connection as inetd would, so that a site can come up
/// beside others without anybody guessing a free port.
final class HostListener: Sendable {
    /// A connection that came in; whoever takes it closes it.
    struct Connection: Sendable {
        let host: String
        let descriptor: Int32
    }

    private struct Listening: Sendable {
        let host: String
        let descriptor: Int32
        let isDeaf: Bool
    }

    /// The port of each host, by its name.
    let ports: [String: Int]
    let connections: AsyncStream<Connection>
    private let wakeUp: (read: Int32, write: Int32)

    /// - Parameter deaf: hosts whose port is taken and not listened on: connections to them are refused.
    init(hosts: [String], deaf: Set<String> = []) throws(LabError) {
        var sockets: [Listening] = []
        var ports: [String: Int] = [:]
        for host in hosts {
            let (descriptor, port) = try Self.listen(host, isDeaf: deaf.contains(host))
            sockets.append(Listening(host: host, descriptor: descriptor, isDeaf: deaf.contains(host)))
            ports[host] = port
        }
        var pipes: [Int32] = [0, 0]
        guard pipe(&pipes) == 0 else { throw LabError("no pipe for the site's SSH: \(Self.reason)") }
        pipes.forEach(Self.keepFromChildren)
        self.ports = ports
        wakeUp = (pipes[0], pipes[1])
        let (stream, continuation) = AsyncStream.makeStream(of: Connection.self)
        connections = stream
        let stop = pipes[0]
        let all = sockets
        // A thread of its own: poll blocks, and the cooperative pool must not.
        Thread { Self.accept(on: all, until: stop, continuation) }.start()
    }

    /// Stops accepting, closes the sockets and ends the stream.
    func close() { Glibc.close(wakeUp.write) }

    private static func keepFromChildren(_ descriptor: Int32) { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }

    private static var reason: String { String(cString: strerror(errno)) }

    private static func listen(_ host: String, isDeaf: Bool) throws(LabError) -> (Int32, Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr = in_addr(s_addr: UInt32(0x7f00_0001).bigEndian)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                descriptor >= 0 && bind(descriptor, raw, length) == 0 && (isDeaf || Glibc.listen(descriptor, 128) == 0)
                    && getsockname(descriptor, raw, &length) == 0
            }
        }
        guard bound else { throw LabError("\(host): no port on 127.0.0.1 to listen on: \(reason)") }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    private static func accept(
        on sockets: [Listening], until stop: Int32,
        _ continuation: AsyncStream<Connection>.Continuation
    ) {
        // poll passes over negative descriptors; one that is bound and not listened on would wake it all the time.
        var waiting = (sockets.map { $0.isDeaf ? -1 : $0.descriptor } + [stop]).map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        while true {
            guard poll(&waiting, nfds_t(waiting.count), -1) >= 0 else {
                if errno == EINTR { continue }
                break
            }
            if waiting[sockets.count].revents != 0 { break }
            for (index, socket) in sockets.enumerated() where waiting[index].revents != 0 {
                let descriptor = Glibc.accept(socket.descriptor, nil, nil)
                guard descriptor >= 0 else { continue }
                keepFromChildren(descriptor)
                if case .terminated = continuation.yield(Connection(host: socket.host, descriptor: descriptor)) {
                    Glibc.close(descriptor)
                }
            }
        }
        continuation.finish()
        for socket in sockets { Glibc.close(socket.descriptor) }
        Glibc.close(stop)
    }
}
