package import Facts

/// One request. Nothing is added that is not here but `Host`, `Accept: */*`, and `Content-Length`.
package struct HTTPRequest: Sendable {
    package var method: String
    /// Absolute, `http` or `https`, already percent-encoded.
    package var url: String
    package var headers: HTTPHeaders
    /// Sent with `Content-Length`; `nil` sends none.
    package var body: [UInt8]?
    /// From the call to the last byte of the answer, queueing and name look-up included.
    package var deadline: Duration
    /// An answer with a longer body is given up (`HTTPFailure.Stage.tooLarge`); it has no use for a stream.
    package var bodyLimitBytes: Int
    package var route: HTTPRoute

    package init(
        method: String = "GET", url: String, headers: HTTPHeaders = [], body: [UInt8]? = nil, deadline: Duration = .seconds(10),
        bodyLimitBytes: Int = 256 << 20, route: HTTPRoute = HTTPRoute()
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.deadline = deadline
        self.bodyLimitBytes = bodyLimitBytes
        self.route = route
    }
}

/// How a server is reached and by what it is known: trust, client certificate, proxy.
package struct HTTPRoute: Sendable {
    /// Certificates (PEM) that may sign the server's; `nil` trusts the system's authorities.
    package var authorities: [UInt8]?
    /// Client certificate chain (PEM), with its key.
    package var clientCertificate: [UInt8]?
    package var clientKey: Redacted<[UInt8]>?
    /// The name that the server's certificate must bear, where it is not the URL's host.
    package var serverName: String?
    /// False accepts any certificate. Only ever by the user's own word.
    package var verifiesServer: Bool
    /// `http://`, `https://`, `socks5://` or `socks5h://`; `nil` goes by `HTTPS_PROXY` and `NO_PROXY`, never for loopback addresses.
    package var proxy: Redacted<String>?

    package init(
        authorities: [UInt8]? = nil, clientCertificate: [UInt8]? = nil, clientKey: Redacted<[UInt8]>? = nil,
        serverName: String? = nil,
        verifiesServer: Bool = true, proxy: Redacted<String>? = nil
    ) {
        self.authorities = authorities
        self.clientCertificate = clientCertificate
        self.clientKey = clientKey
        self.serverName = serverName
        self.verifiesServer = verifiesServer
        self.proxy = proxy
    }
}
