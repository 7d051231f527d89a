import Facts
import Testing

@testable import Kubernetes

@Suite("Ways of authentication that are not supported")
struct AuthenticationTests {
    private func sentence(_ user: String) throws -> String {
        let folder = try Folder()
        let path = try folder.write(
            "config",
            """
            apiVersion: v1
            kind: Config
            current-context: lab
            clusters:
            - name: c1
              cluster: {server: "https://192.0.2.7:6443"}
            contexts:
            - name: lab
              context: {cluster: c1, user: u1}
            users:
            - name: u1
              user:
                \(user)

            """)
        do throws(KubernetesFailure) {
            _ = try ClusterSettings(kubeconfigPath: path, environment: [:]).resolve()
            return "none"
        } catch {
            #expect(error.kind == .configuration)
            let place = path.split(separator: "/").dropLast().joined(separator: "/")
            return error.description.replacing("/" + place + "/", with: "")
        }
    }

    @Test(arguments: [
        ("gcp", "gke-gcloud-auth-plugin"), ("azure", "kubelogin"), ("oidc", "kubectl oidc-login"),
        ("openstack", "ask whoever runs the cluster which one"),
    ])
    func providersThatKubernetesRemoved(provider: String, instead: String) throws {
        #expect(
            try sentence("auth-provider: {name: \(provider)}")
                == "cluster: config:13:20: user 'u1' uses the auth-provider '\(provider)', which Kubernetes removed in 1.26; "
                + "use an exec credential plugin instead (\(instead))")
    }

    @Test func aKeyThatNobodyKnowsIsNamed() throws {
        #expect(
            try sentence("id-token: abc")
                == "cluster: config:13:5: user 'u1' uses 'id-token', which is no way of authentication that kubectl knows; "
                + "use a token, a tokenFile, a client certificate with its key, or an exec credential plugin")
    }

    @Test func groupsToActForNeedAUserToActFor() throws {
        #expect(
            try sentence("token: t\n    as-groups: [a]")
                == "cluster: config:14:16: user 'u1' has 'as-groups' without 'as': expected whom to act for, as kubectl does")
    }

    /// The head of a PKCS#8 key with a passphrase, RFC 7468 §11, and of the older form, RFC 1421 §4.6.1.1.
    @Test(arguments: [
        "LS0tLS1CRUdJTiBFTkNSWVBURUQgUFJJVkFURSBLRVktLS0tLQo=",
        "LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpQcm9jLVR5cGU6IDQsRU5DUllQVEVECg==",
    ])
    func aKeyWithAPassphraseIsNamed(key: String) throws {
        #expect(
            try sentence("client-certificate-data: Q0VSVA==\n    client-key-data: \(key)")
                == "cluster: config:13:5: the client key of user 'u1' is protected by a passphrase, which a kubeconfig cannot give; "
                + "take the passphrase off (openssl pkey -in KEY -out KEY-WITHOUT), or use an exec credential plugin")
    }
}
