internal import Facts
internal import Glibc

/// Decrypts a key file once, by letting `ssh-add` do it: it is pointed at a socket of ours, where it tells the decrypted key to
/// what it takes for an agent. So every format that ssh reads is read, and nothing in clear touches a disk.
enum SSHKeyUnlocking {
    enum Refusal: Error, Hashable {
        case wrongPassphrase
        case unusable(String)
    }

    static func unlock(_ path: String, passphrase: Redacted<String>) async throws(Refusal) -> SSHPrivateKey {
        let loop = SSHEventLoop.shared[0]
        guard let folder = SSHFile.makeFolder() else { throw .unusable("no folder could be made in /tmp") }
        let (socket, helper) = (folder + "/agent", folder + "/askpass")
        defer {
            unlink(socket)
            unlink(helper)
            rmdir(folder)
        }
        // ssh-add runs this with the question as its argument and reads the passphrase from it. A second question means that the
        // first answer was wrong.
        let script = "#!/bin/sh\n[ -e \"$0.asked\" ] && exit 1\n: >\"$0.asked\"\nprintf '%s\\n' \"$PLUMBLINE_PASSPHRASE\"\n"
        defer { unlink(helper + ".asked") }
        guard writeScript(script, to: helper) else { throw .unusable("no file could be made in \(folder)") }
        guard let catcher = await SSHKeyCatcher.listen(at: socket, on: loop) else {
            throw .unusable("no socket could be made in \(folder)")
        }
        let output: LocalProcess.Output
        do throws(ProcessFailure) {
            output = try await LocalProcess.run(
                "ssh-add", ["-q", "--", path],
                environment: [
                    "SSH_AUTH_SOCK": socket, "SSH_ASKPASS": helper, "SSH_ASKPASS_REQUIRE": "force", "DISPLAY": ":0",
                    "PLUMBLINE_PASSPHRASE": passphrase.secret, "LC_ALL": "C",
                ], deadline: .seconds(30))
        } catch {
            await catcher.close()
            throw .unusable(error.description)
        }
        let caught = await catcher.close()
        guard output.ending == .exited(0) else {
            let text = output.errorText
            if text.isEmpty || text.contains("Bad passphrase") || text.contains("incorrect passphrase") { throw .wrongPassphrase }
            throw .unusable("ssh-add said '\(text)'")
        }
        for message in caught {
            var reader = SSHMessageReader(message)
            // ADD_IDENTITY, and the same with constraints.
            guard let kind = reader.byte(), kind == 17 || kind == 25, let key = SSHPrivateKey(&reader) else { continue }
            return key
        }
        throw .unusable("it is of a kind that cannot be used without its device or agent")
    }

    private static func writeScript(_ text: String, to path: String) -> Bool {
        let number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o700)
        guard number >= 0 else { return false }
        defer { close(number) }
        return write(number, text, text.utf8.count) == text.utf8.count
    }
}

/// Stands where `ssh-add` expects an agent, and keeps what it is told. Lives on a loop.
private actor SSHKeyCatcher {
    nonisolated let loop: SSHEventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private var listener: SSHDescriptor?
    private var callers: [(socket: SSHDescriptor, heard: [UInt8])] = []
    private var caught: [[UInt8]] = []

    private init(on loop: SSHEventLoop) {
        self.loop = loop
    }

    static func listen(at path: String, on loop: SSHEventLoop) async -> SSHKeyCatcher? {
        let catcher = SSHKeyCatcher(on: loop)
        return await catcher.listen(at: path) ? catcher : nil
    }

    private func listen(at path: String) -> Bool {
        guard var target = SSHUnixAddress(path) else { return false }
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let number = socket(AF_UNIX, kind, 0)
        guard number >= 0 else { return false }
        listener = SSHDescriptor(number, on: loop) { [weak self] in self?.assumeIsolated { $0.serve() } }
        guard target.with({ bind(number, $0, $1) }) == 0, Glibc.listen(number, 4) == 0 else { return false }
        return listener?.arm(reading: true, writing: false) == 0
    }

    private func serve() {
        guard let listener else { return }
        while true {
            let number = accept(listener.number, nil, nil)
            guard number >= 0 else { break }
            _ = fcntl(number, F_SETFL, O_NONBLOCK)
            _ = fcntl(number, F_SETFD, FD_CLOEXEC)
            callers.append((SSHDescriptor(number, on: loop) { [weak self] in self?.assumeIsolated { $0.serve() } }, []))
        }
        _ = listener.arm(reading: true, writing: false)
        for index in callers.indices { hear(index) }
        callers.removeAll { caller in caller.heard == [0] }
    }

    private func hear(_ index: Int) {
        let socket = callers[index].socket
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = recv(socket.number, &buffer, buffer.count, 0)
            if count < 0, errno == EAGAIN { break }
            guard count > 0 else {
                callers[index].heard = [0]
                return
            }
            callers[index].heard += buffer[..<count]
        }
        var reader = SSHMessageReader(callers[index].heard)
        while let message = reader.string() {
            callers[index].heard.removeFirst(4 + message.count)
            caught.append(message)
            // SUCCESS to whatever it said.
            let answer: [UInt8] = [0, 0, 0, 1, 6]
            _ = send(socket.number, answer, answer.count, Int32(MSG_NOSIGNAL))
        }
        _ = socket.arm(reading: true, writing: false)
    }

    @discardableResult func close() -> [[UInt8]] {
        listener = nil
        callers = []
        defer { caught = [] }
        return caught
    }
}
