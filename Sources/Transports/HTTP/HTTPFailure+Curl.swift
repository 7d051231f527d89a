internal import CCurl
internal import Foundation

extension HTTPFailure {
    /// What a libcurl result means.
    ///
    /// - Parameters:
    ///   - bytes: how much of the body had come.
    ///   - began: whether the answer's head was complete.
    /// - Source: libcurl-errors(3); OpenSSL's X509_V_ERR numbers through CURLINFO_SSL_VERIFYRESULT.
    init(code: CURLcode, easy: EasyHandle, endpoint: HTTPEndpoint, bytes: Int, began: Bool) {
        let said = easy.detail.isEmpty ? String(cString: curl_easy_strerror(code)) : easy.detail
        let stage = Self.stage(code: code, easy: easy, said: said, bytes: bytes, began: began)
        self.init(
            stage: stage, endpoint: endpoint.description, detail: Self.detail(said, easy: easy, code: code),
            requestSent: easy.long(CURLINFO_REQUEST_SIZE) > 0)
    }

    private static func stage(code: CURLcode, easy: EasyHandle, said: String, bytes: Int, began: Bool) -> Stage {
        switch code {
        // Anything that does not begin as HTTP does counts as HTTP/0.9 to libcurl.
        case CURLE_UNSUPPORTED_PROTOCOL where said.contains("HTTP/0.9"): .notUnderstood
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT, CURLE_OUT_OF_MEMORY, CURLE_BAD_FUNCTION_ARGUMENT,
            CURLE_UNKNOWN_OPTION, CURLE_FAILED_INIT:
            .notSent
        case CURLE_COULDNT_RESOLVE_HOST: .resolve
        case CURLE_COULDNT_CONNECT: easy.usesProxy ? .proxy : .connect
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .proxy
        case CURLE_PEER_FAILED_VERIFICATION: .tls(certificateProblem(easy.long(CURLINFO_SSL_VERIFYRESULT), said))
        case CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CIPHER, CURLE_SSL_ENGINE_INITFAILED:
            .notSent
        case CURLE_SSL_CONNECT_ERROR: handshakeProblem(said)
        case CURLE_PARTIAL_FILE: .truncated(bytes: bytes)
        case CURLE_GOT_NOTHING: .reset
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_HTTP2, CURLE_HTTP2_STREAM: brokenConnection(said, bytes, began)
        default: .notUnderstood
        }
    }

    private static func brokenConnection(_ said: String, _ bytes: Int, _ began: Bool) -> Stage {
        // The proxy's refusal of CONNECT, and a TLS 1.3 alert about our certificate, both arrive as read errors.
        if said.contains("CONNECT tunnel failed") || said.contains("from proxy after CONNECT") { return .proxy }
        if refusesOurCertificate(said) { return .tls(.clientCertificateRefused) }
        return began ? .truncated(bytes: bytes) : .reset
    }

    private static func handshakeProblem(_ said: String) -> Stage {
        if said.contains("wrong version number") || said.contains("packet length too long") { return .tls(.notTLS) }
        if said.contains("reset by peer") || said.contains("SSL_ERROR_SYSCALL") || said.contains("unexpected eof") {
            return .reset
        }
        if refusesOurCertificate(said) { return .tls(.clientCertificateRefused) }
        return .tls(.other)
    }

    /// An alert about a certificate is the server's word on ours: what we think of the server's own comes as another error.
    ///
    /// - Source: OpenSSL's names of the alerts 41 to 49 and 116, `ssl/ssl_stat.c`.
    private static func refusesOurCertificate(_ said: String) -> Bool {
        [
            "certificate required", "bad certificate", "unknown ca", "certificate expired", "certificate revoked",
            "certificate unknown", "unsupported certificate",
        ].contains { said.contains("alert \($0)") || said.contains("alert certificate") && said.contains($0) }
    }

    /// - Parameter result: OpenSSL's of the chain's verification (`X509_V_…`); 1 where libcurl has not asked for it.
    static func certificateProblem(_ result: Int, _ said: String) -> TLSProblem {
        switch result {
        case 9: .notYetValid
        case 10: .expired
        case 2, 18, 19, 20, 21: .unknownAuthority
        case 62, 64: .wrongName
        // The chain is in order, so it is the name: libcurl checks that itself, before it asks for the result, and leaves the words of an
        // earlier attempt on a connection that broke where its own would have stood.
        case 0, 1: .wrongName
        default: said.contains("does not match") || said.contains("no alternative certificate") ? .wrongName : .other
        }
    }

    /// libcurl's words without what our own sentence already says, and with the system's reason where it leaves that out.
    private static func detail(_ said: String, easy: EasyHandle, code: CURLcode) -> String {
        if code == CURLE_PEER_FAILED_VERIFICATION, said.contains("failure: ") { return "" }
        guard code == CURLE_COULDNT_CONNECT else { return said }
        let number = easy.long(CURLINFO_OS_ERRNO)
        guard number != 0 else { return said }
        return String(cString: strerror(Int32(number)))
    }
}
