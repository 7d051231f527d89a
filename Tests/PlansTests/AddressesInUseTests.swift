import Testing

@testable import Checks
@testable import Plans
import Facts

@Suite("Addresses that somebody has")
struct AddressesInUseTests {
    private let fabric = DeviceName("fabric-switch")
    private let stranger = MACAddress("00:11:22:33:44:55")!
    private let own = MACAddress("0a:43:80:e7:80:15")!

    private func find(_ mac: MACAddress, state: String? = nil) -> [String] {
        let gateway = NetworkTarget.Gateway(address: IPAddress("192.168.201.1")!, device: fabric)
        let network = NetworkTarget(namespace: "default", name: "sriov-201", vlan: VLANID(201), gateway: gateway)
        let node = NodeTarget(node: "worker2", pf: "eno2")
        let target = PodTarget(
            pod: PodReference(namespace: "default", name: "p2"), node: "worker2", network: network, interface: "net1",
            address: IPAddress("192.168.201.3"), nodes: ["worker2": node])
        var facts = FactBook()
        let time = Timestamp(nanoseconds: 0)
        facts.record(
            .success(Reading(rows: [VirtualFunction(pf: "eno2", index: 2, mac: own)], form: "text")),
            for: VFTableRequest(node: "worker2", pf: "eno2"), at: .baseline, asked: time, answered: time, evidence: [])
        facts.record(
            .success(Reading(rows: [NeighbourEntry(ip: IPAddress("192.168.201.3")!, mac: mac, state: state)], form: "text")),
            for: DeviceNeighboursRequest(device: fabric), at: .baseline, asked: time, answered: time, evidence: [])
        return AddressesInUse.find(nodes: [node], attachments: [target], facts).values.map(\.sentence)
    }

    @Test func aStrangersMACStopsThePod() {
        #expect(find(stranger).count == 1)
        #expect(
            find(stranger).first?.contains("192.168.201.3 is already in use: fabric-switch resolves it to 00:11:22:33:44:55")
                == true)
    }

    @Test func aVFOfOurNodesIsNoStranger() { #expect(find(own) == []) }

    @Test func aStaticEntryIsNoSignOfLife() { #expect(find(stranger, state: "permanent") == []) }
}
