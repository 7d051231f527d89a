import Testing

/// Nothing reaches a node, a pod or a device but a `DeviceCommand`, and nobody makes one but Dialects.
struct ReadOnlyTests {
    /// Every line of code that holds `word`, outside comments and strings, by file.
    private func files(holding word: String, outside folder: String = "-") throws -> Set<String> {
        var found: Set<String> = []
        for room in Room.all where room.kind != .door && room.name != "Labs" && room.name != "plumbline-lab" {
            for file in try SourceTree.swiftFiles(under: "Sources/\(room.name)") where !file.hasPrefix(folder) {
                let text = try SourceTree.text(file)
                if text.contains(word), !SourceCode(text).lines(holding: word).isEmpty { found.insert(file) }
            }
        }
        return found
    }

    @Test func onlyDialectsMakesCommands() throws {
        #expect(try files(holding: "DeviceCommand(", outside: "Sources/Dialects/") == [])
        // The compiler holds it as long as no initialiser of it reaches out of the room.
        let declaration = SourceCode(try SourceTree.text("Sources/Dialects/Commands/DeviceCommand.swift"))
        #expect(declaration.lines(holding: "package init").isEmpty)
        #expect(declaration.lines(holding: "package var").count == 1, "its description")
    }

    @Test func onlyTheLiveDoorSends() throws {
        let door = "Sources/Probes/Doors/LiveDoor.swift"
        #expect(try files(holding: "ssh.run(") == [door])
        #expect(try files(holding: "cluster.exec(") == [door])
        // Whoever holds the connections could send; they are handed on, and used there only.
        #expect(
            try files(holding: "SSHConnections(", outside: "Sources/Transports/") == ["Sources/plumbline/RunSession.swift"])
    }

    @Test func theLiveDoorSendsWhatTheCommandSays() throws {
        let code = SourceCode(try SourceTree.text("Sources/Probes/Doors/LiveDoor.swift"))
        // The text of a command and its form as root go in as they are; only the door's own function takes plain text.
        #expect(code.lines(holding: "_ text: String, on source: FactSource").count == 1)
        #expect(code.lines(holding: "command.privilegedText ?? command.text").count == 1)
        #expect(code.lines(holding: "argv: command.arguments").count == 1)
        #expect(code.lines(holding: "SwitchPreparation.commands").count == 1)
        let calls = code.lines.indices.filter { code.lines[$0].contains("ssh.run(") }
        for call in calls { #expect((code.lines[call] + code.lines[call + 1]).contains("text, on: host")) }
    }
}
