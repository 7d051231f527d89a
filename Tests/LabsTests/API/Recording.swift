import Facts
import Foundation

/// A raw answer of a true server.
///
/// - Source: `fixtures/kubernetes/1.36`, whose README says where they are from.
struct Recording {
    let status: Int
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    init(_ name: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../../fixtures/kubernetes/1.36/http")
        try self.init(bytes: Array(try Data(contentsOf: folder.appending(path: name + ".resp"))))
    }

    init(bytes: [UInt8]) throws {
        let separator = Array("\r\n\r\n".utf8)
        guard
            let end = bytes.indices.dropLast(3).first(where: { bytes[$0..<$0 + 4].elementsEqual(separator) })
        else { throw CocoaError(.fileReadCorruptFile) }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).components(separatedBy: "\r\n")
        status = Int(lines[0].split(separator: " ")[1]) ?? 0
        headers = lines.dropFirst().map { line in
            let halves = line.split(separator: ":", maxSplits: 1).map(String.init)
            return (halves[0].lowercased(), halves.count > 1 ? halves[1].trimmingCharacters(in: .whitespaces) : "")
        }
        let rest = bytes[(end + 4)...]
        let isChunked = headers.contains { $0 == ("transfer-encoding", "chunked") }
        body = isChunked ? Self.unchunked(rest) : Array(rest)
    }

    var json: JSONValue { get throws { try JSONValue(parsing: body) } }

    /// A watch's lines.
    var events: [JSONValue] {
        get throws { try body.split(separator: 0x0a).map { try JSONValue(parsing: Array($0)) } }
    }

    func header(_ name: String) -> String? { headers.first { $0.name == name.lowercased() }?.value }

    private static func unchunked(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var rest = bytes
        var body: [UInt8] = []
        while let end = rest.firstIndex(of: 0x0d),
            let count = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16), count > 0
        {
            body += rest.dropFirst(end - rest.startIndex + 2).prefix(count)
            rest = rest.dropFirst(end - rest.startIndex + 2 + count + 2)
        }
        return body
    }
}
