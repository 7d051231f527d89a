import Testing

@testable import Kubernetes

/// Why a command did not start, in the words of the runtimes.
@Suite struct RuntimeRefusalTests {
    private static let containerd =
        "error executing command in container: failed to exec in container: failed to start exec \"59df\": OCI runtime exec failed: "

    @Test(
        "Each runtime's words for a program that is not in the image",
        arguments: [
            containerd
                + "exec failed: unable to start container process: exec: \"ip\": executable file not found in $PATH: unknown",
            containerd
                + "exec failed: container_linux.go:345: starting container process caused \"exec: \\\"ip\\\": executable file not found in $PATH\": unknown",
            containerd
                + "exec failed: unable to start container process: exec: \"ip\": stat ip: no such file or directory: unknown",
            "time=\"2026-11-24T08:00:00Z\" level=error msg=\"exec failed: unable to start container process: exec: \\\"ip\\\": executable file not found in $PATH\"",
            "executable file `ip` not found in $PATH: No such file or directory",
            "failed to start exec \"e9a1\": rpc status: code: INTERNAL message: \"the file ip was not found\"): unknown",
        ])
    func missing(message: String) { #expect(RuntimeRefusal(message: message, program: "ip") == .missing) }

    @Test(
        "Other reasons are not taken for a missing program",
        arguments: [
            (
                containerd + "exec failed: unable to start container process: exec: \"/bin/ip\": permission denied: unknown",
                RuntimeRefusal.notPermitted
            ),
            ("exec /bin/ip: operation not permitted", .notPermitted),
            (containerd + "exec failed: open /proc/self/fd: no such file or directory: unknown", .other),
            (
                containerd
                    + "exec failed: unable to start container process: can't get final child's PID from pipe: EOF: unknown",
                .other
            ),
            (
                "error executing command in container: failed to exec in container: container is in CONTAINER_EXITED state",
                .notRunning
            ),
            ("container is not created or running", .notRunning),
            ("", .other),
        ])
    func others(message: String, reason: RuntimeRefusal) {
        #expect(RuntimeRefusal(message: message, program: "/bin/ip") == reason)
    }

    @Test(
        "Runtimes that end such an exec with a code put their words into the output",
        arguments: [
            (
                "OCI runtime exec failed: exec failed: container_linux.go:348: starting container process caused \"exec: x\"\n",
                126, true
            ),
            ("executable file `ip` not found in $PATH: No such file or directory\n", 127, true),
            ("time=\"t\" level=error msg=\"exec failed: unable to start container process: exec: \\\"ip\\\"\"\n", 255, true),
            ("exec /usr/bin/ping: operation not permitted\n", 255, true),
            // A program's own words, and a program that prints a runtime's words and ends well.
            ("ping: permission denied (are you root?)\n", 1, false),
            ("sh: ip: not found\n", 127, false),
            ("OCI runtime exec failed: exec failed\n", 0, false),
        ])
    func inOutput(output: String, code: Int, isRuntime: Bool) {
        #expect((RuntimeRefusal.words(in: Array(output.utf8), exitCode: code) != nil) == isRuntime)
    }

    @Test("The sentence names the program, and what to do")
    func sentences() {
        let call = ExecCall(
            operation: Operation(verb: .get, path: ResourcePath.pods("default", "p").named("p", subresource: "exec")),
            container: nil,
            argv: ["ping", "-c", "3"], stdin: nil, outputLimitBytes: 1)
        let missing = call.failure(.refused(message: "exec: \"ping\": executable file not found in $PATH"), received: 0)
        #expect(missing.kind == .commandNotFound)
        #expect(
            missing.sentence.hasPrefix("cluster: exec in pod default/p: 'ping -c 3' did not run, since the image has no 'ping': ")
        )
        let denied = call.failure(.refused(message: "exec /bin/ping: operation not permitted"), received: 0)
        #expect(denied.kind == .commandNotPermitted)
        #expect(denied.next == "look at its file capabilities against the container's: is NET_RAW dropped?")
        #expect(call.failure(.refused(message: "container is not created or running"), received: 0).kind == .containerNotRunning)
    }
}
