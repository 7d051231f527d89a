import Facts
import Testing

@testable import Dialects

@Suite("ethtool")
struct EthtoolTests {
    @Test("driver, versions and bus of a card, of a VF and of an interface without a bus")
    func driver() throws {
        let card = try Ethtool.driver(try Recorded.text("nodes/igb/ethtool-i-eno2.txt"))
        #expect(
            card.rows == [
                DriverInfo(driver: "igb", version: "6.1.0-56-amd64", firmwareVersion: "2.1.0", busInfo: "0000:01:00.1")
            ])
        let vf = try Ethtool.driver(try Recorded.text("pods/igb/ethtool-i-net1.txt"))
        #expect(vf.rows.map(\.driver) == ["igbvf"] && vf.rows.map(\.busInfo) == ["0000:01:10.3"])
        let veth = try Ethtool.driver(try Recorded.text("nodes/ethtool/ethtool-i.txt"))
        #expect(veth.rows == [DriverInfo(driver: "veth", version: "1.0")])
        let both = try Ethtool.driver(
            try Recorded.text("nodes/igb/ethtool-i-eno2.txt") + Recorded.text("pods/igb/ethtool-i-net1.txt"))
        #expect(both.rows == card.rows + vf.rows && both.unread.isEmpty)
    }

    @Test("what stands in a driver's place is an error or unread")
    func noDriver() throws {
        let missing = try Recorded.text("nodes/ethtool/ethtool-i-missing.err")
        #expect(throws: DialectError.noSuchSubject("Cannot get driver information: No such device")) {
            _ = try Ethtool.driver(missing)
        }
        let cut = try Recorded.text("nodes/igb/ethtool-i-eno2.txt").split(separator: "\n").prefix(3).joined(separator: "\n")
        #expect(throws: DialectError.self) { _ = try Ethtool.driver(cut) }
    }

    @Test("the features of old releases, whose names have blanks")
    func oldFeatures() throws {
        let features = try Ethtool.features(try Recorded.text("nodes/reports/ethtool-k-old.txt"))
        #expect(features.unread.isEmpty && features.rows.count == 7)
        #expect(features.rows[3] == NamedValue(name: "tcp segmentation offload", value: "on", isFixed: false))
    }

    @Test("counters and features of a veth, and that there are none")
    func lists() throws {
        let counters = try Ethtool.statistics(try Recorded.text("nodes/ethtool/ethtool-S.txt"))
        #expect(counters.unread.isEmpty && counters.rows.first == NamedValue(name: "peer_ifindex", value: "3"))
        #expect(try Ethtool.statistics(try Recorded.text("nodes/ethtool/ethtool-S-lo.err")).statedEmpty)
        let features = try Ethtool.features(try Recorded.text("nodes/ethtool/ethtool-k.txt"))
        #expect(features.unread.isEmpty)
        #expect(features.rows.first == NamedValue(name: "rx-checksumming", value: "on", isFixed: false))
        #expect(features.rows.contains(NamedValue(name: "tx-checksum-ipv4", value: "off", isFixed: true)))
        #expect(throws: DialectError.self) { _ = try Ethtool.features("no stats available\n") }
    }
}
