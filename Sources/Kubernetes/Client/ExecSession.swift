internal import Facts
internal import Transports

/// One command over the channels of an open WebSocket: the first byte of each message names the channel.
///
/// - Source: Kubernetes `k8s.io/apimachinery/pkg/util/remotecommand` (channels 0...4, 255 to close in v5); the recordings `exec-v5-*`, `exec-v4-*`.
struct ExecSession {
    /// How it ended.
    enum End: Hashable {
        case exit(Int)
        /// The runtime's word why the command did not start or was lost.
        case refused(message: String)
        /// What came as its status is none.
        case garbled(String)
        /// No status came; how the connection ended.
        case noStatus(String)
        case outputTooLarge
    }

    private(set) var stdout: [UInt8] = []
    private(set) var stderr: [UInt8] = []
    private var status: [UInt8] = []
    private let outputLimitBytes: Int

    init(outputLimitBytes: Int) { self.outputLimitBytes = outputLimitBytes }

    /// - Returns: how it ended; `nil` while it goes on.
    mutating func take(_ message: WebSocket.Message) -> End? {
        switch message {
        case .endOfStream: return end(otherwise: "the connection ended without a close frame")
        case .close(let code, let reason):
            let seen = [code.map { "code \($0)" }, reason.isEmpty ? nil : reason].compactMap(\.self).joined(separator: ", ")
            return end(otherwise: "the server closed" + (seen.isEmpty ? "" : " (\(seen))"))
        case .binary(let bytes), .text(let bytes):
            switch bytes.first {
            case 1: stdout += bytes.dropFirst()
            case 2: stderr += bytes.dropFirst()
            case 3: status += bytes.dropFirst()
            // Others are not for us: 0 is stdin, 4 resizes, 255 closes a channel (half-closed streams need no answer).
            default: break
            }
            return stdout.count + stderr.count > outputLimitBytes ? .outputTooLarge : nil
        }
    }

    private func end(otherwise seen: String) -> End {
        guard !status.isEmpty else { return .noStatus(seen) }
        let json: JSONValue
        do throws(JSONSyntaxError) {
            json = try JSONValue(parsing: status)
        } catch {
            return .garbled("no JSON at \(error)")
        }
        if json["status"]?.text == "Success" { return .exit(0) }
        // v4 and v5 word the message differently; the cause is the same.
        for cause in json["details"]?["causes"]?.elements ?? [] where cause["reason"]?.text == "ExitCode" {
            guard let code = cause["message"]?.text.flatMap({ Int($0) }) else { continue }
            return RuntimeRefusal.words(in: stderr + stdout, exitCode: code).map { .refused(message: $0) } ?? .exit(code)
        }
        return .refused(message: json["message"]?.text ?? "")
    }
}
