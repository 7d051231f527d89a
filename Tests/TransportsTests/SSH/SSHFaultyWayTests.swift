import Foundation
import Glibc
import SSHPeer
import Testing

@testable import Transports

/// What a way that cuts, stalls, delays and breaks up does to a session, at every stage.
@Suite(.timeLimit(.minutes(2))) struct SSHFaultyWayTests {
    @Test func aConnectionCutAtAnyByteOfItsOpeningEndsWithASentence() async throws {
        try await withSSHD("MaxStartups 100") { daemon in
            let whole = try FaultyProxy(to: daemon.port, .init())
            try daemon.configure("", port: whole.port)
            try daemon.know("[127.0.0.1]:* \(try daemon.hostKey())\n")
            #expect(await sentence(daemon) == nil)
            whole.stop()
            // Densely where the small messages are, every stage at least once.
            let length = whole.passed
            for bytes in Array(stride(from: 0, to: length - 1, by: max(1, length / 60))) {
                let proxy = try FaultyProxy(to: daemon.port, .init(bytes: max(1, bytes), end: .cut))
                try daemon.configure("ConnectTimeout 10", port: proxy.port)
                let connections = daemon.connections()
                do throws(SSHFailure) {
                    let output = try await connections.run("true", on: "node", deadline: .seconds(20))
                    // The answer's end had come, the exit status had not.
                    #expect(output.exit == .unstated, "cut after \(bytes) of \(length) bytes")
                } catch {
                    #expect(error.description.hasPrefix("node: "))
                }
                await connections.closeAll()
                proxy.stop()
            }
        }
    }

    @Test func aConnectionThatStallsAtAnyStageEndsAtItsDeadline() async throws {
        try await withSSHD("MaxStartups 100") { daemon in
            try daemon.know("[127.0.0.1]:* \(try daemon.hostKey())\n")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for bytes in [1, 30, 500, 1500, 1800, 2000] {
                    let proxy = try FaultyProxy(to: daemon.port, .init(bytes: bytes, end: .stall))
                    let config = daemon.file("stall\(bytes)")
                    let base = try String(contentsOfFile: daemon.clientConfig, encoding: .utf8)
                    try ("Host node\nPort \(proxy.port)\n" + base).write(toFile: config, atomically: true, encoding: .utf8)
                    group.addTask {
                        let connections = SSHConnections(settings: SSHSettings(configPath: config, connectDeadline: .seconds(2)))
                        let began = ContinuousClock.now
                        let failure = await TransportsTests.failure(connections, deadline: .seconds(2))
                        #expect(failure?.description.contains("2 s") == true, "\(bytes): \(failure?.description ?? "no failure")")
                        #expect(ContinuousClock.now - began < .seconds(30))
                        await connections.closeAll()
                        proxy.stop()
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func aCutInMidAnswerSaysHowMuchHadCome() async throws {
        try await withSSHD { daemon in
            try daemon.know("[127.0.0.1]:* \(try daemon.hostKey())\n")
            let proxy = try FaultyProxy(to: daemon.port, .init(bytes: 200_000, end: .cut))
            defer { proxy.stop() }
            try daemon.configure("", port: proxy.port)
            let connections = daemon.connections()
            let failure = await TransportsTests.failure(connections, "head -c 5000000 /dev/zero")
            guard case .dropped(.readingAnswer, let bytes, _)? = failure?.cause else {
                Issue.record("not dropped while reading: \(failure?.description ?? "no failure")")
                return
            }
            #expect((50_000..<200_000).contains(bytes))
            await connections.closeAll()
        }
    }

    @Test(arguments: [1, 7, 100]) func bytesInSmallPiecesMakeNoDifference(pieceBytes: Int) async throws {
        try await withSSHD { daemon in
            try daemon.know("[127.0.0.1]:* \(try daemon.hostKey())\n")
            let proxy = try FaultyProxy(to: daemon.port, .init(pieceBytes: pieceBytes))
            defer { proxy.stop() }
            try daemon.configure("", port: proxy.port)
            let connections = daemon.connections()
            let output = try await connections.run("seq 1 2000", on: "node", deadline: .seconds(30))
            #expect(text(output.stdout).split(separator: "\n").count == 2000)
            await connections.closeAll()
        }
    }

    @Test func pausesOnTheWayMakeNoDifference() async throws {
        try await withSSHD { daemon in
            try daemon.know("[127.0.0.1]:* \(try daemon.hostKey())\n")
            let proxy = try FaultyProxy(to: daemon.port, .init(pieceBytes: 300, pauseMilliseconds: 20))
            defer { proxy.stop() }
            try daemon.configure("", port: proxy.port)
            let connections = daemon.connections()
            #expect(try await connections.run("echo slow", on: "node", deadline: .seconds(30)).exit == .code(0))
            await connections.closeAll()
        }
    }

    @Test func aConnectionLostBetweenTwoCommandsIsOpenedAgain() async throws {
        try await withSSHD { daemon in
            let connections = daemon.connections()
            // The command ends its own server: the session's process is the parent of the shell.
            _ = await failure(connections, "kill $PPID; exec sleep 60")
            let output = try await connections.run("echo again", on: "node", deadline: .seconds(20))
            #expect(text(output.stdout) == "again\n")
            await connections.closeAll()
            #expect(await daemon.log.count("Accepted publickey") == 2)
        }
    }

    @Test func aStallNamesWhatWasWaitedFor() async throws {
        try await withSSHD("MaxStartups 100") { daemon in
            let whole = try FaultyProxy(to: daemon.port, .init())
            try daemon.configure("", port: whole.port)
            try daemon.know("[127.0.0.1]:* \(try daemon.hostKey())\n")
            #expect(await sentence(daemon) == nil)
            whole.stop()
            let base = try String(contentsOfFile: daemon.clientConfig, encoding: .utf8)
            let sentences = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<14 {
                    let bytes = number == 0 ? 1 : whole.passed * number / 14
                    let proxy = try FaultyProxy(to: daemon.port, .init(bytes: bytes, end: .stall))
                    let config = daemon.file("stalled\(number)")
                    try ("Host node\nPort \(proxy.port)\n" + base).write(toFile: config, atomically: true, encoding: .utf8)
                    group.addTask {
                        let connections = SSHConnections(settings: SSHSettings(configPath: config, connectDeadline: .seconds(2)))
                        let failure = await TransportsTests.failure(connections, "echo answer", deadline: .seconds(2))
                        await connections.closeAll()
                        proxy.stop()
                        return failure?.description ?? "no failure after \(bytes) bytes"
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            for stage in ["exchanging keys", "logging in", "no end of `echo answer` within 2 s"] {
                #expect(sentences.contains { $0.contains(stage) }, "\(stage): \(sentences)")
            }
            #expect(!sentences.contains { $0.hasPrefix("no failure") })
        }
    }
}
