import Foundation
import Glibc
import SSHPeer
import Testing

@testable import Transports

/// Devices whose command line is a shell on a pty and nothing else.
@Suite(.timeLimit(.minutes(1)), .enabled(if: AsyncSSHServer.isInstalled)) struct SSHShellTests {
    /// A command line in the manner of IOS: a greeting that looks like prompts, echo, a pager until it is turned off.
    private func device(
        greeting: String = "\\r\\n*** Property of # Lab > only, password: none ***\\r\\n", beforePrompt: Double = 0,
        exec: String = "p.exit(0); return", prompt: String = "sw1#", answerDelay: Double = 0
    ) -> String {
        """
        class Server(asyncssh.SSHServer):
            def begin_auth(self, username): note('login'); return False
        def answer(text, paging):
            if text == '': return ''
            if text == 'terminal length 0': return None
            if text == 'show long':
                lines = ['row %d' % n for n in range(200)]
                return '\\r\\n'.join(lines) + '\\r\\n'
            if text == 'show coloured': return '\\x1b[1;32mup\\x1b[0m\\r\\nabx\\x08c\\r\\n'
            if text == 'show log': return 'row\\r\\nsw1#*Nov 24 08:00:00: %LINK-3-UPDOWN: Interface Gi0/1, changed state to up\\r\\n'
            if text == 'show prompt-like': return 'sw1#\\r\\nsw1# not the end\\r\\nlast\\r\\n'
            return 'answer to ' + text + '\\r\\n'
        async def process(p):
            if p.command is not None:
                \(exec)
            paging = True
            p.stdout.write('\(greeting)')
            await asyncio.sleep(\(beforePrompt))
            p.stdout.write('\\r\\n\(prompt)')
            line = ''
            while True:
                try: got = await p.stdin.read(1)
                except asyncssh.TerminalSizeChanged: continue
                if not got: break
                if got not in '\\r\\n':
                    line += got; p.stdout.write(got); continue
                p.stdout.write('\\r\\n')
                note('typed ' + line)
                await asyncio.sleep(\(answerDelay))
                text = answer(line, paging)
                if text is None: paging = False; text = ''
                if paging and text.count('\\n') > 24:
                    p.stdout.write('\\r\\n'.join(text.split('\\r\\n')[:24]) + '\\r\\n --More-- ')
                    await p.stdin.read(1)
                p.stdout.write(text if '%LINK' in text else text + '\(prompt)'); line = ''
            p.exit(0)
        """
    }

    private let shell = SSHChannelChoice.shell(preparation: ["terminal length 0"])

    private func ask(_ connections: SSHConnections, _ command: String, _ channel: SSHChannelChoice) async throws -> String {
        let output = try await connections.run(command, on: "device", mode: .serial, channel: channel, deadline: .seconds(20))
        return text(output.stdout)
    }

    @Test func answersComeWithoutEchoAndPromptAndWithOneLogin() async throws {
        try await withAsyncSSH(device()) { server in
            let connections = server.connections()
            for number in 0..<4 {
                let answer = try await ask(connections, "show thing \(number)", shell)
                #expect(answer == "answer to show thing \(number)\n")
            }
            let long = try await ask(connections, "show long", shell)
            #expect(long.split(separator: "\n").count == 200)
            await connections.closeAll()
            #expect(await server.log.count("login") == 1)
            #expect(
                await server.log.lines.filter { $0.hasPrefix("typed ") }.prefix(3) == [
                    "typed ", "typed terminal length 0", "typed show thing 0",
                ])
        }
    }

    @Test func answersAreShownAsATerminalWouldShowThem() async throws {
        try await withAsyncSSH(device()) { server in
            let connections = server.connections()
            let coloured = try await ask(connections, "show coloured", shell)
            #expect(coloured == "up\nabc\n")
            let promptLike = try await ask(connections, "show prompt-like", shell)
            #expect(promptLike == "sw1#\nsw1# not the end\nlast\n")
            await connections.closeAll()
        }
    }

    @Test func aLogMessageBehindThePromptHoldsNothingUp() async throws {
        try await withAsyncSSH(device()) { server in
            let connections = server.connections()
            let log = try await ask(connections, "show log", shell)
            #expect(log.hasPrefix("row\n"))
            let next = try await ask(connections, "show thing", shell)
            #expect(next == "answer to show thing\n")
            await connections.closeAll()
        }
    }

    @Test func aPromptThatComesLateShiftsNoAnswer() async throws {
        try await withAsyncSSH(device(greeting: "Welcome", beforePrompt: 1.0, answerDelay: 0.6)) { server in
            let connections = server.connections()
            for number in 0..<3 {
                let answer = try await ask(connections, "show thing \(number)", shell)
                #expect(answer == "answer to show thing \(number)\n")
            }
            await connections.closeAll()
        }
    }

    @Test func aPagerIsNotAnsweredButSaid() async throws {
        try await withAsyncSSH(device()) { server in
            let connections = server.connections()
            let failure = await #expect(throws: SSHFailure.self) {
                try await connections.run(
                    "show long", on: "device", mode: .serial, channel: .shell(preparation: []), deadline: .seconds(20))
            }
            #expect(
                failure?.description
                    == "device: its shell waits at a pager (' --More-- ') though paging was to be off; "
                    + "see the paging-off command of its platform")
            await connections.closeAll()
        }
    }

    @Test func aDeviceThatAsksSomethingAtLoginIsSaidTo() async throws {
        let restless = """
            class Server(asyncssh.SSHServer):
                def begin_auth(self, username): return False
            async def process(p):
                count = 0
                while True:
                    p.stdout.write('\\r\\nChange your password now (%d): ' % count); count += 1
                    while True:
                        try: got = await p.stdin.read(1); break
                        except asyncssh.TerminalSizeChanged: continue
                    if not got: break
            """
        try await withAsyncSSH(restless) { server in
            let connections = server.connections { $0.shellDeadline = .seconds(2) }
            let failure = await #expect(throws: SSHFailure.self) {
                try await connections.run("show", on: "device", mode: .serial, channel: shell, deadline: .seconds(20))
            }
            #expect(
                failure?.description.hasPrefix(
                    "device: no prompt was recognised in its shell within 2 s; the line that stood there was 'Change your password now ("
                )
                    == true)
            await connections.closeAll()
        }
    }

    @Test(arguments: [
        // Answers and hangs up, hangs up without a word.
        "p.stdout.write('answer to %s\\r\\n' % p.command); p.exit(0); p.channel.get_connection().close(); return",
        "p.channel.get_connection().abort(); return",
    ])
    func aDeviceWithoutExecIsFoundOutOnce(exec: String) async throws {
        try await withAsyncSSH(device(exec: exec)) { server in
            let connections = server.connections()
            for number in 0..<4 {
                let answer = try await ask(
                    connections, "show thing \(number)", .execElseShell(preparation: ["terminal length 0"]))
                #expect(
                    String(String.UnicodeScalarView(answer.unicodeScalars.filter { $0 != "\r" }))
                        == "answer to show thing \(number)\n")
            }
            await connections.closeAll()
            let log = await server.log.lines
            #expect(log.count { $0.contains("login") } == 2, "\(log)")
        }
    }

    @Test func aDeviceWithExecIsAskedByExec() async throws {
        try await withAsyncSSH(device(exec: "p.stdout.write('by exec'); p.exit(0); return")) { server in
            let connections = server.connections()
            for _ in 0..<3 {
                let answer = try await ask(connections, "show version", .execElseShell(preparation: []))
                #expect(answer == "by exec")
            }
            await connections.closeAll()
            #expect(await server.log.count("login") == 1)
        }
    }

    @Test func aCommandThatHangsIsLeftAndTheNextOneLogsInAgain() async throws {
        try await withAsyncSSH(device(answerDelay: 0)) { server in
            let connections = server.connections()
            _ = try await ask(connections, "show thing", shell)
            await connections.closeAll()
        }
        try await withAsyncSSH(device(answerDelay: 3)) { server in
            let connections = server.connections { $0.shellDeadline = .seconds(30) }
            let failure = await #expect(throws: SSHFailure.self) {
                try await connections.run(
                    "show thing", on: "device", mode: .serial, channel: .shell(preparation: []), deadline: .seconds(1))
            }
            #expect(failure?.description.hasPrefix("device: no end of `show thing` within 1 s, ") == true)
            await connections.closeAll()
        }
    }

    @Test func aRealShellOfLinuxIsReadToo() async throws {
        try await withSSHD { daemon in
            let connections = daemon.connections()
            for number in 0..<3 {
                let output = try await connections.run(
                    "echo number \(number)", on: "node", mode: .serial, channel: .shell(preparation: []), deadline: .seconds(20))
                #expect(text(output.stdout) == "number \(number)\n")
                #expect(output.exit == .unstated)
            }
            await connections.closeAll()
        }
    }
}
