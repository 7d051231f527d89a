internal import Glibc

extension SSHSession {
    /// Connects, checks the host's key and logs in, within the connection's deadline.
    ///
    /// - Parameters:
    ///   - fallbackAddress: where to go when nothing is known about the host but its name, and that has no address.
    func open(fallbackAddress: String?, knownHosts: SSHKnownHostsFiles, keys: SSHKeyring) async throws(SSHFailure) {
        let limit = endpoint.connectTimeout ?? settings.connectDeadline
        do throws(SSHFailure) {
            try await operate(within: limit, timedOut: { _ in .timedOut(stage, after: limit) }) { operation throws(SSHFailure) in
                try await dial(operation, fallbackAddress: fallbackAddress)
                let known = await knownHosts.lines(of: endpoint)
                try await shakeHands(operation, known)
                try checkHostKey(known, fallbackAddress: fallbackAddress)
                stage = .authentication
                try await logIn(operation, keys)
            }
        } catch {
            hangUp()
            throw error
        }
        lastUse = .now
    }

    // MARK: Connecting

    private func dial(_ operation: SSHOperation, fallbackAddress: String?) async throws(SSHFailure) {
        stage = .nameLookup
        let addresses = try await findAddresses(operation, fallbackAddress: fallbackAddress)
        stage = .connecting
        var last = failure(.unresolved(name: endpoint.hostName, reason: "the answer was empty"))
        for candidate in addresses {
            address = candidate.text
            do throws(SSHFailure) {
                try await connect(operation, to: candidate)
                return
            } catch {
                last = error
                try ensureUninterrupted(operation)
            }
        }
        throw last
    }

    private var family: Int32 {
        switch endpoint.addressFamily {
        case "inet": AF_INET
        case "inet6": AF_INET6
        default: AF_UNSPEC
        }
    }

    private func findAddresses(_ operation: SSHOperation, fallbackAddress: String?) async throws(SSHFailure)
        -> [SSHSocketAddress]
    {
        let name = endpoint.hostName
        if let found = SSHAddresses.numeric(name, port: endpoint.port, family: family) { return found }
        let box = SSHAnswerBox<SSHAddresses.Answer>()
        SSHAddresses.resolve(name, port: endpoint.port, family: family) { answer in
            self.loop.post {
                self.assumeIsolated { _ in box.fill(answer) }
            }
        }
        while box.answer == nil {
            box.waiter = operation
            try await park(operation)
        }
        switch box.answer {
        case .addresses(let found)?: return found
        case .none(let reason)?:
            if name == endpoint.alias, let fallbackAddress,
                let found = SSHAddresses.numeric(fallbackAddress, port: endpoint.port, family: AF_UNSPEC)
            {
                return found
            }
            throw failure(.unresolved(name: name, reason: reason))
        case nil: throw failure(.cancelled)
        }
    }

    private func connect(_ operation: SSHOperation, to target: SSHSocketAddress) async throws(SSHFailure) {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let number = Glibc.socket(target.family, kind, 0)
        guard number >= 0 else { throw failure(.noRoute(String(cString: strerror(errno)))) }
        adopt(number)
        var one: Int32 = 1
        setsockopt(number, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
        let begun = target.bytes.withUnsafeBytes { raw in
            raw.withMemoryRebound(to: sockaddr.self) { Glibc.connect(number, $0.baseAddress, socklen_t(target.bytes.count)) }
        }
        if begun == 0 { return }
        guard errno == EINPROGRESS else { throw connectFailure(errno) }
        while true {
            _ = socket?.arm(reading: false, writing: true)
            try await park(operation)
            var peer = sockaddr_storage()
            var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
            var code: Int32 = 0
            var length = socklen_t(4)
            getsockopt(number, SOL_SOCKET, SO_ERROR, &code, &length)
            if code != 0 { throw connectFailure(code) }
            let isConnected = withUnsafeMutablePointer(to: &peer) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(number, $0, &size) == 0 }
            }
            if isConnected { return }
        }
    }

    private func adopt(_ number: Int32) {
        socket = SSHDescriptor(number, on: loop) { [weak self] in self?.assumeIsolated { $0.socketIsReady() } }
    }

    private func connectFailure(_ code: Int32) -> SSHFailure {
        failure(code == ECONNREFUSED ? .refused : .noRoute(String(cString: strerror(code))))
    }

    // MARK: Key exchange

    private func shakeHands(_ operation: SSHOperation, _ known: SSHKnownHostsFiles.Known) async throws(SSHFailure) {
        stage = .banner
        guard let socket, let library = LibSSH2(descriptor: socket.number) else {
            throw failure(.keyExchange("no memory for a session"))
        }
        self.library = library
        let offer = SSHOffer(endpoint: endpoint, knownTypes: known.hosts.knownTypes(for: known.names), library: library)
        offer.make(to: library)
        let step = try await settle(operation) { library in
            defer { if library.received > 0 { self.stage = .keyExchange } }
            return library.handshake()
        }
        if case .refused(let code, let text) = step {
            throw failure(offer.explain(code: code, text: text, library))
        }
        library.forgetOpening()
    }

    private func checkHostKey(_ known: SSHKnownHostsFiles.Known, fallbackAddress: String?) throws(SSHFailure) {
        guard let key = library?.hostKey else { throw failure(.keyExchange("the server showed no key")) }
        if settings.insecureHostKeys { return }
        var reader = SSHMessageReader(key)
        let type = reader.text() ?? "?"
        let fingerprint = SSHDigest.fingerprint(ofKey: key)
        switch known.hosts.judge(key: key, type: type, names: known.names + (fallbackAddress.map { [$0] } ?? [])) {
        case .known: return
        case .unknown(let otherTypes):
            if known.matchesWithoutPort(key: key, type: type) { return }
            throw failure(
                .hostKeyUnknown(type: type, fingerprint: fingerprint, files: known.files, knownTypes: otherTypes))
        case .changed(let file, let line):
            throw failure(.hostKeyChanged(type: type, fingerprint: fingerprint, file: file, line: line))
        case .revoked(let file, let line):
            throw failure(.hostKeyRevoked(type: type, fingerprint: fingerprint, file: file, line: line))
        case .authorityOnly(let file, let line):
            throw failure(.hostKeyAuthority(type: type, fingerprint: fingerprint, file: file, line: line))
        }
    }
}

/// Where an answer from another thread is put, on the session's loop, for the operation that waits for it.
///
/// `@unchecked Sendable`: it is only touched on the loop that the session lives on; it crosses threads inside a closure alone.
final class SSHAnswerBox<Answer: Sendable>: @unchecked Sendable {
    private(set) var answer: Answer?
    var waiter: SSHOperation?

    func fill(_ value: Answer) {
        answer = value
        waiter?.wake()
    }
}
