import Facts
import Foundation
import HTTPPeer
import Testing
import Transports

@testable import Kubernetes
@testable import Labs

/// Credential plugins as operators' kubeconfigs name them; the protocol is that of Kubernetes, "client-go credential plugins".
@Suite(.timeLimit(.minutes(1)))
struct ExecPluginTests {
    /// A plugin that counts its runs in the file `runs` beside it, and notes what it was told.
    private static func script(_ output: String, exit code: Int = 0, errors: String = "") -> String {
        """
        #!/bin/sh
        here=$(dirname "$0")
        echo "$@" >> "$here/runs"
        printf '%s' "$KUBERNETES_EXEC_INFO" > "$here/info"
        printf '%s' "$PLUGIN_REGION" > "$here/region"
        echo '\(errors)' >&2
        cat <<'END'
        \(output)
        END
        exit \(code)
        """
    }

    private static func credential(_ status: String, version: String = "v1") -> String {
        #"{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/\#(version)","status":{\#(status)}}"#
    }

    private static func config(_ server: String, _ exec: String) -> String {
        """
        apiVersion: v1
        kind: Config
        current-context: lab
        clusters:
        - name: c1
          cluster:
            server: \(server)
            extensions:
            - name: client.authentication.k8s.io/exec
              extension: {audience: 06e3, tenant: "7"}
        users:
        - name: u1
          user:
            exec:
              \(exec.replacingOccurrences(of: "\n", with: "\n      "))
        contexts:
        - name: lab
          context: {cluster: c1, user: u1}
        """
    }

    private static let plain = "apiVersion: client.authentication.k8s.io/v1\ncommand: ./plugin.sh\ninteractiveMode: Never"

    private func client(
        _ folder: Folder, _ peer: HTTPPeer, _ exec: String = plain,
        now: @escaping @Sendable () -> Timestamp = { Timestamp(nanoseconds: 0) }
    ) throws -> KubernetesClient {
        let path = try folder.write("config", Self.config(peer.url, exec))
        let access = try ClusterSettings(kubeconfigPath: path, environment: [:]).resolve()
        return KubernetesClient(access: access, engine: try HTTPEngine(), now: now)
    }

    private func failure(_ client: KubernetesClient, _ folder: Folder) async -> String? {
        let failure = await ClusterPeer.failure { () throws(KubernetesFailure) in try await client.get(.nodes("a")) }
        return failure?.description.replacingOccurrences(of: folder.url.path + "/", with: "")
    }

    private func peer(refusing refused: Set<String> = []) throws -> HTTPPeer {
        let unauthorized = try Recording.response("err-401-badtoken")
        return try HTTPPeer { request, connection in
            if refused.contains(request.header("authorization") ?? "") {
                connection.send(unauthorized)
                return connection.close()
            }
            connection.answer("200 OK", #"{"kind":"Node","apiVersion":"v1","metadata":{"name":"a"}}"#)
        }
    }

    @Test(arguments: ["v1", "v1beta1"])
    func theTokenThatItGivesIsSent(_ version: String) async throws {
        let (folder, peer) = (try Folder(), try peer())
        try folder.write("plugin.sh", Self.script(Self.credential(#""token":"t1""#, version: version)), isExecutable: true)
        let client = try client(
            folder, peer,
            """
            apiVersion: client.authentication.k8s.io/\(version)
            command: ./plugin.sh
            args: [get-token, --cluster, x]
            env:
            - {name: PLUGIN_REGION, value: eu-1}
            interactiveMode: IfAvailable
            provideClusterInfo: true
            """)
        _ = try await client.get(.nodes("a"))
        #expect(peer.requests.first?.header("authorization") == "Bearer t1")
        #expect(try folder.read("runs") == "get-token --cluster x\n")
        #expect(try folder.read("region") == "eu-1")
        #expect(
            try folder.read("info")
                == #"{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/\#(version)","spec":{"interactive":false,"cluster":{"server":"\#(peer.url)","config":{"audience":"06e3","tenant":"7"}}}}"#
        )
    }

    @Test func itIsRunOnceForManyRequests() async throws {
        let (folder, peer) = (try Folder(), try peer())
        try folder.write("plugin.sh", Self.script(Self.credential(#""token":"t1""#)), isExecutable: true)
        let client = try client(folder, peer)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { _ = try await client.get(.nodes("a")) } }
            try await group.waitForAll()
        }
        #expect(try folder.read("runs") == "\n")
        #expect(peer.requests.count == 20)
    }

    @Test func whatHasExpiredIsAskedForAnew() async throws {
        let (folder, peer) = (try Folder(), try peer())
        let output = Self.credential(#""token":"t1","expirationTimestamp":"2026-11-23T22:00:00Z""#)
        try folder.write("plugin.sh", Self.script(output), isExecutable: true)
        let expiry = try #require(Timestamp("2026-11-23T22:00:00Z"))
        let clock = Recorded()
        // The first credential is looked at a second before it expires, everything after that when it has.
        let client = try client(folder, peer) { expiry.advanced(by: clock.next() < 8 ? .seconds(-1) : .seconds(1)) }
        for _ in 0..<6 { _ = try await client.get(.nodes("a")) }
        let runs = try folder.read("runs").count
        #expect(runs > 1)
        #expect(runs < 6)
    }

    @Test func whatTheServerRefusesIsAskedForAnewOnce() async throws {
        let (folder, peer) = (try Folder(), try peer(refusing: ["Bearer t1"]))
        try folder.write("plugin.sh", Self.script(Self.credential(#""token":"t1""#)), isExecutable: true)
        let client = try client(folder, peer)
        let sentence = await failure(client, folder)
        #expect(sentence?.contains("the API server does not accept these credentials (401 Unauthorized)") == true)
        #expect(try folder.read("runs") == "\n\n")
        try folder.write("plugin.sh", Self.script(Self.credential(#""token":"t2""#)), isExecutable: true)
        #expect(await failure(client, folder) == nil)
    }

    @Test func whatItSaysWhenItCannotIsShown() async throws {
        let (folder, peer) = (try Folder(), try peer())
        try folder.write("plugin.sh", Self.script("", exit: 3, errors: "session expired, run: cloud login"), isExecutable: true)
        let client = try client(folder, peer, Self.plain + "\ninstallHint: install cloud-cli first")
        #expect(
            await failure(client, folder)
                == "cluster: the credential plugin 'plugin.sh' of user 'u1' in context 'lab' of config gave no credentials: it ended with 3: session expired, run: cloud login; its makers say: install cloud-cli first"
        )
        #expect(peer.requests.isEmpty)
    }

    @Test(arguments: [
        ("nonsense", "but what it printed is no JSON at line 1, column 1: expected 'null'"),
        (
            #"{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"x"}}"#,
            "but it printed kind 'ExecCredential' of 'client.authentication.k8s.io/v1beta1'"
        ),
        (credential(""), "but its status has neither a token nor a client certificate"),
        (credential(#""clientCertificateData":"x""#), "but it gave a client certificate without its key"),
    ])
    func whatIsNoCredentialIsNamed(_ output: String, _ words: String) async throws {
        let (folder, peer) = (try Folder(), try peer())
        try folder.write("plugin.sh", Self.script(output), isExecutable: true)
        let sentence = await failure(try client(folder, peer), folder)
        #expect(
            sentence?.contains("expected an ExecCredential of client.authentication.k8s.io/v1, \(words)") == true,
            "\(sentence ?? "")")
    }

    @Test func aPluginThatIsNotThereIsNamed() async throws {
        let (folder, peer) = (try Folder(), try peer())
        let client = try client(folder, peer, Self.plain.replacingOccurrences(of: "./plugin.sh", with: "no-such-plugin"))
        let sentence = await failure(client, folder)
        #expect(sentence?.hasPrefix("cluster: the credential plugin 'no-such-plugin' of user 'u1'") == true)
        #expect(sentence?.contains("no-such-plugin could not be started") == true)
    }

    @Test(arguments: [
        (
            "apiVersion: client.authentication.k8s.io/v1alpha1\ncommand: x",
            "cluster: config:15:19: exec of user 'u1' has the apiVersion 'client.authentication.k8s.io/v1alpha1': expected client.authentication.k8s.io/v1 or v1beta1; let the tool that wrote this kubeconfig write it anew; v1alpha1 was removed in Kubernetes 1.24"
        ),
        (
            "apiVersion: client.authentication.k8s.io/v1\ncommand: x",
            "cluster: config:15:7: exec of user 'u1' has the interactiveMode 'none': expected Never, IfAvailable or Always"
        ),
        ("apiVersion: client.authentication.k8s.io/v1", "cluster: config:15:7: exec of user 'u1' has no command"),
    ])
    func aKubeconfigThatCannotBeUsedSaysWhere(_ exec: String, _ sentence: String) throws {
        let folder = try Folder()
        let path = try folder.write("config", Self.config("https://192.0.2.1", exec))
        do {
            _ = try ClusterSettings(kubeconfigPath: path, environment: [:]).resolve()
            Issue.record("it was taken")
        } catch {
            #expect(error.description.replacingOccurrences(of: folder.url.path + "/", with: "") == sentence)
        }
    }

    @Test func onePluginThatAlwaysAsksNeedsATerminal() async throws {
        let (folder, peer) = (try Folder(), try peer())
        try folder.write("plugin.sh", Self.script(Self.credential(#""token":"t1""#)), isExecutable: true)
        let sentence = await failure(
            try client(folder, peer, Self.plain.replacingOccurrences(of: "Never", with: "Always")), folder)
        if isatty(0) == 0 {
            #expect(
                sentence?.contains("it always asks questions (interactiveMode Always), and standard input is no terminal") == true
            )
        }
    }

    @Test func aCertificateThatItGivesIsShownToTheServer() async throws {
        try await LabBench.run(authorization: .rbac) { bench in
            let pair = try await LabBench.administrator()
            let folder = try Folder()
            let escaped = [pair.certificatePEM, pair.keyPEM].map { $0.replacingOccurrences(of: "\n", with: "\\n") }
            let output = Self.credential(#""clientCertificateData":"\#(escaped[0])","clientKeyData":"\#(escaped[1])""#)
            try folder.write("plugin.sh", Self.script(output), isExecutable: true)
            let path = try folder.write("config", Self.config("https://127.0.0.1:\(bench.port)", Self.plain))
            let access = try ClusterSettings(kubeconfigPath: path, environment: [:]).resolve()
            let route = HTTPRoute(authorities: Array(bench.authority.certificatePEM.utf8))
            let trusting = ClusterAccess(
                server: access.server, route: route, credentials: access.credentials, origin: access.origin)
            let client = KubernetesClient(access: trusting, engine: try HTTPEngine()) { .now }
            #expect(try await client.list(.nodes()).items.count == 3)
            #expect(try await client.exec(namespace: "default", pod: "running", argv: ["echo", "x"]).exitCode == 0)
        }
    }
}
