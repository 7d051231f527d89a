/// All SSH connections of a run: one for each host, opened at first use, kept, and closed politely at the end.
package actor SSHConnections {
    /// How commands share one connection.
    package enum Mode: Sendable, Hashable {
        /// Several at once, each on a channel of its own: Linux nodes.
        case parallel
        /// One at a time, in the order they came: switches.
        case serial
    }

    private enum Place {
        case opening(waiting: [CheckedContinuation<Void, Never>])
        case open(SSHSession)
        /// The host is taken as unreachable for the rest of the run, and each command on it is answered with the same words.
        case unreachable(SSHFailure)
    }

    private let settings: SSHSettings
    private let configuration: SSHConfiguration
    private let knownHosts = SSHKnownHostsFiles()
    private let keys = SSHKeyring()
    private let window: SSHTurnstile
    private var places: [String: Place] = [:]
    private var sessionsMade = 0
    private var isClosed = false

    package init(settings: SSHSettings) {
        self.settings = settings
        configuration = SSHConfiguration(path: settings.configPath)
        window = SSHTurnstile(width: settings.connectionsOpeningAtOnce)
    }

    /// Runs one command on one host.
    ///
    /// - Parameters:
    ///   - command: as the other side's shell or command line takes it, one line, already checked and quoted.
    ///   - host: the name as the user's ssh knows it.
    ///   - fallbackAddress: where to go when ssh knows nothing but the name and the name has no address: a node's InternalIP.
    ///   - deadline: for the command alone, from its turn on the connection to its exit status. Opening the connection has its own.
    /// - Throws: `SSHFailure`. One that concerns the host is given again for every later command on it, without asking again. After
    ///   a connection was lost in mid-run the next command opens another.
    package func run(
        _ command: String, on host: String, fallbackAddress: String? = nil, mode: Mode = .parallel, deadline: Duration
    ) async throws(SSHFailure) -> CommandOutput {
        let session = try await session(for: host, fallbackAddress: fallbackAddress)
        return try await session.run(command, serial: mode == .serial, deadline: deadline)
    }

    /// Where `host` would be found, without connecting to it.
    package func endpoint(of host: String) async throws(SSHFailure) -> SSHEndpoint {
        try await configuration.endpoint(for: host)
    }

    /// Says goodbye on every connection and closes it. Commands under way end with `SSHFailure`, later ones are not begun.
    package func closeAll() async {
        isClosed = true
        let sessions = places.values.compactMap { place in
            if case .open(let session) = place { session } else { nil }
        }
        places = [:]
        await withTaskGroup(of: Void.self) { group in
            for session in sessions { group.addTask { await session.close() } }
        }
    }

    // MARK: Sessions

    private func session(for host: String, fallbackAddress: String?) async throws(SSHFailure) -> SSHSession {
        while true {
            guard !isClosed else { throw SSHFailure(host: host, cause: .closed) }
            if Task.isCancelled { throw SSHFailure(host: host, cause: .cancelled) }
            switch places[host] {
            case .open(let session)?:
                if await session.isUsable { return session }
                if case .open(let current)? = places[host], current === session { places[host] = nil }
            case .unreachable(let failure)?: throw failure
            case .opening?: await waitForOpening(of: host)
            case nil: return try await open(host, fallbackAddress)
            }
        }
    }

    /// Waits until someone else's attempt is over, whatever came of it. Bounded by that attempt's own deadline.
    private func waitForOpening(of host: String) async {
        await withCheckedContinuation { continuation in
            guard case .opening(let waiting)? = places[host] else { return continuation.resume() }
            places[host] = .opening(waiting: waiting + [continuation])
        }
    }

    private func open(_ host: String, _ fallbackAddress: String?) async throws(SSHFailure) -> SSHSession {
        places[host] = .opening(waiting: [])
        do throws(SSHFailure) {
            try await enterWindow(host)
            defer { window.leave() }
            let endpoint = try await configuration.endpoint(for: host)
            sessionsMade += 1
            let loop = SSHEventLoop.shared[sessionsMade % SSHEventLoop.shared.count]
            let session = SSHSession(endpoint: endpoint, settings: settings, on: loop)
            try await session.open(fallbackAddress: fallbackAddress, knownHosts: knownHosts, keys: keys)
            if isClosed {
                await session.close()
                throw SSHFailure(host: host, cause: .closed)
            }
            settle(host, .open(session))
            return session
        } catch {
            settle(host, error.concernsHost ? .unreachable(error) : nil)
            throw error
        }
    }

    private func settle(_ host: String, _ place: Place?) {
        guard case .opening(let waiting)? = places.removeValue(forKey: host) else { return }
        places[host] = place
        for continuation in waiting { continuation.resume() }
    }

    private func enterWindow(_ host: String) async throws(SSHFailure) {
        if window.enterAtOnce() { return }
        let ticket = window.takeTicket()
        let isIn = await withTaskCancellationHandler {
            await withCheckedContinuation { window.wait(ticket: ticket, $0) }
        } onCancel: {
            // One who is let in after this finds out by the cancellation of its own connecting.
        }
        if !isIn { throw SSHFailure(host: host, cause: .cancelled) }
    }
}
