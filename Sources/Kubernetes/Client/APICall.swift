internal import Facts

/// One request to the API before anybody has said who asks.
struct APICall: Sendable {
    let operation: Operation
    let method: String
    var query: [(name: String, value: String)] = []
    var body: JSONValue?
    var contentType = "application/json"
    /// False sends it again only if it is certain that the server has not seen it.
    var isRepeatable = true
}
