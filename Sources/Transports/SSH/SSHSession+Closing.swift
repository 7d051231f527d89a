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

    /// Closes the connection at once and ends all who wait on it.
    func hangUp() {
        interruptAll()
        library?.sever()
        library = nil
        socket = nil
    }

    /// Whether a new command can be sent on it.
    var isUsable: Bool { !isClosed && !isBroken && library != nil }
}
