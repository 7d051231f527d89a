import Dialects
import Facts
import Testing

@Suite("Recordings of switches")
struct SwitchRecordingsTests {
    @Test("give the rows that a person reads in them, in order, with nothing unread", arguments: SwitchFixture.all)
    func rows(_ fixture: SwitchFixture) throws {
        let entry = try #require(fixture.entry)
        let expected = try #require(try fixture.expectedRows, "\(fixture.testDescription) has no .jsonl beside it")
        let table = try entry.parse(fixture.text)
        #expect(table.rows.map(\.withoutNothing) == expected)
        #expect(table.unread.isEmpty)
    }

    @Test("are listed with their provenance", arguments: SwitchFixture.all)
    func provenance(_ fixture: SwitchFixture) throws {
        let list = try SwitchFixture.named("README.md")
        #expect(list.contains("| \(fixture.testDescription) |"))
    }
}
