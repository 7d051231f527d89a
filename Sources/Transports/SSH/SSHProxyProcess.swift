internal import CSSH2
internal import Glibc

/// A ProxyCommand: a program whose standard input and output are one end of a socket pair.
///
/// Lives on the loop of the session whose connection it is. It is told to end with the session and reaped when it has.
final class SSHProxyProcess {
    let command: String
    private let process: pid_t
    private let errors: SSHDescriptor
    private var said: [UInt8] = []

    /// Starts the command with the user's shell replaced by `/bin/sh -c exec`, as ssh does with the login shell.
    ///
    /// - Returns: the program and the session's end of the socket pair; an errno's text when it could not be started.
    static func start(_ command: String, on loop: SSHEventLoop, onReady: @escaping @Sendable () -> Void) -> Result<
        (SSHProxyProcess, Int32), Refusal
    > {
        var pair: [Int32] = [0, 0]
        var pipe: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &pair) == 0 else { return .failure(Refusal(errno)) }
        guard socketpair(AF_UNIX, kind, 0, &pipe) == 0 else {
            close(pair[0])
            close(pair[1])
            return .failure(Refusal(errno))
        }
        // Our ends do not block; the program's do, as it expects.
        for number in [pair[0], pipe[0]] { _ = fcntl(number, F_SETFL, O_NONBLOCK) }
        var process = pid_t()
        let code = spawn(command, stream: pair[1], errors: pipe[1], &process)
        close(pair[1])
        close(pipe[1])
        guard code == 0 else {
            close(pair[0])
            close(pipe[0])
            return .failure(Refusal(code))
        }
        let errors = SSHDescriptor(pipe[0], on: loop, onReady: onReady)
        return .success((SSHProxyProcess(command: command, process: process, errors: errors, loop: loop), pair[0]))
    }

    struct Refusal: Error {
        let reason: String
        init(_ code: Int32) { reason = String(cString: strerror(code)) }
    }

    private init(command: String, process: pid_t, errors: SSHDescriptor, loop: SSHEventLoop) {
        self.command = command
        self.process = process
        self.errors = errors
        _ = errors.arm(reading: true, writing: false)
        Self.reap(process, on: loop)
    }

    /// Reads what it has written to standard error, at most 1,000 bytes of it.
    func listen() {
        var buffer = [UInt8](repeating: 0, count: 1000)
        while true {
            let count = read(errors.number, &buffer, buffer.count)
            guard count > 0 else {
                if count < 0, errno == EAGAIN { _ = errors.arm(reading: true, writing: false) }
                return
            }
            said += buffer[..<min(count, 1000 - said.count)]
        }
    }

    /// Its words on one line.
    var words: String {
        listen()
        return String(decoding: said, as: UTF8.self).split(whereSeparator: \.isNewline).joined(separator: "; ")
    }

    func end() { kill(process, SIGTERM) }

    private static func spawn(_ command: String, stream: Int32, errors: Int32, _ process: inout pid_t) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, stream, 0)
        posix_spawn_file_actions_adddup2(&actions, stream, 1)
        posix_spawn_file_actions_adddup2(&actions, errors, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Signals that this process ignores or holds back are as usual in the program.
        // Not `sigset_t()`: whose module that initializer is depends on what else was compiled before.
        withUnsafeTemporaryAllocation(of: sigset_t.self, capacity: 2) { sets in
            guard let every = sets.baseAddress else { return }
            let none = every + 1
            sigfillset(every)
            sigemptyset(none)
            posix_spawnattr_setsigdefault(&attributes, every)
            posix_spawnattr_setsigmask(&attributes, none)
        }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var words: [UnsafeMutablePointer<CChar>?] = ["/bin/sh", "-c", "exec " + command].map { strdup($0 as String) }
        defer { for word in words { free(word) } }
        words.append(nil)
        return posix_spawn(&process, "/bin/sh", &actions, &attributes, words, environ)
    }

    /// Takes the program's exit status when it has ended, so that no zombie stays. The loop does it, which outlives the session.
    private static func reap(_ process: pid_t, on loop: SSHEventLoop) {
        let number = plumbline_pidfd_open(process)
        guard number >= 0 else { return }
        let token = loop.makeToken()
        loop.watch(token) {
            waitpid(process, nil, WNOHANG)
            close(number)
            loop.forget(token)
        }
        _ = loop.arm(number, token: token, directions: 1, firstTime: true)
    }
}
