internal import CCurl
internal import Facts

extension EasyHandle {
    /// Everything that REST requests, streams and raw connections have in common.
    func configure(url: HTTPEndpoint, text: String, route: HTTPRoute, deadline: Duration) throws(CurlRefusal) {
        try collectErrorText()
        // No signals: SIGALRM for name look-ups would hit any thread. SIGPIPE is blocked on the loop's thread.
        try set(CURLOPT_NOSIGNAL, 1)
        guard ccurl_restrict_to_http(pointer) == CURLE_OK, ccurl_do_not_join_resolver(pointer) == CURLE_OK else {
            throw CurlRefusal(code: CURLE_UNKNOWN_OPTION, what: "restriction to HTTP")
        }
        try set(CURLOPT_PATH_AS_IS, 1)
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        // The loop keeps the deadline itself; this only lifts libcurl's own 300 s for connecting.
        try set(CURLOPT_CONNECTTIMEOUT_MS, deadline.curlMilliseconds + 1000)
        try set(CURLOPT_TCP_KEEPALIVE, 1)
        try set(CURLOPT_TCP_KEEPIDLE, 15)
        try set(CURLOPT_TCP_KEEPINTVL, 5)
        try configureTrust(route)
        try configureProxy(route, endpoint: url)
        try configureName(route, endpoint: url, text: text)
    }

    private func configureTrust(_ route: HTTPRoute) throws(CurlRefusal) {
        if let authorities = route.authorities {
            try set(CURLOPT_CAINFO_BLOB, bytes: authorities, what: "certificate authority")
            // Without this the system's folder of authorities would be trusted beside the one given.
            try set(CURLOPT_CAPATH, nil)
        }
        if let certificate = route.clientCertificate {
            try set(CURLOPT_SSLCERTTYPE, "PEM")
            try set(CURLOPT_SSLCERT_BLOB, bytes: certificate, what: "client certificate")
        }
        if let key = route.clientKey {
            try set(CURLOPT_SSLKEYTYPE, "PEM")
            try set(CURLOPT_SSLKEY_BLOB, bytes: key.secret, what: "client key")
        }
        if !route.verifiesServer {
            try set(CURLOPT_SSL_VERIFYPEER, 0)
            try set(CURLOPT_SSL_VERIFYHOST, 0)
        }
    }

    private func configureProxy(_ route: HTTPRoute, endpoint: HTTPEndpoint) throws(CurlRefusal) {
        if let proxy = route.proxy?.secret {
            // Go's client lets a SOCKS5 proxy look names up; libcurl calls that socks5h.
            let url = proxy.hasPrefix("socks5://") ? "socks5h://" + proxy.dropFirst(9) : proxy
            try set(CURLOPT_PROXY, url)
            usesProxy = true
            try set(CURLOPT_NOPROXY, "")
        } else if endpoint.isLoopback {
            try set(CURLOPT_NOPROXY, "*")
        }
    }

    /// libcurl takes the name for SNI and for the certificate from the URL alone. Where the certificate bears another name, the
    /// URL says that name, `CONNECT_TO` leads to the true host, and `Host` (added by the caller) says what was asked for.
    private func configureName(_ route: HTTPRoute, endpoint: HTTPEndpoint, text: String) throws(CurlRefusal) {
        guard let name = route.serverName, name != endpoint.host else { return try set(CURLOPT_URL, text) }
        let bracketed = name.contains(":") ? "[\(name)]" : name
        try set(CURLOPT_URL, "\(endpoint.scheme)://\(bracketed):\(endpoint.port)\(endpoint.path)")
        try set(CURLOPT_CONNECT_TO, list: ["\(bracketed):\(endpoint.port):\(endpoint.bracketedHost):\(endpoint.port)"])
    }

    /// Method, header fields and body of an ordinary request.
    func configure(_ request: HTTPRequest, endpoint: HTTPEndpoint) throws(CurlRefusal) {
        try configure(url: endpoint, text: request.url, route: request.route, deadline: request.deadline)
        try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        if let body = request.body { try setBody(body) }
        try set(CURLOPT_CUSTOMREQUEST, request.method)
        // `Expect: 100-continue` would cost a second where a server ignores it.
        var lines = ["Expect:"]
        if request.route.serverName != nil, request.headers["host"] == nil { lines.append("Host: \(endpoint)") }
        lines += request.headers.fields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        try set(CURLOPT_HTTPHEADER, list: lines)
    }
}
