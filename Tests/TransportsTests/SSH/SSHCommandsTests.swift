import SSHPeer
import Testing

@testable import Transports

@Suite(.timeLimit(.minutes(1))) struct SSHCommandsTests {
    @Test func severalCommandsShareOneLogin() async throws {
        try await withSSHD { daemon in
            let connections = daemon.connections()
            for number in 0..<3 {
                let output = try await connections.run("echo answer \(number)", on: "node", deadline: .seconds(20))
                #expect(text(output.stdout) == "answer \(number)\n")
                #expect(output.exit == .code(0))
            }
            await connections.closeAll()
            #expect(await daemon.log.count("Accepted publickey") == 1)
        }
    }

    @Test func standardErrorAndTheExitStatusComeApart() async throws {
        try await withSSHD { daemon in
            let connections = daemon.connections()
            let output = try await connections.run("echo out; echo err >&2; exit 7", on: "node", deadline: .seconds(20))
            #expect(output == CommandOutput(stdout: bytes("out\n"), stderr: bytes("err\n"), exit: .code(7)))
            await connections.closeAll()
        }
    }

    @Test func aSignalIsNoExitStatus() async throws {
        try await withSSHD { daemon in
            let connections = daemon.connections()
            let output = try await connections.run("kill -TERM $$", on: "node", deadline: .seconds(20))
            #expect(output.exit == .signal("TERM"))
            await connections.closeAll()
        }
    }

    @Test func commandsOnANodeRunAtOnce() async throws {
        try await withSSHD { daemon in
            let connections = daemon.connections()
            let folder = daemon.file("meet")
            // Each makes its mark and waits for the marks of the others: this only ends when all run at the same time.
            let command = { @Sendable (number: Int) in
                "mkdir -p \(folder); touch \(folder)/\(number); while [ $(ls \(folder) | wc -l) -lt 6 ]; do :; done"
            }
            try await withThrowingTaskGroup(of: CommandOutput.self) { group in
                for number in 0..<6 {
                    group.addTask { try await connections.run(command(number), on: "node", deadline: .seconds(20)) }
                }
                for try await output in group { #expect(output.exit == .code(0)) }
            }
            await connections.closeAll()
            #expect(await daemon.log.count("Accepted publickey") == 1)
        }
    }

    @Test func commandsOnASwitchNeverOverlapAndKeepTheirOrder() async throws {
        try await withSSHD { daemon in
            let connections = daemon.connections()
            let file = daemon.file("order")
            _ = try await connections.run("true", on: "node", mode: .serial, deadline: .seconds(20))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        _ = try await connections.run(
                            "echo begin \(number) >>\(file); ls / >/dev/null; echo end \(number) >>\(file)", on: "node",
                            mode: .serial, deadline: .seconds(20))
                    }
                }
                try await group.waitForAll()
            }
            let output = try await connections.run("cat \(file)", on: "node", mode: .serial, deadline: .seconds(20))
            let lines = text(output.stdout).split(separator: "\n")
            #expect(lines.count == 16)
            for pair in stride(from: 0, to: lines.count, by: 2) {
                #expect(lines[pair].dropFirst("begin".count) == lines[pair + 1].dropFirst("end".count))
            }
            await connections.closeAll()
        }
    }

    @Test func moreCommandsThanTheServerAllowsWaitForEachOther() async throws {
        try await withSSHD("MaxSessions 2") { daemon in
            let connections = daemon.connections()
            try await withThrowingTaskGroup(of: CommandOutput.self) { group in
                for number in 0..<12 {
                    group.addTask { try await connections.run("echo \(number)", on: "node", deadline: .seconds(20)) }
                }
                var answers: Set<String> = []
                for try await output in group { answers.insert(text(output.stdout)) }
                #expect(answers == Set((0..<12).map { "\($0)\n" }))
            }
            await connections.closeAll()
        }
    }

    @Test func sixteenMegabytesComeWhole() async throws {
        try await withSSHD { daemon in
            let connections = daemon.connections()
            let output = try await connections.run(
                "head -c 16777216 /dev/zero | tr '\\0' x; head -c 1000000 /dev/zero >&2", on: "node", deadline: .seconds(40))
            #expect(output.stdout.count == 16_777_216)
            #expect(output.stdout.allSatisfy { $0 == UInt8(ascii: "x") })
            #expect(output.stderr.count == 1_000_000)
            await connections.closeAll()
        }
    }

    @Test func anAnswerThatNeverEndsIsCutAtTheLimitAndSaidToBe() async throws {
        try await withSSHD { daemon in
            let connections = daemon.connections { $0.outputLimitBytes = 100_000 }
            let failure = await #expect(throws: SSHFailure.self) {
                try await connections.run("yes", on: "node", deadline: .seconds(20))
            }
            #expect(failure?.description == "node: `yes` answered more than 100000 bytes, which is not read further")
            let output = try await connections.run("echo still there", on: "node", deadline: .seconds(20))
            #expect(text(output.stdout) == "still there\n")
            await connections.closeAll()
        }
    }

    @Test func aCommandThatHangsEndsAtItsDeadlineAndTheNextOneRuns() async throws {
        try await withSSHD { daemon in
            let connections = daemon.connections()
            let failure = await #expect(throws: SSHFailure.self) {
                try await connections.run("echo begun; exec sleep 60", on: "node", deadline: .seconds(2))
            }
            #expect(
                failure?.description
                    == "node: no end of `echo begun; exec sleep 60` within 2 s, 6 bytes of the answer had come; "
                    + "see whether it hangs there")
            let output = try await connections.run("echo next", on: "node", deadline: .seconds(20))
            #expect(text(output.stdout) == "next\n")
            await connections.closeAll()
            #expect(await daemon.log.count("Accepted publickey") == 1)
        }
    }

    @Test func aSwitchThatHangsIsLeftAndLoggedIntoAgain() async throws {
        try await withSSHD { daemon in
            let connections = daemon.connections()
            await #expect(throws: SSHFailure.self) {
                try await connections.run("sleep 60", on: "node", mode: .serial, deadline: .milliseconds(500))
            }
            let output = try await connections.run("echo next", on: "node", mode: .serial, deadline: .seconds(20))
            #expect(text(output.stdout) == "next\n")
            await connections.closeAll()
            #expect(await daemon.log.count("Accepted publickey") == 2)
        }
    }

    @Test func aCancelledCommandEndsAtOnce() async throws {
        try await withSSHD { daemon in
            let connections = daemon.connections()
            _ = try await connections.run("true", on: "node", deadline: .seconds(20))
            let failure = await withTaskGroup(of: SSHFailure?.self) { group in
                group.addTask {
                    do throws(SSHFailure) {
                        _ = try await connections.run("exec sleep 60", on: "node", deadline: .seconds(50))
                        return nil
                    } catch {
                        return error
                    }
                }
                group.cancelAll()
                return await group.next() ?? nil
            }
            #expect(failure?.cause == .cancelled)
            await connections.closeAll()
        }
    }

    @Test func noDescriptorIsLeftBehind() async throws {
        try await withSSHD { daemon in
            let first = daemon.connections()
            _ = try await first.run("true", on: "node", deadline: .seconds(20))
            await first.closeAll()
            let before = openSockets(to: daemon.port)
            for _ in 0..<5 {
                let connections = daemon.connections()
                _ = try await connections.run("true", on: "node", deadline: .seconds(20))
                #expect(openSockets(to: daemon.port) == before + 1)
                await connections.closeAll()
            }
            #expect(openSockets(to: daemon.port) == before)
        }
    }
}
