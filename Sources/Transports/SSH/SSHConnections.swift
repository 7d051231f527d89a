internal import CSSH2

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
        case open(any SSHCarrier)
        /// The host is taken as unreachable for the rest of the run, and each command on it is answered with the same words.
        case unreachable(SSHFailure)
    }

    private let settings: SSHSettings
    private let configuration: SSHConfiguration
    private let knownHosts = SSHKnownHostsFiles()
    private let keys = SSHKeyring()
    /// Bounds the connections that are being opened. Never held while a jump host is waited for.
    private let window: SSHTurnstile
    private var places: [SSHTarget: Place] = [:]
    private var sessionsMade = 0
    private var detours: [String: String] = [:]
    private var unreachable: [String: String] = [:]
    /// What was found out of devices that may have no exec channel.
    var channelFindings: [SSHTarget: SSHChannelFinding] = [:]
    /// The connection on which such a device last answered by exec, until the next command there.
    var execCarriers: [SSHTarget: any SSHCarrier] = [:]
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
    ///   - channel: exec channels or a shell. In a shell commands are always serial.
    ///   - deadline: for the command alone, from its turn on the connection to its exit status. Opening the connection has its own.
    /// - Throws: `SSHFailure`. One that concerns the host is given again for every later command on it, without asking again. After
    ///   a connection was lost in mid-run the next command opens another.
    package func run(
        _ command: String, on host: String, fallbackAddress: String? = nil, mode: Mode = .parallel,
        channel: SSHChannelChoice = .exec, deadline: Duration
    ) async throws(SSHFailure) -> CommandOutput {
        let errand = Errand(
            command: command, target: SSHTarget(name: host, options: settings.hosts[host] ?? SSHHostOptions()),
            fallbackAddress: fallbackAddress, isSerial: mode == .serial, channel: channel, deadline: deadline)
        let output = try await run(errand)
        if let reason = output.transportReason {
            detours[host] = "\(host) was asked over \(output.transport.rawValue): \(reason)"
        }
        return output
    }

    /// One command on its way to one host.
    struct Errand {
        let command: String
        let target: SSHTarget
        let fallbackAddress: String?
        let isSerial: Bool
        let channel: SSHChannelChoice
        let deadline: Duration
    }

    /// Hosts that were asked otherwise than on exec channels over libssh2, and why: one sentence each, in order.
    package var detourSentences: [String] { detours.sorted { $0.key < $1.key }.map(\.value) }

    /// Why hosts of the run were not reached, one sentence each, in order of their names. A jump host stands for those behind it.
    package var unreachableSentences: [String] { unreachable.sorted { $0.key < $1.key }.map(\.value) }

    func isOpen(_ target: SSHTarget) async -> Bool {
        guard case .open(let session)? = places[target] else { return false }
        return await session.isUsable
    }

    /// Where `host` would be found, without connecting to it.
    package func endpoint(of host: String) async throws(SSHFailure) -> SSHEndpoint {
        try await configuration.endpoint(for: SSHTarget(name: host, options: settings.hosts[host] ?? SSHHostOptions()))
    }

    /// Says goodbye on every connection and closes it. Commands under way end with `SSHFailure`, later ones are not begun.
    package func closeAll() async {
        isClosed = true
        let sessions = places.values.compactMap { place in
            if case .open(let session) = place { session } else { nil }
        }
        places = [:]
        execCarriers = [:]
        // Those that go through others first, or their goodbye would not get through.
        for depth in Set(sessions.map(\.depth)).sorted(by: >) {
            await withTaskGroup(of: Void.self) { group in
                for session in sessions where session.depth == depth { group.addTask { await session.close() } }
            }
        }
        // What a few connections leave is reused by the next.
        if sessions.count >= 64 { plumbline_release_memory() }
    }

    // MARK: Sessions

    func session(for target: SSHTarget, fallbackAddress: String?) async throws(SSHFailure) -> any SSHCarrier {
        while true {
            guard !isClosed else { throw SSHFailure(host: target.name, cause: .closed) }
            if Task.isCancelled { throw SSHFailure(host: target.name, cause: .cancelled) }
            switch places[target] {
            case .open(let session)?:
                if await session.isUsable { return session }
                if case .open(let current)? = places[target], current === session { places[target] = nil }
            case .unreachable(let failure)?: throw failure
            case .opening?: await waitForOpening(of: target)
            case nil: return try await open(target, fallbackAddress)
            }
        }
    }

    /// Waits until someone else's attempt is over, whatever came of it. Bounded by that attempt's own deadline.
    private func waitForOpening(of target: SSHTarget) async {
        await withCheckedContinuation { continuation in
            guard case .opening(let waiting)? = places[target] else { return continuation.resume() }
            places[target] = .opening(waiting: waiting + [continuation])
        }
    }

    private func open(_ target: SSHTarget, _ fallbackAddress: String?) async throws(SSHFailure) -> any SSHCarrier {
        places[target] = .opening(waiting: [])
        do throws(SSHFailure) {
            let endpoint = try await configuration.endpoint(for: target)
            let session = try await connect(target, endpoint, fallbackAddress)
            if isClosed {
                await session.close()
                throw SSHFailure(host: target.name, cause: .closed)
            }
            settle(target, .open(session))
            return session
        } catch {
            if error.concernsHost, !error.isOfJumpHost { unreachable[target.name] = error.description }
            settle(target, error.concernsHost ? .unreachable(error) : nil)
            throw error
        }
    }

    private func settle(_ target: SSHTarget, _ place: Place?) {
        guard case .opening(let waiting)? = places.removeValue(forKey: target) else { return }
        places[target] = place
        for continuation in waiting { continuation.resume() }
    }

    /// Opens the jump hosts on the way, each through the one before it. Hosts that share hops share their connections.
    private func route(to endpoint: SSHEndpoint) async throws(SSHFailure) -> SSHRoute {
        if let command = endpoint.proxyCommand { return .command(command) }
        guard let last = endpoint.proxyJump.last else { return .direct }
        guard let hop = SSHTarget(hop: last, through: endpoint.proxyJump.dropLast()), hop.name != endpoint.alias else {
            throw SSHFailure(host: endpoint.alias, cause: .configuration("its ProxyJump '\(last)' is no other host"))
        }
        do throws(SSHFailure) {
            guard let session = try await session(for: hop, fallbackAddress: nil) as? SSHSession else {
                // Then the whole way is the system's ssh's.
                throw SSHFailure(host: hop.name, cause: .systemSSH(said: "a jump host that libssh2 cannot speak to"))
            }
            return .through(session)
        } catch {
            if error.cause == .cancelled || error.cause == .closed { throw SSHFailure(host: endpoint.alias, cause: error.cause) }
            throw SSHFailure(host: endpoint.alias, cause: .jumpHost(error))
        }
    }

    /// Connects over libssh2, and where that turns out not to do for the host, over the system's ssh.
    private func connect(_ target: SSHTarget, _ endpoint: SSHEndpoint, _ fallbackAddress: String?) async throws(SSHFailure)
        -> any SSHCarrier
    {
        if target.options.usesSystemSSH {
            return try await connectBySystem(target, endpoint, because: "it is to be used for this host")
        }
        do throws(SSHFailure) {
            let route = try await route(to: endpoint)
            return try await connect(endpoint, route, fallbackAddress)
        } catch {
            guard await SSHSecondTransport.mayHelp(endpoint, after: error, keys: keys), !isClosed else { throw error }
            do throws(SSHFailure) {
                return try await connectBySystem(target, endpoint, because: SSHSecondTransport.reason(error))
            } catch let second {
                throw SSHSecondTransport.telling(error, or: second)
            }
        }
    }

    private func connectBySystem(
        _ target: SSHTarget, _ endpoint: SSHEndpoint, because reason: String
    ) async throws(SSHFailure) -> SSHSystemSession {
        let proxy = try await proxyCommand(to: endpoint)
        await enterWindow()
        defer { window.leave() }
        let session = try SSHSystemSession(
            endpoint: endpoint, target: target, proxyCommand: proxy, settings: settings, reason: reason)
        try await session.open()
        return session
    }

    /// The way through jump hosts in words for the system's ssh, which by its own ProxyJump would reach each by the user's options
    /// for interactive use. `nil` where there are none.
    private func proxyCommand(to endpoint: SSHEndpoint) async throws(SSHFailure) -> String? {
        guard let last = endpoint.proxyJump.last, let hop = SSHTarget(hop: last, through: endpoint.proxyJump.dropLast()) else {
            return nil
        }
        let before = try await proxyCommand(to: try await configuration.endpoint(for: hop))
        return SSHSystemOptions.proxyCommand(through: hop, before: before, settings)
    }

    /// Connects, once more after a pause where the server was too busy to begin: the one retry there is.
    private func connect(_ endpoint: SSHEndpoint, _ route: SSHRoute, _ fallbackAddress: String?) async throws(SSHFailure)
        -> SSHSession
    {
        await enterWindow()
        defer { window.leave() }
        sessionsMade += 1
        let loop = SSHEventLoop.shared[sessionsMade % SSHEventLoop.shared.count]
        let session = SSHSession(endpoint: endpoint, route: route, settings: settings, on: loop)
        do throws(SSHFailure) {
            try await session.open(fallbackAddress: fallbackAddress, knownHosts: knownHosts, keys: keys)
            return session
        } catch {
            guard error.mayPassByItself, !isClosed else { throw error }
        }
        await loop.pause(for: .milliseconds(400))
        let second = SSHSession(endpoint: endpoint, route: route, settings: settings, on: loop)
        try await second.open(fallbackAddress: fallbackAddress, knownHosts: knownHosts, keys: keys)
        return second
    }

    /// One who is let in after its cancellation finds out when it begins to connect.
    private func enterWindow() async {
        if window.enterAtOnce() { return }
        await withCheckedContinuation { window.wait($0) }
    }
}

extension SSHFailure {
    /// What a server says that is just starting or has too many callers (MaxStartups).
    fileprivate var mayPassByItself: Bool {
        switch cause {
        case .refused, .closedBeforeBanner, .bannerOnly: true
        default: false
        }
    }
}
