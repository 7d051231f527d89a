package import Facts
internal import Foundation

/// What a true Kubernetes 1.36 answered, byte for byte; see `fixtures/kubernetes/1.36/README.md`.
package enum Recording {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("fixtures/kubernetes/1.36")

    /// One HTTP response, head, chunking and all. `Connection: close` is in it, so close after it.
    package static func response(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appendingPathComponent("http/\(name).resp")))
    }

    /// The body of a response, without its chunking.
    package static func body(_ name: String) throws -> [UInt8] {
        let bytes = try response(name)
        let end = bytes.indices.first { bytes[$0...].starts(with: [0x0d, 0x0a, 0x0d, 0x0a]) } ?? bytes.endIndex - 4
        let head = String(decoding: bytes[..<end], as: UTF8.self).lowercased()
        let body = bytes[(end + 4)...]
        return head.contains("transfer-encoding: chunked") ? unchunked(body) : Array(body)
    }

    private static func unchunked(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var (rest, body) = (bytes, [UInt8]())
        while let lineEnd = rest.firstIndex(of: 0x0a) {
            let size = Int(String(decoding: rest[..<lineEnd].dropLast(), as: UTF8.self), radix: 16) ?? 0
            if size == 0 { break }
            body += rest[(lineEnd + 1)...].prefix(size)
            rest = rest[(lineEnd + 1)...].dropFirst(size + 2)
        }
        return body
    }

    /// One exec session: every line of it.
    package static func session(_ name: String) throws -> [JSONValue] {
        let text = String(decoding: try Data(contentsOf: folder.appendingPathComponent("ws/\(name).jsonl")), as: UTF8.self)
        return try text.split(separator: "\n").map { try JSONValue(parsing: $0) }
    }
}
