/// Header fields in the order in which they were sent; a name may occur more than once.
package struct HTTPHeaders: Sendable, ExpressibleByArrayLiteral {
    package private(set) var fields: [(name: String, value: String)]

    package init(_ fields: [(name: String, value: String)] = []) { self.fields = fields }
    package init(arrayLiteral elements: (name: String, value: String)...) { fields = elements }

    package mutating func add(_ name: String, _ value: String) { fields.append((name, value)) }

    /// The first value of a field; names are compared without regard to case (RFC 9110 §5.1). `nil` when it was not sent.
    package subscript(name: String) -> String? {
        let wanted = name.lowercased()
        return fields.first { $0.name.lowercased() == wanted }?.value
    }

    /// Every value of a field, in order.
    package func all(_ name: String) -> [String] {
        let wanted = name.lowercased()
        return fields.filter { $0.name.lowercased() == wanted }.map(\.value)
    }
}

/// What comes before a body.
package struct HTTPHead: Sendable {
    /// `1.1`, `2`: as the status line of the final answer gives it.
    package let httpVersion: String
    /// 200...599; interim answers (1xx) are not shown.
    package let status: Int
    package let headers: HTTPHeaders

    package init(httpVersion: String, status: Int, headers: HTTPHeaders) {
        self.httpVersion = httpVersion
        self.status = status
        self.headers = headers
    }
}

/// A whole answer. Any status is an answer; only what prevents one is an `HTTPFailure`.
package struct HTTPResponse: Sendable {
    package let head: HTTPHead
    package let body: [UInt8]

    package var status: Int { head.status }
    package var headers: HTTPHeaders { head.headers }
    package var httpVersion: String { head.httpVersion }

    package init(head: HTTPHead, body: [UInt8]) {
        self.head = head
        self.body = body
    }
}
