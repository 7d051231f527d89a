/// The keys of a run: files are read once, and an agent is asked once for what it holds.
actor SSHKeyring {
    private var files: [String: SSHKeyFile?] = [:]
    private var agentKeys: [String: [SSHAgentKey]] = [:]

    func keyFiles(_ paths: [String]) -> [SSHKeyFile] {
        paths.compactMap { path in
            if let known = files[path] { return known }
            let file = SSHKeyFile(path: path)
            files[path] = .some(file)
            return file
        }
    }

    /// What the agent at `path` holds; `nil` before anyone has asked it.
    func keys(ofAgent path: String) -> [SSHAgentKey]? { agentKeys[path] }

    func remember(_ keys: [SSHAgentKey], ofAgent path: String) { agentKeys[path] = keys }
}
