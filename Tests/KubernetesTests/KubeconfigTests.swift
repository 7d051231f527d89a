import Facts
import Foundation
import Testing
import Transports

@testable import Kubernetes

struct KubeconfigTests {
    private static func config(
        server: String = "https://192.0.2.7:6443", cluster: String = "", user: String = "token: t1", context: String = ""
    ) -> String {
        """
        apiVersion: v1
        kind: Config
        current-context: lab
        clusters:
        - name: c1
          cluster:
            server: \(server)
            \(cluster)
        users:
        - name: u1
          user:
            \(user)
        contexts:
        - name: lab
          context:
            cluster: c1
            user: u1
            \(context)
        """
    }

    private func resolve(_ text: String, context: String? = nil, namespace: String? = nil) throws -> ClusterAccess {
        let folder = try Folder()
        let path = try folder.write("config", text)
        return try ClusterSettings(kubeconfigPath: path, context: context, namespace: namespace, environment: [:]).resolve()
    }

    private func sentence(_ text: String, context: String? = nil) throws -> String? {
        do {
            _ = try resolve(text, context: context)
            return nil
        } catch let failure as KubernetesFailure {
            #expect(failure.kind == .configuration)
            return failure.description.replacing(/\/\S*\/plumbline-kubeconfig-[^\/]*\//, with: "")
        }
    }

    private func secret(_ credentials: Credentials) -> String? {
        switch credentials {
        case .token(let token): token.secret
        case .basic(let user, let password): "\(user):\(password.secret)"
        case .tokenFile(let path): path
        default: nil
        }
    }

    @Test func aPlainConfigurationIsRead() throws {
        let access = try resolve(Self.config(context: "namespace: net-test"))
        #expect(access.server == "https://192.0.2.7:6443")
        #expect(access.namespace == "net-test")
        #expect(access.contextName == "lab")
        #expect(secret(access.credentials) == "t1")
        #expect(access.route.verifiesServer)
        #expect(access.route.authorities == nil)
    }

    @Test func theFlagsWinOverTheFile() throws {
        #expect(try resolve(Self.config(context: "namespace: net-test"), namespace: "other").namespace == "other")
        #expect(try resolve(Self.config()).namespace == "default")
    }

    @Test func certificatesAreTakenInlineOrFromFilesBesideTheConfiguration() throws {
        let folder = try Folder()
        _ = try folder.write("ca.pem", "CA")
        _ = try folder.write("key.pem", "KEY")
        let path = try folder.write(
            "config",
            Self.config(
                cluster: "certificate-authority: ca.pem",
                user: "client-certificate-data: \(Data("CERT".utf8).base64EncodedString())\n    client-key: key.pem"))
        let access = try ClusterSettings(kubeconfigPath: path, environment: [:]).resolve()
        #expect(access.route.authorities == Array("CA".utf8))
        #expect(access.route.clientCertificate == Array("CERT".utf8))
        #expect(access.route.clientKey?.secret == Array("KEY".utf8))
    }

    @Test(arguments: [
        ("tls-server-name: api.example.com", "api.example.com")
    ])
    func theServersNameCanBeAnother(_ line: String, _ name: String) throws {
        #expect(try resolve(Self.config(cluster: line)).route.serverName == name)
    }

    @Test func aProxyAndNoVerificationAreRead() throws {
        #expect(
            try resolve(Self.config(cluster: "proxy-url: socks5://192.0.2.1:1080")).route.proxy?.secret
                == "socks5://192.0.2.1:1080")
        #expect(try !resolve(Self.config(cluster: "insecure-skip-tls-verify: true")).route.verifiesServer)
    }

    @Test(arguments: [
        ("username: op\n    password: pw", "op:pw"),
        ("token: t\n    tokenFile: /var/run/token", "/var/run/token"),
    ])
    func otherWaysOfAuthenticationAreRead(_ user: String, _ expected: String) throws {
        #expect(secret(try resolve(Self.config(user: user)).credentials) == expected)
    }

    @Test func impersonationIsRead() throws {
        let access = try resolve(Self.config(user: "token: t\n    as: jane\n    as-groups: [a, b]"))
        #expect(access.impersonation == Impersonation(user: "jane", groups: ["a", "b"]))
    }

    /// Kubernetes, "Organizing Cluster Access Using kubeconfig Files": the first file to set a value or a map key wins.
    @Test func ofSeveralFilesTheFirstWinsEntryByEntry() throws {
        let folder = try Folder()
        let first = try folder.write(
            "one",
            "apiVersion: v1\nkind: Config\nusers:\n- name: u1\n  user: {token: from-one}\ncontexts:\n- name: lab\n  context: {cluster: c1, user: u1}\n"
        )
        let second = try folder.write("two", Self.config(user: "username: never\n    password: never"))
        let access = try ClusterSettings(
            environment: ["KUBECONFIG": "\(first):\(folder.url.path)/missing:\(second)", "HOME": "/nonexistent"]
        ).resolve()
        #expect(secret(access.credentials) == "from-one")
        #expect(access.server == "https://192.0.2.7:6443")
        #expect(access.contextName == "lab")
    }

    @Test func withoutAnyFileAPodUsesItsServiceAccount() throws {
        let folder = try Folder()
        let token = try folder.write("token", "t\n")
        _ = try folder.write("ca.crt", "CA")
        _ = try folder.write("namespace", "runner")
        let access = try ClusterSettings(
            environment: ["HOME": "/nonexistent", "KUBERNETES_SERVICE_HOST": "fd00::1", "KUBERNETES_SERVICE_PORT": "443"],
            serviceAccountFolder: folder.url.path
        ).resolve()
        #expect(access.server == "https://[fd00::1]:443")
        #expect(access.namespace == "runner")
        #expect(secret(access.credentials) == token)
    }

    @Test func whatIsWrongIsNamedWithItsPlace() throws {
        #expect(try sentence(Self.config(), context: "prod") == "cluster: context 'prod' is not in config; there are: lab")
        #expect(
            try sentence(Self.config(server: "192.0.2.7:port"))
                == "cluster: config:7:13: server of cluster 'c1': expected https://host:port, found '192.0.2.7:port'")
        #expect(
            try sentence(Self.config(user: "auth-provider: {name: gcp}"))
                == "cluster: config:12:20: user 'u1' uses the auth-provider 'gcp', which Kubernetes removed in 1.26; use an exec credential plugin instead (gke-gcloud-auth-plugin)"
        )
        #expect(
            try sentence(Self.config(user: "client-certificate-data: Q0VSVA=="))
                == "cluster: config:12:5: user 'u1' has a client certificate without its key")
        #expect(
            try sentence(Self.config(cluster: "certificate-authority: missing.pem"))
                == "cluster: the certificate authority of 'c1' in config: expected to read missing.pem, but: No such file or directory"
        )
        #expect(
            try sentence(Self.config(cluster: "certificate-authority-data: '*'"))
                == "cluster: config:8:33: the certificate authority of 'c1': expected base64 text, found something else")
        #expect(try sentence("a: [1")?.hasPrefix("cluster: this kubeconfig cannot be read: config:") == true)
        #expect(
            try sentence("- 1\n")
                == "cluster: config:1:1: expected a kubeconfig (a mapping with clusters, users and contexts), found a list")
    }

    @Test func noConfigurationAtAllSaysWhatWasLookedFor() throws {
        do {
            _ = try ClusterSettings(environment: ["HOME": "/nonexistent"]).resolve()
            Issue.record("something was found")
        } catch {
            #expect(
                error.sentence
                    == "cluster: no cluster is configured: expected --kubeconfig, KUBECONFIG, ~/.kube/config or a pod's service account, found none of them"
            )
        }
    }

    @Test func aVariableThatNamesNoFileIsToldWithItsPath() throws {
        do {
            _ = try ClusterSettings(environment: ["HOME": "/nonexistent", "KUBECONFIG": "/nonexistent/a:/nonexistent/b"])
                .resolve()
            Issue.record("something was found")
        } catch {
            #expect(
                error.sentence
                    == "cluster: no cluster is configured: KUBECONFIG names '/nonexistent/a:/nonexistent/b', and no such file is there, nor a pod's service account"
            )
        }
    }

    @Test func secretsAreNotPrinted() throws {
        let access = try resolve(Self.config(user: "token: s3cret"))
        #expect(!"\(access)".contains("s3cret"))
        #expect(!String(reflecting: access).contains("s3cret"))
        var dumped = ""
        dump(access, to: &dumped)
        #expect(dumped.isEmpty == false)
    }
}
