internal import Glibc

extension SSHSession {
    /// Says goodbye, waiting no longer than `patience` for the socket to take it, and closes the connection.
    func close(patience: Duration = .milliseconds(500)) async {
        guard library != nil, !isClosed else {
            hangUp()
            return
        }
        do throws(SSHFailure) {
            try await operate(within: patience, timedOut: { _ in .closed }) { operation throws(SSHFailure) in
                _ = try await settle(operation) { $0.disconnect() }
            }
        } catch {
            // The other side took no goodbye in time; the connection is closed all the same.
        }
        hangUp()
    }

    /// Closes the connection at once and ends all who wait on it, with `reason`.
    func hangUp(_ reason: SSHFailure.Cause = .closed) {
        interruptAll(reason)
        for tunnel in tunnels { tunnel.close() }
        tunnels = []
        if let keepaliveTimer { loop.cancelTimer(keepaliveTimer) }
        keepaliveTimer = nil
        proxy?.end()
        proxy = nil
        shell = nil
        library?.sever()
        library = nil
        socket = nil
    }

    /// Whether a new command can be sent on it.
    var isUsable: Bool { !isClosed && !isBroken && library != nil }

    // MARK: While nobody asks

    /// Sends a keepalive now and then, so that neither a server's ClientAliveInterval nor a firewall ends a connection that waits
    /// for its next command.
    func scheduleKeepalive() {
        let interval = endpoint.serverAliveInterval ?? .seconds(15)
        keepaliveTimer = loop.schedule(at: .now + interval) { [weak self] in
            self?.assumeIsolated { session in
                guard session.isUsable else { return }
                // Only with nothing under way: the library would send it into a half-sent packet.
                if session.isIdle { session.attempt { $0.sendKeepalive() } }
                session.scheduleKeepalive()
            }
        }
        watchIdle()
    }

    /// Asks to hear of the other side's end while nobody waits for anything.
    func watchIdle() {
        if isIdle, let library { arm(library) }
    }

    /// Looks, without reading, whether the socket has come to its end.
    func noticeEnd() {
        guard let socket, library != nil else { return }
        var byte: UInt8 = 0
        let count = recv(socket.number, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
        if count == 0 || count < 0 && errno != EAGAIN { isBroken = true }
    }
}
