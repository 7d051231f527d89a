package import Facts

/// A node's kernel: command line, IOMMU groups, release and machine.
package enum KernelStateReader {
    /// - Parameters:
    ///   - commandLine: answer to `NodeCommands.kernelCommandLine`.
    ///   - groups: answer to `NodeCommands.iommuGroups`: one number a line; a missing folder means no group.
    ///   - kernel: answer to `NodeCommands.kernelAndMachine`: `6.1.0-56-amd64 x86_64`.
    /// - Throws: `DialectError` when one of them says something else.
    package static func read(
        commandLine: CommandOutput, groups: CommandOutput, kernel: CommandOutput
    ) throws(DialectError) -> KernelState {
        guard let line = commandLine.lines.first else {
            throw commandLine.problem ?? .nothingPrinted(expected: "the kernel command line")
        }
        if let error = ErrorText.classify(line.trimmed) { throw error }
        let uname = try machine(kernel)
        return KernelState(
            commandLine: String(line.trimmed), iommuGroups: try count(groups), release: uname.release, machine: uname.machine)
    }

    /// Release and machine from `uname -rm`.
    package static func machine(_ output: CommandOutput) throws(DialectError) -> (release: String, machine: String) {
        guard let words = output.lines.first?.words, words.count == 2,
            words[0].utf8.first.map({ (0x30...0x39).contains($0) }) == true
        else {
            throw output.problem
                ?? .incomplete(expected: "release and machine of `uname -rm`", saw: String(output.lines.first?.text ?? ""))
        }
        return (String(words[0]), String(words[1]))
    }

    private static func count(_ output: CommandOutput) throws(DialectError) -> Int {
        var count = 0
        for word in output.lines.flatMap(\.words) {
            guard word.isDecimal else {
                if output.saysMissing("/sys/kernel/iommu_groups") { return 0 }
                throw output.problem ?? .incomplete(expected: "numbers of IOMMU groups", saw: String(word))
            }
            count += 1
        }
        if count == 0, let problem = output.problem, !output.saysMissing("/sys/kernel/iommu_groups") { throw problem }
        return count
    }
}
