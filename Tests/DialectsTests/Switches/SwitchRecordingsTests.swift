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

    /// What stands around an output in a session of each platform.
    private static let prompts: [String: String] = [
        "junos": "\n{master:0}\nlab@ex1> \n", "eos": "\nleaf1#\n", "nxos": "\nn9k-1# \n", "ios": "\nsw1#\n",
        "os10": "\nOS10# \n", "srlinux": "\n--{ running }--[  ]--\nA:leaf1# \n",
    ]

    @Test("give the same rows with prompts around them", arguments: SwitchFixture.all.filter(\.isText))
    func prompts(_ fixture: SwitchFixture) throws {
        let entry = try #require(fixture.entry)
        let prompt = Self.prompts[fixture.platform] ?? "\nadmin@leaf1:~$ \n"
        let text = try fixture.text
        let rows = try entry.parse(text).rows
        for spoilt in [text + prompt, prompt + text] {
            let table = try entry.parse(spoilt)
            #expect(table.rows == rows)
            #expect(table.unread.isEmpty, "\(table.unread)")
        }
    }

    /// The best of a table's recordings is what `list dialects` says of it.
    @Test("stand as the catalogue says", arguments: DialectCatalogue.all.filter { SwitchFixture.platforms.contains($0.platform) })
    func standing(_ entry: DialectEntry) throws {
        let list = try SwitchFixture.named("README.md").split(separator: "\n").filter { $0.hasPrefix("| \(entry.name)/") }
        let best = DialectEntry.Standing.allCases.first { standing in
            list.contains { $0.split(separator: "|")[1].contains(" \(standing.rawValue) ") }
        }
        #expect(entry.standing == best ?? .unproven, "\(entry.name): \(list.count) recordings")
    }

    @Test("are listed with their provenance", arguments: SwitchFixture.all)
    func provenance(_ fixture: SwitchFixture) throws {
        let list = try SwitchFixture.named("README.md")
        #expect(list.contains("| \(fixture.testDescription) |"))
    }
}
