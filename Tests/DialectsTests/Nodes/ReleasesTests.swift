import Facts
import Foundation
import Testing

@testable import Dialects

/// What true kernels said to the `ip` and `bridge` of three Debian releases at one time, in text and JSON: `fixtures/emulated`.
@Suite("Every release of iproute2 is read alike") struct ReleasesTests {
    /// The guests' own, then the others' folders.
    static let releases = ["", "bullseye/", "trixie/"]

    private static func text(_ release: String, _ file: String) throws -> String {
        try Recorded.text("emulated/\(release)\(file)")
    }

    private static func vfs(_ release: String, _ ending: String) throws -> Reading<VirtualFunction> {
        try VFTable.read(try text(release, "ip-link-eno2.\(ending)"), pf: "eno2")
    }

    /// Every file of `fixtures/emulated` with what reads it: how many rows, and what is unread.
    private static let readers: [(prefix: String, read: @Sendable (String) throws -> (Int, [UnreadLine]))] = [
        (
            "ip-link",
            {
                let reading = try IPLink.read($0); return (reading.rows.count, reading.unread)
            }
        ),
        (
            "ip-br-link",
            {
                let reading = try IPLink.read($0); return (reading.rows.count, reading.unread)
            }
        ),
        (
            "ip-addr",
            {
                let reading = try IPAddr.read($0); return (reading.rows.count, reading.unread)
            }
        ),
        (
            "ip-br-addr",
            {
                let reading = try IPAddr.read($0); return (reading.rows.count, reading.unread)
            }
        ),
        (
            "lspci",
            {
                let reading = try LSPCI.read($0); return (reading.rows.count, reading.unread)
            }
        ),
        (
            "lshw",
            {
                let reading = try LSHWBusinfo.read($0); return (reading.rows.count, reading.unread)
            }
        ),
        (
            "switch-bridge-vlan",
            {
                let reading = try BridgeVLAN.read($0); return (reading.rows.count, reading.unread)
            }
        ),
        (
            "switch-bridge-fdb",
            {
                let reading = try BridgeFDB.read($0); return (reading.rows.count, reading.unread)
            }
        ),
        (
            "switch-bridge-link",
            {
                let reading = try BridgeLink.read($0); return (reading.rows.count, reading.unread)
            }
        ),
        (
            "switch-ip-neigh",
            {
                let reading = try NeighbourTable.read($0); return (reading.rows.count, reading.unread)
            }
        ),
        (
            "switch-ip-addr",
            {
                let reading = try LinuxInterfaces.read($0); return (reading.rows.count, reading.unread)
            }
        ),
        (
            "pod-ip-addr",
            {
                let reading = try IPAddr.read($0); return (reading.rows.count, reading.unread)
            }
        ),
        (
            "pod-arp",
            {
                let reading = try NeighbourTable.read($0); return (reading.rows.count, reading.unread)
            }
        ),
        (
            "pod-ping",
            {
                let reading = try Ping.read($0); return (reading.rows.count, reading.unread)
            }
        ),
    ]

    @Test("every recording is read by its dialect, with no line unread", arguments: releases)
    func everyFile(release: String) throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Recorded.root.appending(path: "emulated/\(release)").path)
            .filter { $0.hasSuffix(".txt") || $0.hasSuffix(".json") }
        #expect(files.count == (release.isEmpty ? 30 : 24))
        for file in files {
            let reader = try #require(Self.readers.first { file.hasPrefix($0.prefix) }, "\(file)")
            let (rows, unread) = try reader.read(try Self.text(release, file))
            #expect(rows > 0 && unread.isEmpty, "\(release)\(file): \(unread)")
        }
    }

    @Test("seven VFs, VLAN 201 on VF 1 only", arguments: releases, ["txt", "json"])
    func virtualFunctions(release: String, ending: String) throws {
        let rows = try Self.vfs(release, ending).rows
        #expect(rows.map(\.index) == Array(0...6))
        #expect(rows.map(\.vlan) == [nil, VLANID(201), nil, nil, nil, nil, nil])
        #expect(rows.allSatisfy { $0.spoofCheck == true && $0.trust == false && $0.linkState == "auto" })
        #expect(rows.map(\.mac) == (try Self.vfs("", "txt").rows.map(\.mac)))
    }

    @Test("the pods' MACs on their ports, and nobody else's", arguments: releases, ["txt", "json"])
    func learned(release: String, ending: String) throws {
        let rows = try BridgeFDB.read(try Self.text(release, "switch-bridge-fdb.\(ending)")).rows
            .filter { $0.type == "dynamic" && $0.vlanID == VLANID(201) }
        #expect(Set(rows.map { $0.interface?.printed }) == ["ge-0-0-1", "ge-0-0-9", "ge-0-0-19"])
        let own = rows.filter { $0.interface?.printed == "ge-0-0-9" }
        #expect(own.map(\.mac) == (try Self.vfs("", "txt").rows.filter { $0.vlan != nil }.map(\.mac)))
    }

    @Test("the same VLANs, neighbours and addresses in every form", arguments: releases, ["txt", "json"])
    func otherTables(release: String, ending: String) throws {
        let vlans = try BridgeVLAN.read(try Self.text(release, "switch-bridge-vlan.\(ending)")).rows
        #expect(vlans.map(\.vlanID) == [VLANID(201)])
        #expect(
            Set(vlans.flatMap(\.members).filter { $0.tagged == true }.map(\.interface.printed))
                == ["ge-0-0-1", "ge-0-0-9", "ge-0-0-19", "br0"])
        let neighbours = try NeighbourTable.read(try Self.text(release, "switch-ip-neigh.\(ending)")).rows
            .filter { $0.interface?.printed == "vlan.201" }
        #expect(Set(neighbours.map(\.ip.description)) == ["192.168.201.2", "192.168.201.3", "192.168.201.4"])
        #expect(neighbours.allSatisfy { $0.mac != nil })
        let gateway = try LinuxInterfaces.read(try Self.text(release, "switch-ip-addr.\(ending)")).rows
            .filter { $0.interface.printed == "vlan.201" }
        #expect(gateway.map { $0.addresses.first?.description } == ["192.168.201.1/24"])
        #expect(gateway.allSatisfy { $0.operUp == true })
    }
}
