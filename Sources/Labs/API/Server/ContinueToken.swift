internal import Facts

/// Where the next page of a list begins, as clients hand it back.
///
/// - Source: the token in the recording `get-pods_limit`: base64 without padding of `{"v":"meta.k8s.io/v1","rv":424,"start":"/default/…"}`.
struct ContinueToken {
    /// The version that all pages show; -1: the present one, after the first has expired.
    let version: Int
    /// The last object of the page before.
    let after: ObjectKey

    init(version: Int, after: ObjectKey) {
        self.version = version
        self.after = after
    }

    /// - Throws: 400 for a text that is no token.
    init(_ text: String) throws(StoreRefusal) {
        // Both steps have one and the same answer when the text is no token.
        guard let bytes = Base64.bytes(text), let token = try? JSONValue(parsing: bytes),
            let version = token["rv"]?.int, let start = token["start"]?.text, token["v"] == "meta.k8s.io/v1"
        else { throw .badRequest("continue key is not valid: expected a token of an earlier list, saw \"\(text.prefix(40))\"") }
        let parts = start.filter { $0 != "\0" }.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        self.version = version
        after =
            parts.count > 1 ? ObjectKey(namespace: parts[0], name: parts[1]) : ObjectKey(namespace: nil, name: parts.first ?? "")
    }

    var text: String {
        let start = (after.namespace.isEmpty ? after.name : "/" + after.namespace + "/" + after.name) + "\0"
        let token: JSONValue = ["v": "meta.k8s.io/v1", "rv": .integer(version), "start": .string(start)]
        return Base64.urlText(token.wireBytes)
    }
}
