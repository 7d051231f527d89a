import Dialects
import Facts
import Testing

@Suite("Output of another platform")
struct WrongPlatformTests {
    /// Platforms that print the same tables of the kernel.
    private static let linux: Set<String> = ["linux", "cumulus", "sonic"]

    @Test("is an error, never rows and never an empty table", arguments: SwitchFixture.all)
    func refused(_ fixture: SwitchFixture) throws {
        for entry in DialectCatalogue.all where entry.table == fixture.table && entry.platform != fixture.platform {
            if Self.linux.contains(entry.platform), Self.linux.contains(fixture.platform) { continue }
            guard Platform(rawValue: entry.platform) != nil else { continue }
            let text = try fixture.text
            #expect(throws: DialectError.self, "\(fixture.testDescription) as \(entry.name)") { try entry.parse(text) }
        }
    }

    @Test("is said in words an operator knows")
    func sentence() throws {
        let text = try SwitchFixture.named("nxos/mac-table/vpc.txt")
        let entry = try #require(DialectCatalogue.entry(named: "junos/mac-table"))
        let error = #expect(throws: DialectError.self) { try entry.parse(text) }
        #expect(error?.description == "expected a Junos MAC table; this is NX-OS output")
    }
}
