import Facts
import Testing

@testable import Labs

@Suite("The network-status annotation")
struct NetworkStatusTests {
    @Test("It is Multus' text, byte by byte")
    func isMultus() throws {
        let pod = PodSpec(try Recording("get-pod_1").json)
        let recorded = try #require(pod.annotation("k8s.v1.cni.cncf.io/network-status"))
        var status = NetworkStatus()
        status.addDefault(network: "cbr0", try interface("eth0", "ba:17:ba:97:95:5e", "10.244.1.2/24"))
        status.add(
            network: "default/sriov-201",
            AttachedInterface(
                interface: try interface("net1", "5a:ad:db:7d:33:04", "192.168.201.2/24"),
                device: PCIAddress("0000:01:11.7")))
        #expect(status.text == recorded)
    }

    private func interface(_ name: String, _ mac: String, _ address: String) throws -> PodInterface {
        PodInterface(
            name: name, index: 2, kind: .loopback, mac: try #require(MACAddress(mac)), mtuBytes: 1500,
            addresses: [try #require(IPPrefix(address))], addresses6: [])
    }
}
