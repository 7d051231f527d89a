import Facts
import Foundation
import Testing
import Transports

@testable import Kubernetes
@testable import Labs

/// The client against the lab's API: TLS, certificates and all.
@Suite(.timeLimit(.minutes(2)))
struct LabTests {
    private static let pod: JSONValue = [
        "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "ours", "labels": ["run": "r1"]],
        "spec": ["containers": [["name": "c", "image": "busybox:1.28"]]],
    ]

    @Test func aPodIsMadeReadAndDeleted() async throws {
        try await LabBench.run { bench in
            let client = try await bench.client()
            let made = try await client.create(Self.pod, in: .pods("default"))
            #expect(!made.uid.isEmpty)
            let read = try await client.get(.pods("default", "ours"))
            #expect(read.uid == made.uid)
            #expect(try await client.list(.pods("default"), labelSelector: "run=r1").items.map(\.name) == ["ours"])
            #expect(try await client.delete(.pods("default", "ours"), uid: made.uid, gracePeriodSeconds: 1))
        }
    }

    @Test func aTokenIsEnough() async throws {
        try await LabBench.run { bench in
            #expect(try await bench.client(token: "token-of-jane").list(.nodes()).items.count == 3)
            let client = try await bench.client(token: "wrong")
            let failure = await ClusterPeer.failure { () throws(KubernetesFailure) in try await client.list(.nodes()) }
            #expect(failure?.kind == .unauthorized)
        }
    }

    @Test func aCommandRunsInAContainer() async throws {
        try await LabBench.run { bench in
            let client = try await bench.client()
            #expect(
                try await client.exec(namespace: "default", pod: "running", argv: ["fail", "3"])
                    == ExecOutput(stdout: Array("out\n".utf8), stderr: Array("err\n".utf8), exitCode: 3))
            let input = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            #expect(try await client.exec(namespace: "default", pod: "running", argv: ["cat"], stdin: input).stdout == input)
            #expect(
                try await client.exec(namespace: "default", pod: "running", argv: ["large", "10000000"]).stdout.count
                    == 10_000_000)
        }
    }

    @Test func twoHundredCommandsRunAtOnce() async throws {
        try await LabBench.run { bench in
            let client = try await bench.client()
            let codes = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        try await client.exec(namespace: "default", pod: "running", argv: ["fail", "\(number % 7)"]).exitCode
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(codes == (0..<200).reduce(0) { $0 + $1 % 7 })
        }
    }

    @Test func aWatchSeesWhatIsDone() async throws {
        try await LabBench.run { bench in
            let client = try await bench.client()
            var seen: [String] = []
            for try await event in client.watch(.pods("default"), labelSelector: "run=r1", deadline: .seconds(20)) {
                switch event {
                case .synchronized: _ = try await client.create(Self.pod, in: .pods("default"))
                case .added(let object):
                    seen.append("added \(object.name)")
                    try await client.delete(.pods("default", "ours"), uid: object.uid, gracePeriodSeconds: 0)
                case .modified(let object): seen.append("modified \(object.name)")
                case .deleted(let object): seen.append("deleted \(object.name)")
                case .vanished: seen.append("vanished")
                }
                if seen.last == "deleted ours" { break }
            }
            #expect(seen.first == "added ours")
            #expect(seen.last == "deleted ours")
        }
    }

    @Test func aCertificateForAnotherNameIsNamed() async throws {
        let identity = try await LabBench.certificate(names: ["DNS:api.example.com"])
        try await LabBench.run(identity: identity) { bench in
            let client = try await bench.client()
            let failure = await ClusterPeer.failure { () throws(KubernetesFailure) in try await client.list(.nodes()) }
            #expect(failure?.kind == .unreachable)
            #expect(failure?.sentence.contains("the server's certificate is for another name") == true)
            #expect(
                failure?.next
                    == "look at the server address in context 'lab' of /etc/lab.yaml, or set tls-server-name to a name in the certificate"
            )
            // … which tls-server-name then answers.
            let named = try await bench.client { $0.serverName = "api.example.com" }
            #expect(try await named.list(.nodes()).items.count == 3)
            #expect(try await named.exec(namespace: "default", pod: "running", argv: ["echo", "x"]).exitCode == 0)
        }
    }

    @Test func anUnknownAuthorityIsNamed() async throws {
        let stranger = try await Certificates().authority
        try await LabBench.run { bench in
            let client = try await bench.client { $0.authorities = Array(stranger.certificatePEM.utf8) }
            let failure = await ClusterPeer.failure { () throws(KubernetesFailure) in try await client.list(.nodes()) }
            #expect(failure?.sentence.contains("signed by an authority that is not trusted here") == true)
            #expect(
                failure?.next == "look at certificate-authority-data in context 'lab' of /etc/lab.yaml: is it this cluster's?")
            let careless = try await bench.client {
                $0.authorities = nil
                $0.verifiesServer = false
            }
            #expect(try await careless.list(.nodes()).items.count == 3)
        }
    }

    @Test func speakingPlainlyToATLSServerIsNoHTTP() async throws {
        try await LabBench.run { bench in
            let engine = try HTTPEngine()
            var failure: HTTPFailure?
            do throws(HTTPFailure) {
                _ = try await engine.response(for: HTTPRequest(url: "http://127.0.0.1:\(bench.port)/"))
            } catch {
                failure = error
            }
            #expect([.reset, .notUnderstood].contains(failure?.stage))
        }
    }

    @Test func aKeyThatFitsNoCertificateIsNotSent() async throws {
        try await LabBench.run { bench in
            let client = try await bench.client { $0.clientKey = Redacted(Array("no key".utf8)) }
            let failure = await ClusterPeer.failure { () throws(KubernetesFailure) in try await client.list(.nodes()) }
            #expect(failure?.kind == .configuration)
            #expect(failure?.sentence.contains("the request could not be made with context 'lab' of /etc/lab.yaml") == true)
        }
    }
}
