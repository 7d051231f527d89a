internal import Dispatch
internal import Facts
internal import Glibc

/// Fetches secrets by reference. Each is fetched once a run by its owner, `SSHKeyring`.
enum SecretReader {
    /// Why there is no secret, in words that hold nothing of it.
    struct Refusal: Error, Hashable {
        let reason: String
    }

    /// - Parameter purpose: what the terminal asks for: `passphrase of /home/op/.ssh/id_ed25519`.
    static func read(_ reference: SecretReference, for purpose: String) async throws(Refusal) -> Redacted<String> {
        switch reference {
        case .environment(let name):
            guard let value = getenv(name) else { throw Refusal(reason: "the environment has no \(name)") }
            return Redacted(String(cString: value))
        case .file(let path):
            guard let bytes = SSHFile.read(path) else { throw Refusal(reason: "\(path) cannot be read") }
            return Redacted(firstLine(bytes))
        case .command(let words):
            return try await run(words)
        case .prompt:
            return try await ask(purpose)
        }
    }

    private static func firstLine(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }, as: UTF8.self)
    }

    private static func run(_ words: [String]) async throws(Refusal) -> Redacted<String> {
        let output: LocalProcess.Output
        do throws(ProcessFailure) {
            output = try await LocalProcess.run(words[0], Array(words.dropFirst()), deadline: .seconds(60))
        } catch {
            throw Refusal(reason: error.description)
        }
        guard output.ending == .exited(0) else { throw Refusal(reason: "\(words[0]) said '\(output.errorText)'") }
        return Redacted(firstLine(output.stdout))
    }

    /// On the terminal, with echo off. A thread of its own waits for the keys, and looks four times a second whether the run was
    /// stopped, so that the terminal is never left without echo.
    private static func ask(_ purpose: String) async throws(Refusal) -> Redacted<String> {
        let stop = SSHFlag()
        let line: String? = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async { continuation.resume(returning: readLine(prompt: "\(purpose): ", until: stop)) }
            }
        } onCancel: {
            stop.raise()
        }
        guard let line else { throw Refusal(reason: "there is no terminal to ask on, or the run was stopped") }
        return Redacted(line)
    }

    private static func readLine(prompt: String, until stop: SSHFlag) -> String? {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { return nil }
        defer { close(terminal) }
        var usual = termios()
        guard tcgetattr(terminal, &usual) == 0 else { return nil }
        var silent = usual
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(terminal, TCSAFLUSH, &silent)
        defer {
            tcsetattr(terminal, TCSAFLUSH, &usual)
            _ = write(terminal, "\n", 1)
        }
        _ = write(terminal, prompt, prompt.utf8.count)
        var line: [UInt8] = []
        while !stop.isRaised {
            var wanted = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
            guard poll(&wanted, 1, 250) > 0 else { continue }
            var byte: UInt8 = 0
            guard Glibc.read(terminal, &byte, 1) == 1 else { return nil }
            if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
        return nil
    }
}

/// Raised once, seen from any thread.
///
/// `@unchecked Sendable`: its state is only touched under its lock.
final class SSHFlag: @unchecked Sendable {
    private let lock = SSHLock()
    private var raised = false

    var isRaised: Bool { lock.held { raised } }

    func raise() { lock.held { raised = true } }
}
