import Facts
import Foundation
import Testing

/// Recorded outputs below `fixtures/`.
enum Recorded {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "fixtures")

    /// The text of one file, by its path below `fixtures/`.
    static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: root.appending(path: path)), as: UTF8.self)
    }

    /// The object that a true API server answered with: the body of `fixtures/kubernetes/1.36/http/NAME.resp`.
    static func object(_ name: String) throws -> JSONValue {
        let data = try Data(contentsOf: root.appending(path: "kubernetes/1.36/http/\(name).resp"))
        let end = try #require(data.range(of: Data("\r\n\r\n".utf8)))
        let head = String(decoding: data[..<end.lowerBound], as: UTF8.self)
        let body = data[end.upperBound...]
        return try JSONValue(parsing: Array(head.contains("chunked") ? joinedChunks(body) : body))
    }

    private static func joinedChunks(_ body: Data) -> Data {
        var rest = body
        var joined = Data()
        while let line = rest.range(of: Data("\r\n".utf8)),
            let size = Int(String(decoding: rest[..<line.lowerBound], as: UTF8.self), radix: 16), size > 0
        {
            joined += rest[line.upperBound...].prefix(size)
            rest = rest[line.upperBound...].dropFirst(size + 2)
        }
        return joined
    }

    /// The output of one command in a recording where `$ command` stands before it and `[rc=N]` or the next command after.
    static func output(of command: String, in recording: String) -> String {
        var lines: [Substring] = []
        var inside = false
        for line in recording.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "$ \(command)" {
                inside = true
            } else if line.hasPrefix("$ ") || line.hasPrefix("[rc=") {
                if inside { break }
            } else if inside {
                lines.append(line)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
