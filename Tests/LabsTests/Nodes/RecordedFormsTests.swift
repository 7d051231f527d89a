import Facts
import Foundation
import Testing

@testable import Labs

/// The simulated site writes the forms that true kernels and programs write: both answer the same commands on the same site, one
/// of them from `fixtures/emulated`.
@Suite("The simulator writes what recordings look like")
struct RecordedFormsTests {
    /// The simulated answer of the recorded site, its pods plumbed and their gateway asked.
    private static func simulated(_ command: RecordedCommand) throws -> CommandAnswer? {
        var site = try PlumbedSite(try SeedOutput.site("igb"))
        for pod in 1...3 { _ = site.ping(pod, at: 10) }
        switch command.place {
        case .worker:
            return NodeShell(node: try #require(site.state.nodes["worker1"]), at: .seconds(12)).run(command.words)
        case .device: return site.device(at: 12)?.run(command.words)
        case .pod: return site.shell(1, at: 12)?.run(command.words.split(separator: " ").map(String.init))
        }
    }

    /// What no simulated host answers, for nobody asks; `BusyboxPingTests` hold the ping.
    private static let leftOut = [
        "ip-link-eno2-statistics.txt", "ip-br-link.txt", "ip-br-addr.txt", "lspci-nnk.txt", "switch-bridge-fdb-statistics.txt",
        "switch-bridge-link-details.txt", "switch-bridge-link-details.json", "switch-ip-neigh-statistics.txt", "pod-ping.txt",
    ]

    /// Beginnings of what one has and the other has not, and why that may be.
    private static let allowed: [(files: [String], forms: [String], why: String)] = [
        (
            ["ip-link.txt", "ip-addr.txt"], ["    link/ether MAC brd MAC link-netns cni-N", "N: vethN@ifN: "],
            "the guests' namespaces have names, and their veths a queue, which a cluster's network plugin leaves out"
        ),
        (["ip-link.json", "ip-addr.json"], ["/link_netnsid"], "likewise"),
        (
            ["ip-addr.txt", "switch-ip-addr.txt"],
            [
                "       valid_lft Nsec", "    inet ADDRESS/N scope global e", "    inet ADDRESS/N brd ADDRESS scope global enoN",
                "    inetN fecN::",
            ], "the management network is QEMU's, which gives addresses out"
        ),
        (["ip-addr.json"], ["/addr_info/broadcast"], "likewise"),
        (["ip-addr.json", "switch-ip-addr.json"], ["/addr_info/dynamic", "/addr_info/mngtmpaddr"], "likewise"),
        (["switch-ip-neigh.txt"], ["ADDRESS dev emN", "LINKLOCAL dev emN"], "likewise"),
        (["switch-ip-neigh.json"], ["/router"], "likewise"),
        (["switch-ip-neigh.txt"], ["ADDRESS dev vlan.N lladdr MAC "], "an entry is reachable for half a minute only"),
        (
            ["ip-addr.txt", "switch-ip-addr.txt"], ["    inetN LINKLOCAL/N scope link "],
            "simulated hosts have no link-local addresses but in pods"
        ),
        (
            ["switch-ip-addr.txt"], ["N: PORT: ", "N: emN: "], "queues are the kernel's default, and em0 is a port of QEMU's"
        ),
        (["pod-ip-addr.txt"], ["N: ethN@ifN: ", "N: netN: "], "likewise"),
        (
            ["lspci-vmmkn.txt"],
            [
                "Class:\tNcN", "Device:\tN", "Driver:\tpcieport", "NUMANode:", "PhySlot:", "ProgIf:", "SVendor:\tNbN",
                "Vendor:\tNbN",
            ], "the board around the card is QEMU's, with slots and one memory node"
        ),
        (
            ["switch-bridge-fdb.txt"],
            ["MAC dev PORT self permanent", "MAC dev brN ", "MAC dev emN self permanent", "MAC dev vlan.N self permanent"],
            "the multicast addresses that interfaces listen to are left out"
        ),
        (["switch-bridge-fdb.json"], ["/flags string"], "likewise"),
    ]

    @Test(
        "every line's shape and every key of JSON is in both",
        arguments: RecordedCommand.all.filter { !leftOut.contains($0.file) })
    func forms(command: RecordedCommand) throws {
        let answer = try #require(try Self.simulated(command))
        #expect(answer.status == 0, "\(answer.errorText)")
        let recorded = try SeedOutput.fixture("emulated/\(command.file)")
        let isJSON = command.file.hasSuffix(".json")
        let here = try isJSON ? Self.paths(answer.outputText) : Self.shapes(answer.outputText)
        let there = try isJSON ? Self.paths(recorded) : Self.shapes(recorded)
        let fine = Self.allowed.filter { $0.files.contains(command.file) }.flatMap(\.forms)
        let differences = here.symmetricDifference(there)
        for form in differences.sorted() where !fine.contains(where: { form.hasPrefix($0) }) {
            Issue.record("\(command): only \(here.contains(form) ? "simulated" : "recorded"): \(form)")
        }
        // What is allowed and does not differ is allowed no longer.
        for form in fine where !differences.contains(where: { $0.hasPrefix(form) }) {
            if Self.allowed.filter({ $0.forms.contains(form) }).allSatisfy({ $0.files.count == 1 }) {
                Issue.record("\(command): no longer differs: \(form)")
            }
        }
    }

    /// Lines with what differs from machine to machine taken out: numbers, MACs, addresses, flags.
    private static func shapes(_ text: String) -> Set<String> {
        Set(
            text.split(separator: "\n").map { line in
                var line = String(line)
                for (pattern, name) in patterns { line = line.replacing(pattern, with: name) }
                return line
            })
    }

    nonisolated(unsafe) private static let patterns: [(Regex<Substring>, String)] = [
        (/(?:[0-9a-f]{2}:){5}[0-9a-f]{2}/, "MAC"),
        (/(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]/, "PCI"),
        (/(?:\d{1,3}\.){3}\d{1,3}/, "ADDRESS"),
        (/fe80::[0-9a-f:]+/, "LINKLOCAL"),
        (/ge-0-0-\d+/, "PORT"),
        (/\d+/, "N"),
    ]

    /// Every key of a document as `/key/key`, with the kind of its value.
    private static func paths(_ text: String) throws -> Set<String> {
        var found: Set<String> = []
        func walk(_ value: JSONValue, _ path: String) {
            switch value {
            case .object(let members): for member in members { walk(member.value, "\(path)/\(member.key)") }
            case .array(let elements): for element in elements { walk(element, path) }
            case .string: found.insert(path + " string")
            case .number: found.insert(path + " number")
            case .bool: found.insert(path + " bool")
            case .null: found.insert(path + " null")
            }
        }
        walk(try JSONValue(parsing: Array(text.utf8)), "")
        return found
    }
}
