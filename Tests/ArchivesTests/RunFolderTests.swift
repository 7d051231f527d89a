import Facts
import Foundation
import Testing

@testable import Archives

struct RunFolderTests {
    private let time = Timestamp("2026-11-24T06:30:01.250Z")!

    @Test(arguments: [
        ("vlan-201", 0x4f2a, "vlan-201-20261124T063001Z-4f2a"),
        ("vlan 201/ä", 7, "vlan-201---20261124T063001Z-0007"),
        ("-", 7, "run-20261124T063001Z-0007"),
        (String(repeating: "a", count: 90), 0xffff, String(repeating: "a", count: 41) + "-20261124T063001Z-ffff"),
    ])
    func theIdIsALabelValue(_ scenario: String, _ suffix: UInt16, _ expected: String) throws {
        let id = RunID.make(scenario: scenario, started: time, suffix: suffix)
        #expect(id == expected)
        #expect(id.count <= 63)
        #expect(try Regex("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?").wholeMatch(in: id) != nil)
    }

    @Test func twoRunsOfOneSecondHaveTwoFolders() throws {
        let temporary = try TemporaryFolder()
        let first = try RunFolder.create(under: temporary.path + "/a/b", scenario: "s", started: time, suffix: 0xffff)
        let second = try RunFolder.create(under: temporary.path + "/a/b", scenario: "s", started: time, suffix: 0xffff)
        #expect(first.id == "s-20261124T063001Z-ffff")
        #expect(second.id == "s-20261124T063001Z-0000")
        #expect(try temporary.names("a/b/\(first.id)") == ["evidence"])
    }

    @Test func aFileIsReplacedWholeAndNothingIsLeftBeside() throws {
        let temporary = try TemporaryFolder()
        let folder = try RunFolder.create(under: temporary.path, scenario: "s", started: time)
        try folder.write("old", to: "run.json")
        try folder.write("new", to: "run.json")
        #expect(try String(contentsOfFile: folder.path + "/run.json", encoding: .utf8) == "new")
        #expect(try temporary.names(folder.id) == ["evidence", "run.json"])
        try RunFolder.write("copy", toPath: temporary.path + "/build/out/junit.xml")
        #expect(try temporary.names("build/out") == ["junit.xml"])
    }

    @Test func aFolderThatCannotBeMadeIsNamedWithTheReason() throws {
        let temporary = try TemporaryFolder()
        try Data().write(to: URL(fileURLWithPath: temporary.path + "/file"))
        let error = #expect(throws: ArchiveError.self) {
            try RunFolder.create(under: temporary.path + "/file/reports", scenario: "s", started: time)
        }
        #expect(error?.description == "\(temporary.path)/file/reports: folder not created: Not a directory")
    }
}
