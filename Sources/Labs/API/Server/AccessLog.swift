/// Every right that requests have used or lacked, each once, in the order of first use.
package actor AccessLog {
    private var lines: [String] = []

    package init() {}

    /// - Parameter user: only one who is held to rules is of interest; administrators may do everything.
    func note(_ question: Authorizer.Question, isAllowed: Bool, by user: APIUser) {
        guard question.path == nil else { return }
        let place = "\(question.namespace ?? "-") \(question.name ?? "-")"
        let line =
            "\(isAllowed ? "allowed" : "refused") \(user.name) \(question.verb) \(question.group.isEmpty ? "-" : question.group) "
            + "\(question.resource) \(place)"
        if !lines.contains(line) { lines.append(line) }
    }

    /// One line each: `allowed USER VERB GROUP RESOURCE NAMESPACE NAME`, with `-` for what there is not.
    package var text: String { lines.map { $0 + "\n" }.joined() }
}
