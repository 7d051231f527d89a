import Facts
import Foundation
import HTTPPeer

@testable import Kubernetes
@testable import Transports

/// A peer that stands for an API server, and clients of it.
enum ClusterPeer {
    /// Plays recorded answers, the first that fits: a method and the beginning of a target, and the recording's name.
    static func playing(_ answers: [(method: String, target: String, recording: String)]) throws -> HTTPPeer {
        let loaded = try answers.map { ($0.method, $0.target, try Recording.response($0.recording)) }
        return try HTTPPeer { request, connection in
            guard let answer = loaded.first(where: { $0.0 == request.method && request.target.hasPrefix($0.1) }) else {
                return connection.answer("599 Not In The Script", request.target)
            }
            connection.send(answer.2)
            connection.close()
        }
    }

    /// A client that does not wait long between repetitions.
    static func client(
        _ peer: HTTPPeer, credentials: Credentials = .none, deadline: Duration = .seconds(10)
    ) throws -> KubernetesClient {
        let access = ClusterAccess(
            server: peer.url, credentials: credentials, contextName: "lab", userName: "jane",
            origin: "context 'lab' of /etc/lab.yaml")
        var client = KubernetesClient(access: access, engine: try HTTPEngine()) { Timestamp(nanoseconds: 0) }
        client.requestDeadline = deadline
        client.retrying.firstPause = .milliseconds(1)
        client.retrying.longestPause = .milliseconds(20)
        return client
    }

    static func failure<Value>(_ body: () async throws(KubernetesFailure) -> Value) async -> KubernetesFailure? {
        do throws(KubernetesFailure) {
            _ = try await body()
            return nil
        } catch {
            return error
        }
    }

    /// The server's side of a recorded exec session: its handshake, then each of its frames in order; what the client sends is waited
    /// for where the recording has it.
    static func exec(_ recording: String) throws -> HTTPPeer {
        let lines = try Recording.session(recording)
        return try HTTPPeer { request, connection in
            for line in lines {
                let isFromServer = line["dir"]?.text == "<"
                if isFromServer, let head = line["handshake"]?.text {
                    connection.send(Self.handshake(head, request) + "\r\n\r\n")
                } else if isFromServer, let body = line["body"]?.text {
                    connection.send(body)
                } else if isFromServer, let frame = Self.frame(line) {
                    connection.send(frame)
                } else if !isFromServer, let text = line["payload"]?.text, line["opcode"]?.int != 8 {
                    // A short masked frame: two bytes, the mask, the payload.
                    _ = connection.receive(exactly: 6 + text.unicodeScalars.count)
                }
            }
            connection.close()
        }
    }

    /// The recorded `Sec-WebSocket-Accept` answers the recorded key; this client has its own.
    private static func handshake(_ head: String, _ request: PeerRequest) -> String {
        let accept = WebSocketUpgrade.accept(for: request.header("sec-websocket-key") ?? "")
        return head.components(separatedBy: "\r\n").map { line in
            line.hasPrefix("Sec-WebSocket-Accept:") ? "Sec-WebSocket-Accept: \(accept)" : line
        }.joined(separator: "\r\n")
    }

    /// A server's frame: unmasked. The recordings keep each byte of a payload as one character.
    private static func frame(_ line: JSONValue) -> [UInt8]? {
        guard let opcode = line["opcode"]?.int, let text = line["payload"]?.text else { return nil }
        return frame(UInt8(opcode), text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
    }

    static func frame(_ opcode: UInt8, _ payload: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = [0x80 | opcode]
        switch payload.count {
        case ..<126: bytes.append(UInt8(payload.count))
        case ..<65536: bytes += [126, UInt8(payload.count >> 8), UInt8(payload.count & 0xff)]
        default: bytes += [127] + (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
        }
        return bytes + payload
    }

    /// Answers the opening handshake of an exec as 1.36 does.
    static func upgrade(_ request: PeerRequest, _ connection: PeerConnection, subprotocol: String = "v5.channel.k8s.io") {
        let accept = WebSocketUpgrade.accept(for: request.header("sec-websocket-key") ?? "")
        connection.send(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: \(accept)\r\n"
                + "Sec-WebSocket-Protocol: \(subprotocol)\r\n\r\n")
        connection.send(frame(2, [1]))
    }
}
