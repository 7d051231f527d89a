internal import Facts

/// The keys and secrets of a run: files are read once, passphrases asked for once and keys decrypted once, however many hosts
/// want them; an agent is asked once for what it holds.
actor SSHKeyring {
    private var files: [String: SSHKeyFile?] = [:]
    private var unlocked: [String: SSHIdentity] = [:]
    private var agentKeys: [String: [SSHAgentKey]] = [:]
    private var secrets: [SecretReference: Result<Redacted<String>, SecretReader.Refusal>] = [:]
    /// One at a time: who comes second finds what the first has fetched.
    private let door = SSHTurnstile(width: 1)

    func keyFiles(_ paths: [String]) -> [SSHKeyFile] {
        paths.compactMap { path in
            if let known = files[path] { return known }
            let file = SSHKeyFile(path: path)
            files[path] = .some(file)
            return file
        }
    }

    /// What there is to log in with of a key file; `nil` for a public key alone.
    ///
    /// - Parameter passphrase: where the passphrase is to be had from; `nil` leaves a key behind one unused.
    func identity(of file: SSHKeyFile, passphrase: SecretReference?) async -> SSHIdentity? {
        switch file.form {
        case .publicOnly: return nil
        case .clear: return file.privateKey.map { SSHIdentity($0, path: file.path) } ?? SSHIdentity(pem: file)
        case .encrypted: break
        }
        guard let passphrase else {
            return .unusable(label: "\(file.path) (not tried: it has a passphrase and no agent holds it)")
        }
        await enter()
        defer { door.leave() }
        if let known = unlocked[file.path] { return known }
        let identity = await unlock(file, passphrase)
        unlocked[file.path] = identity
        return identity
    }

    private func unlock(_ file: SSHKeyFile, _ reference: SecretReference) async -> SSHIdentity {
        let secret: Redacted<String>
        switch await fetch(reference, for: "passphrase of \(file.path)") {
        case .success(let fetched): secret = fetched
        case .failure(let refusal):
            return .unusable(label: "\(file.path) (not tried: no passphrase from \(reference): \(refusal.reason))")
        }
        do throws(SSHKeyUnlocking.Refusal) {
            return SSHIdentity(try await SSHKeyUnlocking.unlock(file.path, passphrase: secret), path: file.path)
        } catch {
            switch error {
            case .wrongPassphrase:
                return .unusable(label: "\(file.path) (not tried: the passphrase from \(reference) does not open it)")
            case .unusable(let reason): return .unusable(label: "\(file.path) (not tried: \(reason))")
            }
        }
    }

    /// A password, fetched once.
    func password(_ reference: SecretReference, for purpose: String) async -> Result<Redacted<String>, SecretReader.Refusal> {
        await enter()
        defer { door.leave() }
        return await fetch(reference, for: purpose)
    }

    private func fetch(_ reference: SecretReference, for purpose: String) async -> Result<Redacted<String>, SecretReader.Refusal>
    {
        if let known = secrets[reference] { return known }
        let result: Result<Redacted<String>, SecretReader.Refusal>
        do throws(SecretReader.Refusal) {
            result = .success(try await SecretReader.read(reference, for: purpose))
        } catch {
            result = .failure(error)
        }
        secrets[reference] = result
        return result
    }

    private func enter() async {
        if door.enterAtOnce() { return }
        await withCheckedContinuation { door.wait($0) }
    }

    /// What the agent at `path` holds; `nil` before anyone has asked it.
    func keys(ofAgent path: String) -> [SSHAgentKey]? { agentKeys[path] }

    func remember(_ keys: [SSHAgentKey], ofAgent path: String) { agentKeys[path] = keys }
}
