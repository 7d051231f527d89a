import Facts
import Foundation
import Testing

@testable import Dialects

@Suite("Damaged recordings")
struct SwitchMutationTests {
    /// How many damaged versions of each recording are read; PLUMBLINE_MUTATIONS asks for more.
    private static let rounds = ProcessInfo.processInfo.environment["PLUMBLINE_MUTATIONS"].flatMap { Int($0) } ?? 60

    /// Those with one table: where a session has several, an address may stand in the other one.
    private static let recordings = SwitchFixture.all.filter {
        ["mac-table", "arp-table"].contains($0.table) && $0.name != "non-els-seed"
    }
    /// Those whose rows do not go on over further lines of a box, which damage makes unreadable while the row stays.
    private static let oneLineARow = recordings.filter { !["box-continued", "box-broken-words"].contains($0.name) }

    @Test("never lose an address without an unread line or an error", arguments: recordings)
    func nothingIsLostInSilence(_ fixture: SwitchFixture) throws {
        let entry = try #require(fixture.entry)
        let text = try fixture.text
        let rows = try entry.parse(text).rows
        let addresses = Set(rows.compactMap { $0["mac"]?.text })
        for seed in 0..<Self.rounds {
            var mutator = Mutator(seed: UInt64(seed) &+ UInt64(text.utf8.count) << 20)
            let (damaged, kinds) = mutator.mutate(text)
            guard let table = try? entry.parse(damaged), table.unread.isEmpty else { continue }
            let read = Set(table.rows.compactMap { $0["mac"]?.text })
            let lost = addresses.subtracting(read).filter { Self.contains($0, in: damaged) }
            #expect(lost.isEmpty, "seed \(seed), \(kinds): \(lost) is there but not read in\n\(damaged)")
            #expect(table.rows.isEmpty || !table.statedEmpty)
        }
    }

    /// Damage after which a row can still be told from a part of one: lines are not deleted and not cut.
    private static let harmless: [[Mutator.Kind]] = [[.squeeze, .noise, .crlf, .blank, .stretch], [.terminal]]

    @Test("give no row that was not there", arguments: oneLineARow)
    func nothingIsInvented(_ fixture: SwitchFixture) throws {
        let entry = try #require(fixture.entry)
        let text = try fixture.text
        let rows = Set(try entry.parse(text).rows)
        for seed in 0..<Self.rounds {
            var mutator = Mutator(seed: UInt64(seed) &+ UInt64(text.utf8.count) << 20)
            let (damaged, kinds) = mutator.mutate(text, with: Self.harmless[seed % Self.harmless.count])
            guard let table = try? entry.parse(damaged) else { continue }
            // A multicast row's list of ports goes on over lines that a wrap makes unreadable; those are unread.
            let invented = table.rows.filter { !rows.contains($0) && !Self.isMulticast($0) }
            if invented.isEmpty { continue }
            Issue.record("INVENTED \(fixture.testDescription) seed \(seed), \(kinds): \(invented.map(\.compactText))\n\(damaged)")
        }
    }

    private static func isMulticast(_ row: JSONValue) -> Bool {
        row["mac"]?.text.flatMap { MACAddress($0) }?.isGroup == true || !(row["interfaces"]?.elements ?? []).isEmpty
    }

    /// True when the address stands in the text in any notation, however it is wrapped.
    private static func contains(_ address: String, in text: String) -> Bool {
        let plain = text.lowercased().utf8.filter { $0 > 0x20 }
        let digits = address.utf8.filter { $0 != 0x3a }
        let dotted =
            String(decoding: digits[..<4], as: UTF8.self) + "." + String(decoding: digits[4..<8], as: UTF8.self) + "."
            + String(decoding: digits[8...], as: UTF8.self)
        let whole = String(decoding: plain, as: UTF8.self)
        return whole.contains(address) || whole.contains(dotted)
    }
}
