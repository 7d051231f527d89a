internal import Transports

/// `Warning: 299 - "unknown field \"spec.foo\""`: what the API server wants noted.
///
/// - Source: RFC 7234 §5.5, Kubernetes API concepts "Warnings".
enum WarningHeader {
    static func texts(_ headers: HTTPHeaders) -> [String] { headers.all("warning").compactMap(text) }

    private static func text(_ value: String) -> String? {
        guard value.hasPrefix("299 "), let open = value.firstIndex(of: "\"") else { return nil }
        var text = ""
        var isEscaped = false
        for character in value[value.index(after: open)...] {
            if isEscaped {
                text.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                break
            } else {
                text.append(character)
            }
        }
        return text
    }
}
