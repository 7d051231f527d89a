import Dialects
import Facts
import Foundation
import Probes
import SSHPeer
import Testing
import Transports

/// A switch in the manner of IOS behind a real sshd, asked through the door of a run: no exec channel, greeting, prompt, echo by
/// the terminal, and a pager until it is turned off.
@Suite(.timeLimit(.minutes(2))) struct DeviceShellTests {
    private let arp = DeviceNeighboursRequest(device: "sw1")

    private func ask(_ site: DeviceSite) async -> Result<Reading<NeighbourEntry>, ProbeFailure> { await site.prober.answer(arp) }

    @Test(arguments: [
        (IOSShell.Exec.saysNothing, "it gives no answer on an exec channel", 1),
        (.showsItsPrompt, "it answers an exec request with its prompt", 2),
    ])
    func aSwitchWithoutExecIsAskedInItsShell(exec: IOSShell.Exec, reason: String, logins: Int) async throws {
        try await withIOSSwitch(IOSShell(exec: exec)) { site in
            for _ in 0..<2 {
                let reading = try await ask(site).get()
                #expect(reading.rows.count == 60)
                #expect(reading.unread.isEmpty, "\(reading.unread.prefix(2))")
                #expect(reading.rows.last?.ip.description == "192.168.201.61")
            }
            await site.close()
            let carried = site.captured.taken().map { $0.transport ?? "" }
            #expect(carried == Array(repeating: "a shell on a pty of libssh2: \(reason)", count: 2))
            #expect(
                site.typed() == ["", "terminal width 511", "terminal length 0", "show ip arp", "show ip arp"],
                "prepared once, and found out once")
            #expect(await site.daemon.log.count("Accepted publickey") == logins)
        }
    }

    @Test func aSwitchWithExecIsNeverTypedTo() async throws {
        try await withIOSSwitch(IOSShell(exec: .answers)) { site in
            for _ in 0..<2 {
                let reading = try await ask(site).get()
                #expect(reading.rows.count == 60)
            }
            await site.close()
            #expect(site.typed() == [])
            #expect(site.captured.taken().map(\.transport) == Array(repeating: "an exec channel of libssh2", count: 2))
        }
    }

    @Test func aSwitchThatDoesNotTurnItsPagerOffIsSaidToRefuse() async throws {
        try await withIOSSwitch(IOSShell(exec: .saysNothing, pages: .always)) { site in
            guard case .failure(let failure) = await ask(site) else {
                Issue.record("half a table passed for a whole one")
                return
            }
            #expect(
                failure.description
                    == "sw1: node: its shell waits at a pager (' --More-- ') though paging was to be off; it answered "
                    + "`terminal length 0` with '% Authorization failed.'; see the account's rights there")
            await site.close()
        }
    }

    @Test func whatWasFoundOutIsSaidOnceForTheReport() async throws {
        try await withIOSSwitch(IOSShell(exec: .saysNothing)) { site in
            _ = await ask(site)
            #expect(
                await site.ssh.detourSentences == [
                    "node was asked over a shell on a pty of libssh2: it gives no answer on an exec channel"
                ])
            await site.close()
        }
    }
}
