internal import Glibc

extension SSHSession {
    /// Opens a way through this session to another host's port.
    ///
    /// - Returns: a connected socket, which becomes the caller's.
    func openTunnel(to host: String, port: Int, within limit: Duration) async throws(SSHFailure) -> Int32 {
        try await operate(within: limit, timedOut: { _ in .timedOut(.channel, after: limit) }) { operation throws(SSHFailure) in
            let channel: OpaquePointer
            do throws(SSHFailure) {
                channel = try await startAlone(operation) { () throws(SSHFailure) in
                    try await expect(operation, .openingChannel) { $0.openForward(to: host, port: port) }
                }
            } catch {
                if operation.interruption != nil {
                    hangUp(.dropped(.waitingForTurn, bytesSoFar: 0, reason: "a way on to \(host) did not open in time"))
                }
                guard case .channelRefused(let reason) = error.cause else { throw error }
                throw failure(.forwardRefused(target: "\(host):\(port)", reason: reason))
            }
            var pair: [Int32] = [0, 0]
            let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
            guard socketpair(AF_UNIX, kind, 0, &pair) == 0 else {
                throw failure(.noRoute(String(cString: strerror(errno))))
            }
            let socket = SSHDescriptor(pair[0], on: loop) { [weak self] in self?.assumeIsolated { $0.moveTunnels() } }
            tunnels.append(SSHTunnel(channel: channel, operation: makeStandingOperation(), socket: socket))
            moveTunnels()
            return pair[1]
        }
    }

    /// Moves what can be moved through all tunnels, and takes away those that are over.
    func moveTunnels() {
        guard !tunnels.isEmpty, !isMovingTunnels, let library else { return }
        isMovingTunnels = true
        defer { isMovingTunnels = false }
        let received = library.received
        var hasMoved = true
        while hasMoved {
            hasMoved = false
            for tunnel in tunnels where !tunnel.isOver {
                let mayCall = mayCall(tunnel.operation)
                hasMoved = tunnel.pump(library, mayCall: mayCall, buffer: loop.readBuffer) || hasMoved
                if mayCall { hold(tunnel.holdsSession, by: tunnel.operation) }
                if tunnel.isOver { attempt { $0.close(tunnel.channel) } }
            }
        }
        for tunnel in tunnels where tunnel.isOver { tunnel.close() }
        tunnels.removeAll { $0.isOver }
        for tunnel in tunnels { tunnel.arm() }
        if library.received != received { wakeAll() }
        arm(library)
        tellEndLater(library)
    }
}
