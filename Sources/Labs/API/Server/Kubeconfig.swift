internal import Foundation

/// The text of a kubeconfig for a lab's server.
package enum Kubeconfig {
    /// How a client says who it is.
    package enum Credential: Sendable {
        case certificate(Certificates.Pair)
        case token(String)
    }

    /// One cluster, one user and one context, all three of one name, everything inline.
    ///
    /// - Parameter name: tells the tool what kind of site it is at: `plumbline-lab`, `plumbline-lab-emulated`.
    package static func text(
        host: String, port: Int, authorityPEM: String, credential: Credential, namespace: String = "default",
        name: String = "plumbline-lab"
    ) -> String {
        func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
        let user: String
        switch credential {
        case .certificate(let pair):
            user = """
                    client-certificate-data: \(base64(pair.certificatePEM))
                    client-key-data: \(base64(pair.keyPEM))
                """
        case .token(let token): user = "    token: \(token)"
        }
        return """
            apiVersion: v1
            kind: Config
            current-context: \(name)
            clusters:
            - name: \(name)
              cluster:
                server: https://\(host):\(port)
                certificate-authority-data: \(base64(authorityPEM))
            contexts:
            - name: \(name)
              context:
                cluster: \(name)
                user: \(name)
                namespace: \(namespace)
            users:
            - name: \(name)
              user:
            \(user)

            """
    }
}
