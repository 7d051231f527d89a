import Facts
import Foundation
import Probes
import SSHPeer
import Testing

/// A node where `sudo -n` does not do: the sentence says what sudo wanted and what to do, not that a file is unreadable.
@Suite(.timeLimit(.minutes(1))) struct SudoTests {
    /// A sudo on the node's PATH that refuses with the words of the true one.
    private func withSudo(_ words: String, body: (DeviceSite) async throws -> Void) async throws {
        try await withFolder { folder in
            let program = "#!/bin/sh\ncat >&2 <<'END'\n\(words)\nEND\nexit 1\n"
            try program.write(toFile: folder + "/sudo", atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/sudo")
            try await withSSHD("SetEnv SHLVL=3 PATH=\(folder):/usr/bin:/bin") { daemon in
                let site = try DeviceSite(daemon)
                try await body(site)
                await site.close()
            }
        }
    }

    static let refusals: [(words: String, sentence: String)] = [
        (
            "sudo: a password is required",
            "sudo -n asks for a password: 'sudo: a password is required'; give the account a NOPASSWD rule for this command in "
                + "/etc/sudoers.d, or leave 'sudo' off for this node"
        ),
        (
            "sudo: sorry, you must have a tty to run sudo",
            "sudo -n asks for a terminal: 'sudo: sorry, you must have a tty to run sudo'; set '!requiretty' for the account in "
                + "/etc/sudoers.d"
        ),
        (
            "op is not in the sudoers file.  This incident will be reported.",
            "sudo -n does not allow it: 'op is not in the sudoers file.  This incident will be reported.'; allow the account "
                + "this command in /etc/sudoers.d, or leave 'sudo' off for this node"
        ),
        (
            "sudo: interactive authentication is required",
            "sudo -n asks for a password: 'sudo: interactive authentication is required'; give the account a NOPASSWD rule for "
                + "this command in /etc/sudoers.d, or leave 'sudo' off for this node"
        ),
    ]

    @Test(arguments: refusals.indices) func whatSudoWantsIsSaid(_ index: Int) async throws {
        let (words, sentence) = Self.refusals[index]
        try await withSudo(words) { site in
            guard case .failure(let allocations) = await site.prober.answer(DeviceAllocationsRequest(node: "node1")) else {
                Issue.record("sudo refused and an answer was read")
                return
            }
            #expect(allocations.kind == .refused)
            #expect(allocations.description.hasSuffix(": " + sentence), "\(allocations)")
            #expect(allocations.description.hasPrefix("node1: no "))
            guard case .failure(let cni) = await site.prober.answer(CNIInstallationRequest(node: "node1")) else {
                Issue.record("sudo refused and an installation was read")
                return
            }
            #expect(cni.description.hasSuffix(": " + sentence), "\(cni)")
            let sent = site.captured.taken().map(\.sent)
            #expect(sent.contains("sudo -n cat /var/lib/kubelet/device-plugins/kubelet_internal_checkpoint"), "\(sent)")
        }
    }
}
