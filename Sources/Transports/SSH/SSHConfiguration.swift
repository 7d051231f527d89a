internal import Glibc

/// Finds hosts as the user's own ssh would, by asking `ssh -G`, once for each host.
actor SSHConfiguration {
    private let path: String?
    private let surroundings: SSHEndpoint.Surroundings
    private var known: [SSHTarget: SSHEndpoint] = [:]
    /// Each question is a program that uses CPU alone: more at once than cores only need more memory.
    private let window = SSHTurnstile(width: 8)

    init(path: String?) {
        self.path = path
        surroundings = .ofThisProcess()
    }

    /// - Throws: `SSHFailure` with cause `configuration`.
    func endpoint(for target: SSHTarget) async throws(SSHFailure) -> SSHEndpoint {
        if let endpoint = known[target] { return endpoint }
        let host = target.name
        // ssh takes a name that begins with a dash for an option.
        guard let first = host.first, first != "-", !host.contains(where: { $0.isWhitespace || $0.isNewline }) else {
            throw SSHFailure(host: host, cause: .configuration("'\(host)' is no name of a host"))
        }
        if !window.enterAtOnce() { await withCheckedContinuation { window.wait($0) } }
        defer { window.leave() }
        let text = try await ask(target)
        guard let endpoint = SSHEndpoint(alias: host, printed: text, in: surroundings) else {
            throw SSHFailure(host: host, cause: .configuration("its answer names no host, port and user"))
        }
        known[target] = endpoint
        return endpoint
    }

    private func ask(_ target: SSHTarget) async throws(SSHFailure) -> String {
        let output: LocalProcess.Output
        do throws(ProcessFailure) {
            output = try await LocalProcess.run(
                "ssh", (path.map { ["-F", $0] } ?? []) + target.options.arguments + ["-G", "--", target.name],
                deadline: .seconds(20))
        } catch {
            throw SSHFailure(
                host: target.name, cause: error.cause == .cancelled ? .cancelled : .configuration(error.description))
        }
        guard output.ending == .exited(0) else {
            throw SSHFailure(
                host: target.name, cause: .configuration("it said '\(output.errorText)'; see the ssh configuration"))
        }
        return String(decoding: output.stdout, as: UTF8.self)
    }
}

extension SSHEndpoint.Surroundings {
    static func ofThisProcess() -> Self {
        var environment: [String: String] = [:]
        var entry = environ
        while let line = entry.pointee {
            let text = String(cString: line)
            if let mark = text.firstIndex(of: "=") {
                environment[String(text[..<mark])] = String(text[text.index(after: mark)...])
            }
            entry += 1
        }
        let account = getpwuid(getuid())
        let text = { (pointer: UnsafeMutablePointer<CChar>?) in pointer.map { String(cString: $0) } ?? "" }
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        return Self(
            home: text(account?.pointee.pw_dir), localUser: text(account?.pointee.pw_name),
            localHost: String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self), userID: getuid(),
            environment: environment)
    }
}
