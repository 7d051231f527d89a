internal import NIOHTTP1

/// Finds out who sends a request.
struct Authentication: Sendable {
    let tokens: [String: APIUser]

    /// - Parameter certificate: who the client's certificate says it is.
    /// - Returns: nil when a token was sent that stands for nobody: 401.
    func user(_ headers: HTTPHeaders, certificate: APIUser) -> APIUser? {
        guard let token = Self.token(headers) else { return certificate }
        return tokens[token]
    }

    /// Who the client wants to be taken for; nil when it says nothing of it.
    static func impersonated(_ headers: HTTPHeaders) -> APIUser? {
        headers.first(name: "impersonate-user").map { APIUser(name: $0, groups: headers["impersonate-group"]) }
    }

    /// The bearer token in the header or, for WebSockets from browsers, among the offered subprotocols.
    private static func token(_ headers: HTTPHeaders) -> String? {
        if let value = headers.first(name: "authorization"), value.lowercased().hasPrefix("bearer ") {
            return String(value.dropFirst(7).drop { $0 == " " })
        }
        let prefix = "base64url.bearer.authorization.k8s.io."
        for line in headers["sec-websocket-protocol"] {
            for name in line.split(separator: ",").map({ $0.filter { $0 != " " } }) where name.hasPrefix(prefix) {
                return Base64.bytes(name.dropFirst(prefix.count)).map { String(decoding: $0, as: UTF8.self) } ?? ""
            }
        }
        return nil
    }
}
