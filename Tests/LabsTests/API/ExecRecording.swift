import Facts
import Foundation

/// One session of `exec` as a true server held it.
///
/// - Source: `fixtures/kubernetes/1.36/ws`.
struct ExecRecording: Sendable {
    struct Frame: Sendable, CustomStringConvertible {
        /// `binary`, `text`, `close`, `pong`, …
        let kind: String
        let payload: [UInt8]
        var description: String { kind + " " + payload.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

        static func kind(_ opcode: Int) -> String {
            [1: "text", 2: "binary", 8: "close", 9: "ping", 10: "pong"][opcode] ?? "opcode \(opcode)"
        }
    }

    private let request: String
    private let answer: String
    /// The server's frames, up to its goodbye.
    let frames: [Frame]
    /// The client's frames before the server's goodbye, masked and ready to send.
    private(set) var sent: [UInt8]
    let body: String?

    init(handshake: String) throws {
        request = handshake
        user = "token-of-root"
        answer = ""
        frames = []
        sent = []
        body = nil
    }

    init(_ name: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../fixtures/kubernetes/1.36/ws")
        let text = String(decoding: try Data(contentsOf: folder.appending(path: name + ".jsonl")), as: UTF8.self)
        var request = ""
        var answer = ""
        var frames: [Frame] = []
        var sent: [UInt8] = []
        var body: String?
        for line in text.split(separator: "\n") {
            let entry = try JSONValue(parsing: line)
            let isServer = entry["dir"] == "<"
            if let handshake = entry["handshake"]?.text { if isServer { answer = handshake } else { request = handshake } }
            if let text = entry["body"]?.text { body = text }
            guard let opcode = entry["opcode"]?.int, let payload = entry["payload"]?.text else { continue }
            // Payloads stand as text in which each character is one byte, as far as they are no UTF-8.
            let bytes =
                payload.unicodeScalars.allSatisfy { $0.value < 256 }
                ? payload.unicodeScalars.map { UInt8($0.value) } : Array(payload.utf8)
            if isServer {
                frames.append(Frame(kind: Frame.kind(opcode), payload: bytes))
            } else if opcode != 8 {
                sent += Self.masked(opcode: UInt8(opcode), bytes)
            }
        }
        self.request = request
        user = Self.user(of: name)
        self.answer = answer
        self.frames = frames
        self.sent = sent
        self.body = body
    }

    /// Adds a ping to what the client sends.
    mutating func sendPing() { sent += Self.masked(opcode: 9, Array("pp".utf8)) }

    private static func masked(opcode: UInt8, _ payload: [UInt8]) -> [UInt8] {
        let mask: [UInt8] = [1, 2, 3, 4]
        return [0x80 | opcode, 0x80 | UInt8(payload.count)] + mask + payload.enumerated().map { $1 ^ mask[$0 % 4] }
    }

    /// The recorded request, by one of the lab's users.
    var handshake: String {
        let lines = request.components(separatedBy: "\r\n").filter { !$0.hasPrefix("Authorization:") || $0.contains("tok-bad") }
        let isTold = lines.contains { $0.hasPrefix("Authorization:") || $0.contains("base64url.bearer") }
        let token = isTold ? [] : user.map { ["Authorization: Bearer \($0)"] } ?? []
        return ([lines[0]] + token + lines.dropFirst()).joined(separator: "\r\n")
    }

    /// Whose token the lab is to be shown; nil: nobody's.
    let user: String?

    private static func user(of name: String) -> String? {
        switch name {
        case "exec-err-anon": nil
        case "exec-err-403": "token-of-jane"
        case "rbac-exec-only-get", "rbac-exec-only-get-v4": "token-only-get"
        case "rbac-exec-only-create": "token-only-create"
        default: "token-of-root"
        }
    }

    private static func header(_ name: String, _ head: String) -> String? {
        head.components(separatedBy: "\r\n").first { $0.lowercased().hasPrefix(name + ":") }
            .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
    }

    var statusLine: String { answer.components(separatedBy: "\r\n")[0] }
    var protocolLine: String? { Self.header("sec-websocket-protocol", answer) }
    var contentType: String? { Self.header("content-type", answer) }

    /// What the container's runtime said, without what the servers on the way put before it.
    var runtimeMessage: String {
        let text = String(decoding: frames.last { $0.kind == "binary" && $0.payload.first == 3 }?.payload ?? [], as: UTF8.self)
        guard let start = text.range(of: "error executing command in container") else { return "" }
        let message = text[start.lowerBound...]
        let plain = message.range(of: "\",\"reason\"").map { message[..<$0.lowerBound] } ?? message
        return plain.replacingOccurrences(of: "\\\"", with: "\"")
    }

    /// What came from the lab.
    struct Seen: Sendable {
        let statusLine: String
        let protocolLine: String?
        let contentType: String?
        let body: String?
        let frames: [Frame]
        let ending: RawClient.Ending

        init(_ bytes: [UInt8], ending: RawClient.Ending = .enough) {
            let separator = Array("\r\n\r\n".utf8)
            let end = bytes.indices.dropLast(3).first { bytes[$0..<$0 + 4].elementsEqual(separator) }
            let head = String(decoding: bytes[..<(end ?? bytes.endIndex)], as: UTF8.self)
            let rest = end.map { Array(bytes[($0 + 4)...]) } ?? []
            statusLine = head.components(separatedBy: "\r\n")[0]
            protocolLine = ExecRecording.header("sec-websocket-protocol", head)
            contentType = ExecRecording.header("content-type", head)
            let isUpgraded = statusLine.contains(" 101 ")
            body = isUpgraded || end == nil ? nil : String(decoding: rest, as: UTF8.self)
            frames = isUpgraded ? Self.frames(rest) : []
            self.ending = ending
            let length = ExecRecording.header("content-length", head).flatMap(Int.init)
            hasEnded = isUpgraded ? frames.last?.kind == "close" : length.map { rest.count >= $0 } ?? false
        }

        /// A goodbye has come, or a refusal with its whole body.
        let hasEnded: Bool

        private static func frames(_ bytes: [UInt8]) -> [Frame] {
            var rest = bytes[...]
            var frames: [Frame] = []
            while rest.count >= 2 {
                let opcode = Int(rest[rest.startIndex] & 0x0f)
                var length = Int(rest[rest.startIndex + 1] & 0x7f)
                var head = 2
                if length >= 126 {
                    let width = length == 126 ? 2 : 8
                    guard rest.count >= 2 + width else { break }
                    length = rest.dropFirst(2).prefix(width).reduce(0) { $0 << 8 | Int($1) }
                    head += width
                }
                guard rest.count >= head + length else { break }
                frames.append(Frame(kind: Frame.kind(opcode), payload: Array(rest.dropFirst(head).prefix(length))))
                rest = rest.dropFirst(head + length)
            }
            return frames
        }
    }
}
