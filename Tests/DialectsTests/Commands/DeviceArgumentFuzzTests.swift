import Facts
import Testing

@testable import Dialects

/// What is filled in on a switch's command line: `|` and `>` write files there and `;` begins another command, so nothing with one
/// of them may come through, whatever stands beside it.
struct DeviceArgumentFuzzTests {
    /// Repeats from its seed, which a failure shows.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state ^ (state >> 33)) &* 0xff51_afd7_ed55_8ccd
        }
    }

    private static let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:/-".utf8)

    private func isTaken(_ word: String) -> Bool { (try? DeviceArgument(word, for: "VLAN name")) != nil }

    @Test func everyByteThatIsNotAllowedIsRefusedWhereverItStands() {
        for value in UInt32(0)...0x2ff {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let bad = String(Character(scalar))
            let isAllowed = bad.utf8.count == 1 && Self.allowed.contains(bad.utf8.first ?? 0)
            for word in ["a\(bad)", "a\(bad)b", "aa\(bad)\(bad)"] {
                #expect(isTaken(word) == isAllowed, "\(word.debugDescription)")
            }
        }
    }

    @Test func noWordMadeOfDangerousPartsComesThrough() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var dice = Dice(state: seed)
        let parts = [
            "SRIOV_201", "ge-0/0/9.0", "201", "|", ">", ";", " ", "\n", "\r", "\t", "&", "`", "$(x)", "save", "flash:", "..", "-",
            "\"", "'", "\\", "é", "\u{202e}", "\u{0}", "?", "!", "#", "*", "tee",
        ]
        for _ in 0..<20_000 {
            let word = (0..<Int.random(in: 0...6, using: &dice)).map { _ in parts.randomElement(using: &dice) ?? "" }.joined()
            let isFine = !word.isEmpty && word.utf8.first != 0x2d && word.utf8.allSatisfy { Self.allowed.contains($0) }
            #expect(isTaken(word) == isFine, "seed \(seed): \(word.debugDescription)")
            // The same through the commands that take a name of the user's.
            let ways = try? SwitchDialects.fdb(.junos, vlanName: word, vlanID: nil)
            #expect((ways != nil) == isFine, "seed \(seed): \(word.debugDescription)")
            for command in (ways ?? []).map(\.command.text) {
                let filters = command.split(separator: "|").dropFirst().map { $0.filter { $0 != " " } }
                #expect(filters.allSatisfy { ["displayxml", "no-more"].contains($0) }, "\(command.debugDescription)")
            }
        }
    }

    @Test func aRefusalNamesTheCharacter() {
        let refusal = #expect(throws: CommandRefusal.self) { try DeviceArgument("v201 | save x", for: "VLAN name") }
        #expect(refusal?.description == "the VLAN name 'v201 | save x' is not sent: ' ' is none of A-Z a-z 0-9 _ . : / -")
    }
}
