import Testing

/// The wall between rooms, held by reading the sources.
struct ArchitectureTests {
    @Test("No source breaks a rule of its room", arguments: Room.all.filter { $0.kind != .door }.map(\.name))
    func rulesHold(_ name: String) throws {
        let room = try #require(Room.named(name))
        for file in try SourceTree.swiftFiles(under: "Sources/\(name)") {
            for breach in Rules.breaches(room: room, file: file, text: try SourceTree.text(file)) {
                Issue.record("\(breach)")
            }
        }
    }

    @Test func everyFolderIsARoomAndEveryRoomAFolder() throws {
        #expect(try SourceTree.rooms() == Room.all.map(\.name).sorted())
    }

    @Test("The table and Package.swift say the same", arguments: Room.all.map(\.name))
    func manifestAgrees(_ name: String) throws {
        let manifest = PackageManifest(try SourceTree.text("Package.swift"))
        let room = try #require(Room.named(name))
        #expect(
            manifest.dependencies[name] == room.mayImport, "change Tests/ArchitectureTests/Room.swift and Package.swift together")
    }

    @Test func everyTargetIsARoom() throws {
        let manifest = PackageManifest(try SourceTree.text("Package.swift"))
        #expect(manifest.dependencies.keys.sorted() == Room.all.map(\.name).sorted())
    }

    @Test func noRoomReachesItselfThroughItsImports() {
        func reachable(from name: String, _ seen: inout Set<String>) {
            for next in Room.named(name)?.mayImport ?? [] where seen.insert(next).inserted { reachable(from: next, &seen) }
        }
        for room in Room.all {
            var seen: Set<String> = []
            reachable(from: room.name, &seen)
            #expect(!seen.contains(room.name), "\(room.name)")
        }
    }

    @Test("A pure room imports pure rooms only")
    func purityIsPassedOn() {
        for room in Room.all where room.kind == .pure {
            for name in room.mayImport { #expect(Room.named(name).map { $0.kind == .pure } ?? (name == "Yams"), "\(room.name)") }
        }
    }

    @Test("The product does not link the lab, and NIO, Yams and the C libraries have one room each")
    func doorsHaveOneRoom() {
        func importers(_ module: String) -> [String] { Room.all.filter { $0.mayImport.contains(module) }.map(\.name) }
        #expect(importers("Labs") == ["plumbline-lab"])
        #expect(importers("Yams") == ["Documents"])
        #expect(importers("CCurl") == ["Transports"])
        #expect(importers("CSSH2") == ["Transports"])
        for nio in ["NIOCore", "NIOPosix", "NIOHTTP1", "NIOWebSocket", "NIOSSL"] { #expect(importers(nio) == ["Labs"]) }
    }

    @Test func longFilesAreNamed() throws {
        for room in Room.all where room.kind != .door {
            for file in try SourceTree.swiftFiles(under: "Sources/\(room.name)") {
                let count = Rules.lineCount(try SourceTree.text(file))
                if count > Rules.longFile { print("\(file): \(count) lines; say in review why, or split it") }
            }
        }
    }
}
