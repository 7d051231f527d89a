internal import Facts

/// What the server answers to one request.
struct APIAnswer: Sendable {
    enum Content: Sendable {
        case json(JSONValue)
        case bytes([UInt8], type: String)
        /// Events follow for as long as both sides want.
        case watch(WatchAnswer)
        /// The connection becomes a WebSocket.
        case exec(ExecSession)
    }

    var status: Int
    var headers: [(name: String, value: String)] = []
    var content: Content

    static func json(_ value: JSONValue, status: Int = 200) -> APIAnswer { APIAnswer(status: status, content: .json(value)) }

    static func text(_ text: String, status: Int = 200, type: String = "text/plain; charset=utf-8") -> APIAnswer {
        APIAnswer(status: status, content: .bytes(Array(text.utf8), type: type))
    }

    static func refusal(_ refusal: StoreRefusal) -> APIAnswer { .json(refusal.status, status: refusal.code) }

    /// What the server says of a path that it does not serve.
    static let noSuchPath: APIAnswer = {
        var answer = APIAnswer.text("404 page not found\n", status: 404)
        answer.headers.append(("X-Content-Type-Options", "nosniff"))
        return answer
    }()

    /// Adds a warning, as a true server words it in the header.
    mutating func warn(_ text: String) {
        let quoted = text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
        headers.append(("Warning", "299 - \"\(String(quoted))\""))
    }
}
