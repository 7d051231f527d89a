import Facts
import HTTPPeer
import Testing

@testable import Kubernetes
@testable import Labs
@testable import Transports

@Suite("Certificates whose time is over", .timeLimit(.minutes(1)))
struct CertificateDatesTests {
    @Test func theDatesAreReadFromTheCertificate() async throws {
        let expired = try await ExpiredCertificate.issue("jane", usage: "clientAuth", by: try await LabBench.authorityPair())
        let dates = try #require(CertificateDates(pem: Array(expired.certificatePEM.utf8)))
        #expect("\(dates.notBefore)".hasPrefix("2020-01-01T00:00:00"))
        #expect("\(dates.notAfter)".hasPrefix("2020-01-02T00:00:00"))
        #expect(dates.complaint(at: .now)?.hasPrefix("expired at 2020-01-02T00:00:00") == true)
        let valid = try #require(CertificateDates(pem: Array(try await LabBench.administrator().certificatePEM.utf8)))
        #expect(valid.complaint(at: .now) == nil)
    }

    @Test(arguments: [
        "", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", "-----BEGIN CERTIFICATE-----\nMIL/////\n",
    ])
    func whatIsNoCertificateHasNoDates(text: String) { #expect(CertificateDates(pem: Array(text.utf8)) == nil) }

    @Test func anExpiredClientCertificateIsNamedWhereTheSessionIsRefused() async throws {
        try await LabBench.run { bench in
            let expired = try await ExpiredCertificate.issue("jane", usage: "clientAuth", by: bench.authority)
            let client = try await bench.client {
                $0.clientCertificate = Array(expired.certificatePEM.utf8)
                $0.clientKey = Redacted(Array(expired.keyPEM.utf8))
            }
            let failure = await ClusterPeer.failure { () throws(KubernetesFailure) in try await client.get(.nodes("worker1")) }
            #expect(failure?.kind == .unreachable)
            #expect(failure?.sentence.contains("the server refused the client certificate") == true, "\(failure?.sentence ?? "")")
            #expect(
                failure?.sentence.contains("; the client certificate of user 'admin' expired at 2020-01-02T00:00:00") == true,
                "\(failure?.sentence ?? "")")
            #expect(failure?.next?.hasPrefix("renew the client certificate of user 'admin' in context 'lab'") == true)
        }
    }

    /// A true API server takes the session and answers 401 without a word of the certificate.
    @Test func anExpiredClientCertificateIsNamedBesideA401() async throws {
        let expired = try await ExpiredCertificate.issue("jane", usage: "clientAuth", by: try await LabBench.authorityPair())
        let peer = try HTTPPeer { _, connection in
            connection.answer(
                "401 Unauthorized",
                #"{"kind":"Status","status":"Failure","message":"Unauthorized","reason":"Unauthorized","code":401}"#)
        }
        let route = HTTPRoute(
            clientCertificate: Array(expired.certificatePEM.utf8), clientKey: Redacted(Array(expired.keyPEM.utf8)))
        let access = ClusterAccess(server: peer.url, route: route, userName: "jane", origin: "context 'lab' of /etc/lab.yaml")
        let client = KubernetesClient(access: access, engine: try HTTPEngine()) { .now }
        let failure = await ClusterPeer.failure { () throws(KubernetesFailure) in try await client.get(.nodes("a")) }
        #expect(failure?.kind == .unauthorized)
        #expect(
            failure?.sentence.contains(
                "(401 Unauthorized): Unauthorized; the client certificate of user 'jane' expired at 2020-01-02") == true,
            "\(failure?.sentence ?? "")")
    }

    @Test func anExpiredServerCertificateHasItsOwnSentence() async throws {
        let identity = try await ExpiredCertificate.issue("api", usage: "serverAuth", by: try await LabBench.authorityPair())
        try await LabBench.run(identity: identity) { bench in
            let client = try await bench.client()
            let failure = await ClusterPeer.failure { () throws(KubernetesFailure) in try await client.get(.nodes("worker1")) }
            #expect(failure?.kind == .unreachable)
            #expect(failure?.sentence.contains("the server's certificate has expired") == true, "\(failure?.sentence ?? "")")
            #expect(failure?.next == "renew the API server's certificate, or look at this machine's clock")
        }
    }
}
