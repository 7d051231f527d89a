internal import Facts

extension SSHSession {
    /// Tries what ssh would try, in its order: keys of the agent that an identity file names, other keys of the agent, identity
    /// files, then a password where one is referred to. Stops at the first that is accepted.
    func logIn(_ operation: SSHOperation, _ keys: SSHKeyring) async throws(SSHFailure) {
        var tried: [String] = []
        let files = await keys.keyFiles(endpoint.identityFiles)
        let link = linkToAgent()
        var held: [SSHAgentKey] = []
        if let link {
            held = try await agentKeys(operation, link, keys)
            for key in preferred(held, files) where try await logIn(operation, .agent(key), link, &tried) { return }
        }
        for file in files where !held.contains(where: { $0.publicKey == file.publicKey }) {
            let fetched = try await withoutDeadline(operation) { await keys.identity(of: file, passphrase: secrets.passphrase) }
            guard let identity = fetched else { continue }
            if try await logIn(operation, identity, link, &tried) { return }
        }
        if let password = secrets.password, try await logIn(operation, password, keys, &tried) { return }
        // The question itself is an attempt to log in with nothing, which some devices of a lab accept.
        let methods = try await offered(operation)
        if library?.isLoggedIn == true { return }
        throw failure(.authentication(user: endpoint.user, offered: methods, tried: tried))
    }

    private var secrets: (passphrase: SecretReference?, password: SecretReference?) {
        let options = settings.hosts[endpoint.alias]
        return (options?.passphrase ?? settings.passphrase, options?.password ?? settings.password)
    }

    private func preferred(_ held: [SSHAgentKey], _ files: [SSHKeyFile]) -> [SSHAgentKey] {
        let named = files.compactMap(\.publicKey).flatMap { blob in held.filter { $0.publicKey == blob } }
        return endpoint.identitiesOnly ? named : named + held.filter { !named.contains($0) }
    }

    private func logIn(
        _ operation: SSHOperation, _ identity: SSHIdentity, _ link: SSHAgentLink?, _ tried: inout [String]
    ) async throws(SSHFailure) -> Bool {
        let user = endpoint.user
        switch identity {
        case .unusable(let label):
            tried.append(label)
            return false
        case .file(let contents, let label):
            tried.append(label)
            return try accepted(
                try await settle(operation) { $0.authenticate(user: user, key: contents, passphrase: nil) })
        case .rsa(let key, let label):
            tried.append(label)
            for algorithm in rsaAlgorithms {
                let isIn = try await logIn(operation, showing: algorithm.renamed(key.publicKey)) {
                    _, request throws(SSHFailure) in
                    key.sign(request, as: algorithm)
                }
                if isIn { return true }
            }
            return false
        case .agent(let key):
            guard let link else { return false }
            return try await logIn(operation, key, link, &tried)
        }
    }

    /// SHA-2 first. SHA-1, for old devices, only where the ssh configuration names it for the host.
    private var rsaAlgorithms: [RSAAlgorithm] {
        endpoint.publicKeyAlgorithms.contains("ssh-rsa") ? [.sha512, .sha1] : [.sha512]
    }

    /// With a key that the agent holds.
    private func logIn(
        _ operation: SSHOperation, _ key: SSHAgentKey, _ link: SSHAgentLink, _ tried: inout [String]
    ) async throws(SSHFailure) -> Bool {
        let type = key.type
        guard SSHPrivateKey.Kind(rawValue: type) != nil else {
            tried.append("\(type) of the agent (\(key.comment); not tried: this transport cannot show it)")
            return false
        }
        tried.append("\(type) of the agent (\(key.comment))")
        let algorithms: [RSAAlgorithm?] = type == "ssh-rsa" ? rsaAlgorithms : [nil]
        for algorithm in algorithms {
            let shown = algorithm?.renamed(key.publicKey) ?? key.publicKey
            let flags = algorithm?.agentFlag ?? 0
            let isIn = try await logIn(operation, showing: shown) { operation, request throws(SSHFailure) in
                let message = SSHAgentMessages.signRequest(publicKey: key.publicKey, data: request, flags: flags)
                return try await ask(operation, link, message).flatMap { SSHAgentMessages.signature($0) }
            }
            if isIn { return true }
        }
        return false
    }

    /// With a key that `sign` signs for, once the server has said that it would take it.
    private func logIn(
        _ operation: SSHOperation, showing publicKey: [UInt8],
        sign: nonisolated(nonsending) (SSHOperation, [UInt8]) async throws(SSHFailure) -> [UInt8]?
    ) async throws(SSHFailure) -> Bool {
        operation.signing = SSHSigning()
        let user = endpoint.user
        while true {
            let step = try await settle(operation) { library -> LibSSH2.Step<Int> in
                let step = library.authenticate(user: user, publicKey: publicKey, signing: operation.signing)
                guard case .again = step, operation.signing.request != nil else { return step }
                return .done(Self.signerHasTurn)
            }
            guard case .done(Self.signerHasTurn) = step, let request = operation.signing.request else {
                return try accepted(step)
            }
            operation.signing.answer(try await sign(operation, request))
        }
    }

    private static var signerHasTurn: Int { 1 }

    /// With a password. Where the server asks for it by keyboard-interactive and refuses the answer, it is not sent a second time:
    /// accounts are locked after a few.
    private func logIn(
        _ operation: SSHOperation, _ reference: SecretReference, _ keys: SSHKeyring, _ tried: inout [String]
    ) async throws(SSHFailure) -> Bool {
        let password: Redacted<String>
        let purpose = "password of \(endpoint.user)@\(endpoint.alias)"
        switch try await withoutDeadline(operation, { await keys.password(reference, for: purpose) }) {
        case .success(let secret): password = secret
        case .failure(let refusal):
            tried.append("password (not tried: none from \(reference): \(refusal.reason))")
            return false
        }
        let user = endpoint.user
        tried.append("keyboard-interactive with the password from \(reference)")
        let step = try await settle(operation) { $0.authenticateInteractively(user: user, secret: password) }
        if try accepted(step) { return true }
        if library?.hasGivenSecret == true { return false }
        tried[tried.count - 1] = "password from \(reference)"
        return try accepted(try await settle(operation) { $0.authenticate(user: user, password: password) })
    }

    /// What the server would have taken, for the sentence; empty when it does not say.
    private func offered(_ operation: SSHOperation) async throws(SSHFailure) -> [String] {
        let user = endpoint.user
        guard case .done(let methods) = try await settle(operation, { $0.offeredMethods(user: user) }) else { return [] }
        return methods
    }

    /// A refusal leaves the connection open; anything else has ended it.
    private func accepted(_ step: LibSSH2.Step<Int>) throws(SSHFailure) -> Bool {
        guard case .refused(let code, let text) = step else { return true }
        if LibSSH2.endsConnection(code) { throw failure(.dropped(.loggingIn, bytesSoFar: 0, reason: text)) }
        return false
    }
}
