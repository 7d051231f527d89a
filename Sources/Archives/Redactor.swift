package import Facts

/// Takes secrets out of an answer before it is written anywhere: private keys, tokens, what stands behind `Authorization:`
/// and under the keys that hold credentials in kubeconfigs, API objects and environments, and the secrets of this run by value.
package struct Redactor: Sendable {
    /// What stands in the place of a secret.
    package static let mark = "[redacted]"

    private let secrets: [[UInt8]]

    /// - Parameter secrets: this run's own, which are found wherever they stand. Shorter ones than 8 bytes are not looked for:
    ///   they would be found in half of all answers.
    package init(secrets: [Redacted<String>] = []) {
        self.secrets = secrets.map { Array($0.secret.utf8) }.filter { $0.count >= 8 }.sorted { $0.count > $1.count }
    }

    /// The bytes without secrets, and how many were taken out.
    package func redact(_ bytes: [UInt8]) -> (bytes: [UInt8], count: Int) {
        var scanner = SecretScanner(bytes, secrets: secrets)
        scanner.run()
        return scanner.count == 0 ? (bytes, 0) : (scanner.output, scanner.count)
    }

    package func redact(_ text: String) -> String {
        let (bytes, count) = redact(Array(text.utf8))
        return count == 0 ? text : String(decoding: bytes, as: UTF8.self)
    }
}
