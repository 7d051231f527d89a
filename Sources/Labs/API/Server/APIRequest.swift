internal import Facts
internal import NIOHTTP1

/// One request, read whole.
struct APIRequest: Sendable {
    let method: String
    /// The path as sent, without the query.
    let path: String
    /// The path's parts, percent-decoded.
    let parts: [String]
    let query: [(name: String, value: String)]
    let headers: HTTPHeaders
    let body: [UInt8]
    let user: APIUser

    init(method: String, uri: String, headers: HTTPHeaders, body: [UInt8], user: APIUser) {
        self.method = method
        let halves = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = String(halves[0])
        parts = halves[0].split(separator: "/").map { Self.decoded($0, plusIsBlank: false) }
        query =
            halves.count < 2
            ? []
            : halves[1].split(separator: "&").map { pair in
                let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (
                    Self.decoded(sides[0], plusIsBlank: true), sides.count > 1 ? Self.decoded(sides[1], plusIsBlank: true) : ""
                )
            }
        self.headers = headers
        self.body = body
        self.user = user
    }

    /// The first value of a query parameter; nil when it is not there.
    func parameter(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// Every value of a query parameter that may be repeated.
    func parameters(_ name: String) -> [String] { query.filter { $0.name == name }.map(\.value) }

    /// `true` and `1` are what clients send.
    func flag(_ name: String) -> Bool { ["true", "1"].contains(parameter(name)) }

    /// The first value of a header; nil when it was not sent.
    func header(_ name: String) -> String? { headers.first(name: name) }

    /// The words of a header that is a list with commas, over all its lines, without blanks.
    func words(_ name: String) -> [String] {
        headers[name].flatMap { $0.split(separator: ",") }.map { $0.filter { $0 != " " } }
    }

    /// The body's media type, without parameters; empty when none was sent.
    var contentType: String {
        let value = headers.first(name: "content-type") ?? ""
        let type = value.split(separator: ";").first ?? ""
        return type.filter { $0 != " " }.lowercased()
    }

    /// Who writes: the `fieldManager` parameter, else the client's program name.
    var fieldManager: String {
        if let name = parameter("fieldManager"), !name.isEmpty { return name }
        let agent = headers.first(name: "user-agent") ?? ""
        let program = agent.split(separator: "/").first.map(String.init) ?? ""
        return program.isEmpty ? "unknown" : program
    }

    private static func decoded(_ text: Substring, plusIsBlank: Bool) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            if byte == 0x25, let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) {
                bytes.append(code)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == 0x2b && plusIsBlank ? 0x20 : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
