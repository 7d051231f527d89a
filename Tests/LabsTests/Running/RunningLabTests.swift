import Facts
import Foundation
import Subprocess
import SystemPackage
import Testing

@testable import Labs

@Suite(
    "A site that is up", .serialized, .timeLimit(.minutes(1)),
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/sbin/sshd"), "needs OpenSSH's server"))
struct RunningLabTests {
    private static let statuses: [([String], Int32)] = [
        (["sh", "-c", "exit 7"], 7), (["sh", "-c", "kill -9 $$"], 137), (["/nope/nosuch"], 127),
    ]

    /// Where `swift build` puts the door.
    private static var programs: String {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return tests.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(".build/debug").path
    }

    private func up(
        _ prepare: @escaping @Sendable (inout FabricState) -> Void = { _ in },
        _ body: @escaping @Sendable (Lab) async throws -> Void
    )
        async throws
    {
        var site = try SeedOutput.site()
        site.latencies = .none
        try await Lab.run(site, programs: Self.programs, prepare: prepare, body)
    }

    private static func ssh(_ lab: Lab, _ arguments: [String]) async throws -> CommandAnswer {
        let result = try await Subprocess.run(
            .path("/usr/bin/ssh"), arguments: Arguments(["-F", lab.sshConfiguration] + arguments),
            output: .bytes(limit: 1 << 20), error: .bytes(limit: 1 << 20))
        guard case .exited(let status) = result.terminationStatus else { return CommandAnswer(status: 255) }
        return CommandAnswer(output: result.standardOutput, errors: result.standardError, status: Int(status))
    }

    @Test("Each host answers as itself, with output, errors and exit status kept apart")
    func answers() async throws {
        try await up { lab in
            #expect(try await Self.ssh(lab, ["worker2", "hostname"]) == CommandAnswer("worker2\n"))
            let missing = try await Self.ssh(lab, ["worker1", "cat /etc/hostname /nope"])
            #expect(missing == CommandAnswer("worker1\n", errors: "cat: /nope: No such file or directory\n", status: 1))
            let unknown = try await Self.ssh(lab, ["worker1", "nosuch"])
            #expect(unknown == CommandAnswer("", errors: "sh: 1: nosuch: not found\n", status: 127))
            let table = try await Self.ssh(lab, ["fabric-switch", "show arp no-resolve | no-more"])
            #expect(table.outputText.hasSuffix("Total entries: 0\n"))
        }
    }

    @Test("Each host has a key of its own, and one that is not its is refused")
    func hostKeys() async throws {
        try await up { lab in
            let known = try String(contentsOfFile: lab.directory + "/known_hosts", encoding: .utf8).split(separator: "\n")
            #expect(Set(known.compactMap { $0.split(separator: " ").last }).count == lab.hosts.count)
            let mixed = known.map { line in
                line.split(separator: " ").dropLast().joined(separator: " ") + " " + known[0].split(separator: " ")[2]
            }
            let file = lab.directory + "/mixed"
            try (mixed.joined(separator: "\n") + "\n").write(toFile: file, atomically: false, encoding: .utf8)
            let refused = try await Self.ssh(lab, ["-o", "UserKnownHostsFile=\(file)", "worker3", "true"])
            #expect(refused.status == 255 && refused.errorText.contains("HOST IDENTIFICATION HAS CHANGED"))
        }
    }

    @Test(
        "A host that cannot be looked at fails as ssh says, and its neighbour answers",
        arguments: [
            ("host-down", "Connection refused"), ("host-key-changed", "HOST IDENTIFICATION HAS CHANGED"),
            ("login-refused", "Permission denied (publickey)"), ("host-silent", "Connection timed out during banner exchange"),
        ])
    func waysIn(fault: String, errors: String) async throws {
        try await up({ state in
            // The names are constants of this test.
            try? FaultCatalogue.plant("\(fault)@worker2", in: &state)
        }) { lab in
            let refused = try await Self.ssh(lab, ["-o", "ConnectTimeout=1", "worker2", "true"])
            #expect(refused.status == 255 && refused.errorText.contains(errors))
            #expect(try await Self.ssh(lab, ["worker3", "true"]) == CommandAnswer())
        }
    }

    @Test("Many commands at once on one connection and on several are all answered")
    func manyAtOnce() async throws {
        try await up { lab in
            try await withThrowingTaskGroup(of: CommandAnswer.self) { group in
                for index in 0..<12 {
                    group.addTask {
                        try await Self.ssh(lab, [lab.hosts[index % 3], "cat /sys/class/net/eno2/device/sriov_numvfs"])
                    }
                }
                for try await answer in group { #expect(answer == CommandAnswer("8\n")) }
            }
        }
    }

    @Test("When it goes down, its folder and its servers go with it")
    func leavesNothing() async throws {
        let folder = try await Lab.run(SeedOutput.site(), programs: Self.programs) { lab in
            #expect(FileManager.default.fileExists(atPath: lab.kubeconfig))
            return lab.directory
        }
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    @Test("A command's exit status comes through, and what cannot be run is 127", arguments: statuses)
    func exitStatus(command: [String], status: Int32) async throws {
        #expect(try await SiteCommand().run(command, environment: [:]) == status)
    }

    @Test("A signal reaches the command once, and its clean-up is waited for")
    func signals() async throws {
        let folder = NSTemporaryDirectory() + "plumbline-lab-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(mkfifo(folder + "/ready", 0o600) == 0)
        let command = SiteCommand()
        let script = "trap 'echo once >> \(folder)/log; exit 130' INT; echo > \(folder)/ready; sleep 60 & wait"
        async let status = command.run(["sh", "-c", script], environment: [:])
        // Opening waits for the script to open the other end.
        _ = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder + "/ready")).readToEnd()
        await command.send(SIGINT)
        #expect(try await status == 130)
        #expect(try String(contentsOfFile: folder + "/log", encoding: .utf8) == "once\n")
    }

    @Test("Waits of the site are counted once where they overlap")
    func ledger() async throws {
        let ledger = WaitLedger(time: JumpingClock().time)
        await ledger.note("node", from: .seconds(1), to: .seconds(3))
        await ledger.note("switch", from: .seconds(2), to: .seconds(5))
        await ledger.note("node", from: .seconds(9), to: .seconds(10))
        #expect(await ledger.total() == .seconds(5))
        #expect(await ledger.total(of: "node") == .seconds(3))
        #expect(await ledger.systems == ["node", "switch"])
    }
}
