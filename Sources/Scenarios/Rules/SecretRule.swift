internal import Facts
internal import Documents

/// Nothing that opens a door stands in a scenario: it is shared, shown and stored with every report.
enum SecretRule {
    /// The advice for a key that looks like a secret; nil for others. Called for keys that the shape does not know.
    static func refusal(_ key: String) -> Ledger.Refusal? {
        let letters = String(key.lowercased().filter { $0.isLetter })
        guard words.contains(where: { letters.contains($0) }) else { return nil }
        return Ledger.Refusal(
            code: "secret", sentence: "'\(key)' looks like a secret, and a scenario is shared and stored with every report",
            suggestion:
                "users, keys and passwords of hosts come from the ssh configuration, those of the cluster from the kubeconfig")
    }

    private static let words = [
        "password", "passwd", "passphrase", "secret", "token", "privatekey", "identityfile", "credential", "apikey", "sshkey",
    ]
}
