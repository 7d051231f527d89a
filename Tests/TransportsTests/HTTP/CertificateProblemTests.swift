import Testing

@testable import Transports

@Suite("What is wrong with a server's certificate") struct CertificateProblemTests {
    @Test(
        "is told by the chain's result, and where libcurl did not come to ask for it, by the name",
        arguments: [
            (10, "certificate has expired", .expired), (19, "self-signed certificate in certificate chain", .unknownAuthority),
            (0, "SSL: no alternative certificate subject name matches target host name 'a'", .wrongName),
            (1, "Recv failure: Connection reset by peer", .wrongName), (7, "certificate signature failure", .other),
        ] as [(Int, String, HTTPFailure.TLSProblem)])
    func told(result: Int, words: String, problem: HTTPFailure.TLSProblem) {
        #expect(HTTPFailure.certificateProblem(result, words) == problem)
    }
}
