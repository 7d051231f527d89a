/// What a command has answered so far; kept apart from its operation, so that a failure can say how much had come.
final class SSHTranscript {
    var stdout: [UInt8] = []
    var stderr: [UInt8] = []

    var byteCount: Int { stdout.count + stderr.count }
}
