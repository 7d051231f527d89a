internal import Facts
internal import Foundation
internal import Subprocess
internal import SystemPackage

/// The machines of an emulated site while they run.
///
/// A shell of ours starts them all and waits for the end of its input, which comes when the lab ends, however it ends; then
/// it ends them, and removes the site's folder, which a lab that was killed could not.
struct GuestFleet: Sendable {
    let parts: GuestParts
    let plan: GuestPlan
    let files: SSHFiles
    let directory: String
    let time: SiteTime

    /// How long a machine may take until it is up; a busy host is slow.
    private static let patience = Duration.seconds(420)

    func console(_ name: String) -> String { "\(directory)/\(name).console" }
    /// A line written there is a command for QEMU's monitor.
    func monitor(_ name: String) -> String { "\(directory)/\(name).monitor" }

    /// Runs the machines until cancelled.
    ///
    /// - Throws: `LabError` when one of them ends by itself.
    func run() async throws {
        var script = ""
        for machine in plan.machines {
            try machine.script.write(toFile: "\(directory)/\(machine.name).setup", atomically: false, encoding: .utf8)
            let words = ([parts.program] + arguments(machine)).map { "'\($0)'" }.joined(separator: " ")
            script += "mkfifo '\(monitor(machine.name)).in' '\(monitor(machine.name)).out'\n"
            script += "(exec \(words) > '\(directory)/\(machine.name).log' 2>&1 < /dev/null) &\nmachines=\"$machines $!\"\n"
        }
        // The input's end and a machine's own end both end all.
        script += """
            trap 'kill $machines $reader 2> /dev/null; exit 0' TERM INT
            cat <&3 > /dev/null & reader=$!
            wait -n
            kill -0 $reader 2> /dev/null || orphaned=yes
            kill $machines $reader 2> /dev/null
            wait
            [ -z "$orphaned" ] || rm -rf '\(directory)'
            """
        let program = "exec 3<&0\n" + script
        var overrides: [Environment.Key: String?] = [:]
        for (name, value) in parts.environment { if let key = Environment.Key(rawValue: name) { overrides[key] = value } }
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .seconds(2))]
        _ = try await Subprocess.run(
            .name("bash"), arguments: ["-c", program], environment: .inherit.updating(overrides), platformOptions: options,
            input: .inputWriter, output: .sequence, error: .discarded
        ) { execution in
            // Nothing is ever written: that the pipe is open says that the lab is alive. Nothing is printed: the end of
            // the output is the shell's.
            for try await _ in execution.standardOutput {}
        }
        try Task.checkCancellation()
        throw LabError("a guest of the site ended by itself; \(lastWords())")
    }

    private func arguments(_ machine: GuestPlan.Machine) -> [String] {
        let key = files.hostKey(machine.name)
        var words = ["-nodefaults", "-no-user-config", "-name", machine.name]
        for folder in parts.dataFolders { words += ["-L", folder] }
        words += [
            "-M", "q35,i8042=off,usb=off,vmport=off", "-accel", "tcg,thread=multi,tb-size=64", "-cpu", "qemu64,+rdrand", "-smp",
            "1", "-m", "\(GuestPlan.memoryMiB)", "-display", "none", "-no-reboot", "-kernel", parts.kernel, "-initrd",
            parts.image, "-append",
            "console=ttyS0 quiet loglevel=4 panic=-1 net.ifnames=0 no_timer_check intel_iommu=on iommu=pt",
            "-serial", "file:\(console(machine.name))", "-chardev", "pipe,id=monitor,path=\(monitor(machine.name))", "-mon",
            "chardev=monitor,mode=readline",
            "-fw_cfg", "name=opt/plumbline/setup,file=\(directory)/\(machine.name).setup",
            "-fw_cfg", "name=opt/plumbline/hostkey,file=\(key)",
            "-fw_cfg", "name=opt/plumbline/authorized,file=\(files.identity).pub",
        ]
        return words + machine.devices
    }

    /// Waits until every machine says that it is ready.
    ///
    /// - Throws: `LabError` when one does not in time, with its last words.
    func settle() async throws {
        let end = time.now() + Self.patience
        for machine in plan.machines {
            while !said("plumbline: ready", console(machine.name)) {
                guard time.now() < end else {
                    throw LabError(
                        "\(machine.name): its guest was not up after \(Self.patience.components.seconds) s; \(lastWords())")
                }
                try await time.sleep(.milliseconds(50))
            }
        }
    }

    private func said(_ words: String, _ path: String) -> Bool {
        guard let bytes = FileManager.default.contents(atPath: path) else { return false }
        return String(decoding: bytes, as: UTF8.self).contains(words)
    }

    private func lastWords() -> String {
        plan.machines.map { machine in
            let lines = [console(machine.name), "\(directory)/\(machine.name).log"].compactMap { path in
                FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
            }.joined().split(whereSeparator: \.isNewline)
            return "\(machine.name): \(lines.last.map(String.init) ?? "silent")"
        }.joined(separator: "; ")
    }
}
