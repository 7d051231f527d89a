extension SSHSession {
    /// Connects, checks the host's key and logs in, within the connection's deadline.
    ///
    /// - Parameter fallbackAddress: where to go when nothing is known about the host but its name, and that has no address.
    func open(fallbackAddress: String?, knownHosts: SSHKnownHostsFiles, keys: SSHKeyring) async throws(SSHFailure) {
        let limit = endpoint.connectTimeout ?? settings.connectDeadline
        do throws(SSHFailure) {
            try await operate(within: limit, timedOut: { _ in .timedOut(stage, after: limit) }) { operation throws(SSHFailure) in
                try await dial(operation, fallbackAddress: fallbackAddress, within: limit)
                let known = await knownHosts.lines(of: endpoint)
                try await shakeHands(operation, known)
                try checkHostKey(known, fallbackAddress: fallbackAddress)
                stage = .authentication
                try await logIn(operation, keys)
            }
        } catch {
            let said = proxyWords(about: error)
            hangUp()
            throw said
        }
        scheduleKeepalive()
    }

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
        let check = SSHHostKeyCheck(key: key, known: known, otherName: fallbackAddress)
        if let finding = check.finding { throw failure(finding) }
    }

    /// Where a ProxyCommand brought no connection, it may have said why.
    private func proxyWords(about error: SSHFailure) -> SSHFailure {
        guard let proxy, case .closedBeforeBanner = error.cause else { return error }
        return failure(.proxyCommand(proxy.command, said: proxy.words))
    }
}
