internal import Facts

/// Why a container runtime did not start a command, as it words it.
///
/// - Source: `exec-v5-missingcmd.jsonl` (containerd with runc); runc `libcontainer` before 1.1 (`container_linux.go:…: starting container
///   process caused "exec: …"`), crun `libcrun/linux.c` ("executable file `ip` not found in $PATH"), kata's agent ("the file /bin/bash was
///   not found"), containerd `container is in CONTAINER_EXITED state`, CRI-O `container is not created or running`.
enum RuntimeRefusal: Hashable {
    /// The image has no such program.
    case missing
    /// The program is there, and the container may not start it: no execute bit, or file capabilities that the container was denied.
    case notPermitted
    /// The container does not run any more.
    case notRunning
    /// Anything else that keeps a command from starting: no memory, no cgroup, a broken runtime.
    case other

    /// - Parameter program: the first word of the command.
    init(message: String, program: String) {
        // Messages are quoted once or twice on their way here.
        let words = message.filter { $0 != "\\" }
        let names = ["exec: \"\(program)\"", "exec: \(program)", "stat \(program)", "exec `\(program)`", "\(program): "]
        let isAboutProgram = names.contains { words.contains($0) }
        if words.contains("executable file not found in $PATH") || words.contains("executable file `\(program)` not found")
            || words.contains("the file \(program) was not found")
            || isAboutProgram && words.lowercased().contains("no such file or directory")
        {
            self = .missing
        } else if isAboutProgram, ["permission denied", "operation not permitted"].contains(where: words.lowercased().contains) {
            self = .notPermitted
        } else if ["container not running", "container is not created or running", "CONTAINER_EXITED", "in a stopped container"]
            .contains(where: words.contains)
        {
            self = .notRunning
        } else {
            self = .other
        }
    }

    /// The runtime's own words, where it put them into the output of a command that never ran: Docker and CRI-O end such an exec with an
    /// exit code (126, 127, 128 or 255), as if the program had run.
    static func words(in output: [UInt8], exitCode: Int) -> String? {
        guard [126, 127, 128, 255].contains(exitCode), output.count < 4096 else { return nil }
        let text = String(decoding: output, as: UTF8.self)
        let marks = [
            "OCI runtime exec failed", "exec failed: unable to start container process", "starting container process caused",
            "executable file `", "cannot exec in a stopped container",
        ]
        return text.split(whereSeparator: \.isNewline).map(String.init).first { line in
            // `exec /bin/ping: operation not permitted`: file capabilities that the container was denied.
            line.hasPrefix("exec /") && line.hasSuffix("not permitted") || marks.contains { line.contains($0) }
        }
    }
}
