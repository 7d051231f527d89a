/// How a lab's API server is set up.
package struct APIServerConfiguration: Sendable {
    /// What the server shows and whom it trusts, in PEM.
    package struct TLS: Sendable {
        package let certificatePEM: String
        package let keyPEM: String
        /// Clients with a certificate of this authority are who their certificate says.
        package let clientCAPEM: String

        package init(certificatePEM: String, keyPEM: String, clientCAPEM: String) {
            self.certificatePEM = certificatePEM
            self.keyPEM = keyPEM
            self.clientCAPEM = clientCAPEM
        }
    }

    package enum Authorization: Sendable {
        /// Everyone who is known may do everything.
        case open
        /// The roles and bindings in the store decide.
        case rbac
    }

    package var tls: TLS
    /// What is shown while `faults.isForeign`; nil: nothing but `tls` ever is.
    package var foreignTLS: TLS?
    /// Bearer tokens and whom they stand for.
    package var tokens: [String: APIUser] = [:]
    package var authorization: Authorization = .open
    /// The port to listen on; 0: a free one.
    package var port = 0
    /// How long every answer takes at least.
    package var latency: Duration = .zero
    /// How the latency is waited out; a site takes note of it here.
    package var wait: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    /// How often a watch that asked for them gets a bookmark.
    package var bookmarkInterval: Duration = .seconds(60)
    package var faults = APIFaults()
    /// Takes note of every right that a request has used; nil: nobody does.
    package var audit: AccessLog?

    package init(tls: TLS) { self.tls = tls }
}
