import Facts
import Testing

@testable import Archives

struct StoredRunTests {
    private let time = Timestamp("2026-11-24T06:30:01.250Z")!

    private func makeRun(_ temporary: TemporaryFolder, _ scenario: String, _ started: Timestamp) async throws -> RunFolder {
        let folder = try RunFolder.create(under: temporary.path, scenario: scenario, started: started, suffix: 1)
        let journal = try Journal(creating: folder)
        let start = RunStart(id: folder.id, scenario: scenario, scenarioFile: "s.yaml", toolVersion: "0.1.0")
        try await journal.append(.runStarted(start), at: started)
        return folder
    }

    @Test func runsAreListedByTheirStart() async throws {
        let temporary = try TemporaryFolder()
        let late = try await makeRun(temporary, "a", time.advanced(by: .seconds(60)))
        let early = try await makeRun(temporary, "b", time)
        try RunFolder.write("x", toPath: temporary.path + "/no-run/readme")
        #expect(try StoredRun.all(under: temporary.path).map(\.folder.id) == [early.id, late.id])
        #expect(try StoredRun("last", under: temporary.path).folder == late)
        #expect(try StoredRun.all(under: temporary.path + "/none").isEmpty)
    }

    @Test func ageIsCountedFromTheStart() async throws {
        let temporary = try TemporaryFolder()
        let early = try await makeRun(temporary, "b", time)
        _ = try await makeRun(temporary, "a", time.advanced(by: .seconds(3600)))
        let now = time.advanced(by: .seconds(7200))
        #expect(try StoredRun.all(under: temporary.path, olderThan: .seconds(7200), now: now).map(\.folder) == [early])
        #expect(try StoredRun.all(under: temporary.path, olderThan: .seconds(7201), now: now).isEmpty)
    }

    @Test func aRunIsFoundByIdAndByPath() async throws {
        let temporary = try TemporaryFolder()
        let folder = try await makeRun(temporary, "a", time)
        #expect(try StoredRun(folder.id, under: temporary.path).folder.path == folder.path)
        #expect(try StoredRun(folder.path + "/", under: "elsewhere").folder == folder)
        let run = try StoredRun(folder.id, under: temporary.path)
        #expect(try run.recordText() == nil, "killed before its reports were written")
        #expect(try run.journal().start?.scenario == "a")
        try folder.write("{}", to: "run.json")
        #expect(try run.recordText() == "{}")
    }

    @Test func aRunThatIsNotThereIsRefusedNamingThoseThatAre() async throws {
        let temporary = try TemporaryFolder()
        let folder = try await makeRun(temporary, "a", time)
        let error = #expect(throws: ArchiveError.self) { try StoredRun("nope", under: temporary.path) }
        #expect(
            error?.description
                == "\(temporary.path)/nope: no stored run is there; the newest in \(temporary.path): \(folder.id)")
    }
}
