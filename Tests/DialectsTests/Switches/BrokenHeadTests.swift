import Facts
import Testing

@testable import Dialects

/// A capture holds the table twice, as after two commands, and one of the first lines is broken: its header, as a rule. The
/// rows below it must come out, or be unread; they were once passed over as what stands before the table.
@Suite("A table with a broken head above a whole one")
struct BrokenHeadTests {
    enum Damage: CaseIterable { case spaced, halved, gone }

    /// How many of the first lines are broken, one at a time.
    private static let depth = 8

    @Test("loses no row without an unread line", arguments: SwitchFixture.all.filter(isTried))
    func keepsRows(_ fixture: SwitchFixture) throws {
        let entry = try #require(fixture.entry)
        var lines = try fixture.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        let whole = try entry.parse(Self.text(lines, lines))
        try #require(whole.unread.isEmpty)
        for place in lines.indices.prefix(Self.depth) {
            for damage in Damage.allCases {
                let broken = Self.damaged(lines, at: place, damage)
                // Where the damage shows in one table alone, or makes it none, it must show beside another.
                if let alone = try? entry.parse(broken.joined(separator: "\n") + "\n"), alone.unread.isEmpty { continue }
                guard let table = try? entry.parse(Self.text(broken, lines)) else { continue }
                #expect(
                    !table.unread.isEmpty || table.rows.count >= whole.rows.count, "\(damage) line \(place + 1): \(lines[place])")
            }
        }
    }

    /// All texts but the seed's capture of several commands, whose prompt alone says that the rows below are another table's,
    /// and a legend that a terminal broke, whose pieces are unread where it comes again.
    private static func isTried(_ fixture: SwitchFixture) -> Bool {
        fixture.isText
            && !["junos/arp-table/non-els-seed.txt", "nxos/mac-table/wrapped-legend.txt"].contains(fixture.testDescription)
    }

    private static func text(_ first: [String], _ second: [String]) -> String {
        (first + [""] + second).joined(separator: "\n") + "\n"
    }

    private static func damaged(_ lines: [String], at place: Int, _ damage: Damage) -> [String] {
        var lines = lines
        let line = lines[place]
        switch damage {
        case .spaced:
            let middle = line.index(line.startIndex, offsetBy: line.count / 4)
            lines[place] = line[..<middle] + " " + line[middle...]
        case .halved: lines[place] = String(line.prefix(line.count / 2))
        case .gone: lines.remove(at: place)
        }
        return lines
    }
}
