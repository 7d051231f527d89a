/// What a command in a container left behind.
package struct ExecOutput: Hashable, Sendable {
    /// The two streams apart, byte for byte. The order between them is not known.
    package let stdout: [UInt8]
    package let stderr: [UInt8]
    /// 0...255; 128 + n when signal n ended it (a shell's or the runtime's convention).
    package let exitCode: Int

    package init(stdout: [UInt8], stderr: [UInt8], exitCode: Int) {
        self.stdout = stdout
        self.stderr = stderr
        self.exitCode = exitCode
    }
}
