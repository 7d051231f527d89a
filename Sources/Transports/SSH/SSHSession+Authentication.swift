extension SSHSession {
    /// Tries what ssh would try, in its order: keys of the agent that an identity file names, other keys of the agent, identity
    /// files. Stops at the first that is accepted.
    func logIn(_ operation: SSHOperation, _ keys: SSHKeyring) async throws(SSHFailure) {
        var tried: [String] = []
        let files = await keys.keyFiles(endpoint.identityFiles)
        if let link = linkToAgent() {
            let held = try await agentKeys(operation, link, keys)
            for key in preferred(held, files) where try await logIn(operation, link, key, &tried) { return }
        }
        for file in files where try await logIn(operation, file, &tried) { return }
        throw failure(.authentication(user: endpoint.user, offered: try await offered(operation), tried: tried))
    }

    private func preferred(_ held: [SSHAgentKey], _ files: [SSHKeyFile]) -> [SSHAgentKey] {
        let named = files.compactMap(\.publicKey).flatMap { blob in held.filter { $0.publicKey == blob } }
        return endpoint.identitiesOnly ? named : named + held.filter { !named.contains($0) }
    }

    /// With a key that the agent holds.
    private func logIn(
        _ operation: SSHOperation, _ link: SSHAgentLink, _ key: SSHAgentKey, _ tried: inout [String]
    ) async throws(SSHFailure) -> Bool {
        var reader = SSHMessageReader(key.publicKey)
        let type = reader.text() ?? "?"
        tried.append("\(type) of the agent (\(key.comment))")
        operation.signing = SSHSigning()
        while true {
            let step = try await settle(operation) { library -> LibSSH2.Step<Bool> in
                switch library.authenticate(user: self.endpoint.user, publicKey: key.publicKey, signing: operation.signing) {
                case .done: .done(true)
                case .refused(let code, let text): .refused(code: code, text: text)
                case .again: operation.signing.request != nil ? .done(false) : .again
                }
            }
            switch step {
            case .done(true): return true
            case .refused(let code, let text):
                try ensureOpen(code, text)
                return false
            case .done(false), .again: break
            }
            guard let request = operation.signing.request else { continue }
            let answer = try await ask(
                operation, link, SSHAgentMessages.signRequest(publicKey: key.publicKey, data: request, flags: 0))
            operation.signing.answer(answer.flatMap { SSHAgentMessages.signature($0) })
        }
    }

    /// With a key file. One that is encrypted is left to the agent.
    private func logIn(_ operation: SSHOperation, _ file: SSHKeyFile, _ tried: inout [String]) async throws(SSHFailure) -> Bool {
        guard let contents = file.contents else { return false }
        if file.isEncrypted {
            tried.append("\(file.path) (not tried: it has a passphrase and no agent holds it)")
            return false
        }
        tried.append("\(file.type ?? "key") of \(file.path)")
        let user = endpoint.user
        switch try await settle(operation, { $0.authenticate(user: user, key: contents, passphrase: nil) }) {
        case .done: return true
        case .refused(let code, let text):
            try ensureOpen(code, text)
            return false
        case .again: return false
        }
    }

    /// What the server would have taken, for the sentence; empty when it does not say.
    private func offered(_ operation: SSHOperation) async throws(SSHFailure) -> [String] {
        let user = endpoint.user
        guard case .done(let methods) = try await settle(operation, { $0.offeredMethods(user: user) }) else { return [] }
        return methods
    }

    /// A refusal of a key leaves the connection open; anything else has ended it.
    private func ensureOpen(_ code: Int32, _ text: String) throws(SSHFailure) {
        if LibSSH2.endsConnection(code) { throw failure(.dropped(.loggingIn, bytesSoFar: 0, reason: text)) }
    }
}
