/// Something worth knowing beside a verdict: a lint, a deprecated way that works, a driver's quirk. It is shown and counted
/// and never changes the exit code.
package struct Note: Hashable, Sendable {
    /// Kebab case and stable: `ips-without-capability`.
    package let code: String
    /// A whole sentence.
    package let sentence: String

    package init(code: String, sentence: String) {
        self.code = code
        self.sentence = sentence
    }
}
