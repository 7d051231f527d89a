package import Facts

/// A node's CNI configuration folder and one plugin binary, from five answers.
package enum CNIInstallationReader {
    /// - Parameters:
    ///   - folder: answer to `NodeCommands.cniConfiguration`.
    ///   - binary: answer to `NodeCommands.cniBinary`.
    ///   - header: answer to `NodeCommands.cniBinaryHeader`; not looked at when the binary is not there.
    ///   - versions: answer to `NodeCommands.cniVersion`; likewise.
    ///   - kernel: answer to `NodeCommands.kernelAndMachine`.
    /// - Throws: `DialectError` when folder or binary could not be looked at (permission denied), which is not "missing".
    package static func read(
        _ request: CNIInstallationRequest, folder: CommandOutput, binary: CommandOutput, header: CommandOutput,
        versions: CommandOutput, kernel: CommandOutput
    ) throws(DialectError) -> CNIInstallation {
        CNIInstallation(
            configurationFiles: try CNIFolder.names(folder, path: request.configurationFolder),
            binary: try self.binary(request.binaryPath, binary, header, versions),
            nodeMachine: try KernelStateReader.machine(kernel).machine)
    }

    private static func binary(
        _ path: String, _ output: CommandOutput, _ header: CommandOutput, _ versions: CommandOutput
    ) throws(DialectError) -> CNIInstallation.Binary? {
        guard let entry = try FileListing(output).all.first(where: { $0.path == path }) else {
            if output.saysMissing(path) { return nil }
            throw output.problem ?? .nothingPrinted(expected: "mode and size of \(path)")
        }
        let answer = CNIVersionAnswer.read(versions)
        return CNIInstallation.Binary(
            path: path, mode: entry.mode, sizeBytes: entry.sizeBytes, machine: ELFHeader.machine(header),
            supportedVersions: answer.versions, runProblem: answer.problem)
    }
}

/// `ls -1` of a folder.
package enum CNIFolder {
    /// The names, as printed; nil when the folder is not there. Empty means that it is there and empty.
    package static func names(_ output: CommandOutput, path: String) throws(DialectError) -> [String]? {
        if output.saysMissing(path) { return nil }
        if let problem = output.problem { throw problem }
        return output.lines.map { String($0.trimmed) }
    }
}

/// The machine that a binary was built for.
///
/// - Source: ELF specification: magic `7f 45 4c 46`, byte 5 says the byte order, `e_machine` at byte 18; numbers of
///   `elf.h`.
package enum ELFHeader {
    private static let machines: [Int: String] = [
        3: "i386", 20: "ppc", 21: "ppc64", 22: "s390x", 40: "arm", 62: "x86_64", 183: "aarch64", 243: "riscv64",
        258: "loongarch64",
    ]

    /// - Parameter output: answer to `od -An -tx1 -N20 FILE`.
    /// - Returns: the machine as `uname -m` names it, else `elf-<number>`; nil for scripts and unreadable files.
    package static func machine(_ output: CommandOutput) -> String? {
        let bytes = output.lines.flatMap(\.words).compactMap { $0.utf8.count == 2 ? Int($0, radix: 16) : nil }
        guard bytes.count >= 20, bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46]) else { return nil }
        let number = bytes[5] == 2 ? bytes[18] << 8 | bytes[19] : bytes[19] << 8 | bytes[18]
        if number == 21, bytes[5] == 1 { return "ppc64le" }
        return machines[number] ?? "elf-\(number)"
    }
}

/// A plugin's answer to `CNI_COMMAND=VERSION`.
///
/// - Source: CNI specification, section VERSION: `{"cniVersion": …, "supportedVersions": [...]}`; errors of plugins are JSON
///   with `msg`, errors of the shell are text.
package enum CNIVersionAnswer {
    /// Versions, or why the plugin did not run; both nil where it ran and said nothing of the kind.
    package static func read(_ output: CommandOutput) -> (versions: [String]?, problem: String?) {
        let lines = TextLines(output.text)
        let answer = JSONDocuments.isJSON(lines) ? try? JSONDocuments(lines).documents.first?.value : nil
        if let versions = answer?["supportedVersions"]?.elements?.compactMap(\.text) { return (versions, nil) }
        if let message = answer?["msg"]?.text { return (nil, message) }
        let said = TextLines(output.errors).first { !$0.isBlank } ?? lines.first { !$0.isBlank }
        return (nil, said.map { String($0.trimmed) })
    }
}
