internal import Checks
internal import Facts
internal import Verdicts

/// The seed's worker2 as facts: healthy unless a test says otherwise.
struct Site {
    static let mac = MACAddress("0a:43:80:e7:80:15")!
    static let address = IPAddress("192.168.201.3")!
    static let gatewayAddress = IPAddress("192.168.201.1")!
    static let gatewayMAC = MACAddress("ac:4b:c8:2b:77:c1")!
    static let pci = PCIAddress("0000:01:10.5")!
    static let vlan = VLANID(201)!
    static let fabric = DeviceName("fabric-switch")
    static let port = InterfaceName("ge-0/0/1.0")

    var node = NodeTarget(
        node: "worker2", pf: "eno2", vfCount: 8, vendor: "8086", device: "1515", driver: "ixgbevf",
        resources: ["intel.com/intel_sriov_netdevice"], cniVersion: "0.3.1",
        uplinks: [UplinkPort(device: fabric, interface: "ge-0/0/1", platform: .junos)])
    var network = NetworkTarget(
        namespace: "default", name: "sriov-201", resource: "intel.com/intel_sriov_netdevice", vlan: vlan, prefixLength: 24,
        gateway: .init(address: gatewayAddress, device: fabric, interface: "vlan.201"), switchVLANNames: [fabric: "SRIOV_201"])
    var facts = FactBook()

    var target: PodTarget {
        PodTarget(
            pod: PodReference(namespace: "default", name: "sriov-pod-201-2"), node: node.node, network: network,
            interface: "net1",
            address: Self.address, nodes: [node.node: node])
    }

    /// Records an answer at a moment; later ones count.
    mutating func know<Request: FactRequest>(_ request: Request, _ answer: Request.Answer, at moment: Moment = .plumbed) {
        let time = Timestamp(nanoseconds: 0)
        facts.record(.success(answer), for: request, at: moment, asked: time, answered: time, evidence: [EvidenceID(1)])
    }

    mutating func fail<Request: FactRequest>(
        _ request: Request, _ kind: ProbeFailure.Kind = .unreachable, at moment: Moment = .plumbed
    ) {
        let failure = ProbeFailure(kind: kind, source: request.source, sentence: "\(request.source): no answer came")
        let time = Timestamp(nanoseconds: 0)
        facts.record(.failure(failure), for: request, at: moment, asked: time, answered: time, evidence: [EvidenceID(2)])
    }

    static func vf(_ index: Int, vlan: VLANID? = nil, mac: MACAddress? = nil) -> VirtualFunction {
        VirtualFunction(
            pf: "eno2", index: index, mac: mac ?? MACAddress(bits: 0x02_0000_0000_00 + UInt64(index)), vlan: vlan,
            spoofCheck: true,
            trust: false, linkState: "auto", queryRSS: false)
    }

    static func vfs(changing index: Int? = nil, _ change: (inout VirtualFunction) -> Void = { _ in }) -> Reading<VirtualFunction>
    {
        Reading(
            rows: (0..<8).map { number in
                var row = vf(number)
                if number == index { change(&row) }
                return row
            }, form: "text")
    }

    static func devices(without taken: Int? = nil) -> [VFDevice] {
        (0..<8).map { index in
            VFDevice(
                index: index, pciAddress: PCIAddress("0000:01:1\(index / 4).\(index % 4 * 2 + 1)")!, vendor: "8086",
                device: "1515",
                driver: "ixgbevf", netdevs: index == taken ? [] : [InterfaceName("eno2v\(index)")])
        }
    }

    static func pod(node: NodeName? = "worker2", status: Bool = true) -> PodState {
        PodState(
            reference: PodReference(namespace: "default", name: "sriov-pod-201-2"), uid: "u2", phase: "Running", node: node,
            conditions: [.init(type: "Ready", status: "True")], containers: [.init(name: "c", ready: true, state: "running")],
            networkStatus: status
                ? [NetworkStatus(name: "default/sriov-201", interface: "net1", ips: [address], mac: mac, pciAddress: pci)] : nil)
    }

    static func net1(mac: MACAddress = mac, prefix: String = "192.168.201.3/24", lowerUp: Bool = true) -> Reading<
        InterfaceAddresses
    > {
        Reading(
            rows: [
                InterfaceAddresses(index: 1, interface: "lo", up: true, lowerUp: true),
                InterfaceAddresses(
                    index: 8, interface: "net1", mac: mac, mtuBytes: 1500, up: true, lowerUp: lowerUp, ipv4: [IPPrefix(prefix)!]),
            ], form: "text/busybox")
    }

    static func fdb(_ rows: [(MACAddress, InterfaceName)] = [(mac, port)]) -> Reading<FDBEntry> {
        Reading(
            rows: rows.map { FDBEntry(vlan: "SRIOV_201", mac: $0.0, type: "dynamic", interface: $0.1) },
            statedEmpty: rows.isEmpty,
            form: "text/non-els")
    }

    static func arp(_ rows: [(IPAddress, MACAddress?)] = [(address, mac)], state: String? = nil) -> Reading<NeighbourEntry> {
        Reading(
            rows: rows.map { NeighbourEntry(ip: $0.0, mac: $0.1, interface: "vlan.201", state: state) },
            statedEmpty: rows.isEmpty,
            form: "text")
    }

    static func ping(_ received: Int, of sent: Int = 3) -> PingResult {
        PingResult(
            destination: gatewayAddress, sent: sent, received: received, lossPercent: 100 * Double(sent - received) / Double(sent)
        )
    }

    /// Everything as it is on a healthy site, at all moments.
    static func healthy() -> Site {
        var site = Site()
        let target = site.target
        site.know(PhysicalFunctionRequest(node: "worker2", pf: "eno2"), .present(pf()), at: .baseline)
        site.know(VFTableRequest(node: "worker2", pf: "eno2"), vfs(), at: .baseline)
        site.know(VFDevicesRequest(node: "worker2", pf: "eno2"), devices(), at: .baseline)
        site.know(FDBRequest(device: fabric, vlanName: "SRIOV_201", vlanID: vlan), fdb([]), at: .baseline)
        site.know(DeviceNeighboursRequest(device: fabric), arp([]), at: .baseline)
        site.know(PodStateRequest(pod: target.pod), .present(pod()))
        site.know(PodAddressesRequest(pod: target.pod, container: nil, interfaces: ["net1"]), net1())
        site.know(PodDeviceLinkRequest(pod: target.pod, container: nil, interface: "net1"), .present(pci))
        site.know(
            VFTableRequest(node: "worker2", pf: "eno2"),
            vfs(changing: 2) {
                $0.vlan = vlan
                $0.mac = mac
            })
        site.know(VFDevicesRequest(node: "worker2", pf: "eno2"), devices(without: 2))
        site.know(PingRequest(pod: target.pod, container: nil, interface: "net1", destination: gatewayAddress, count: 3), ping(3))
        site.know(
            PodNeighboursRequest(pod: target.pod, container: nil),
            Reading(rows: [NeighbourEntry(ip: gatewayAddress, mac: gatewayMAC, interface: "net1")], form: "proc"))
        site.know(FDBRequest(device: fabric, vlanName: "SRIOV_201", vlanID: vlan), fdb())
        site.know(DeviceNeighboursRequest(device: fabric), arp())
        site.know(
            VLANTableRequest(device: fabric),
            Reading(rows: [VLANEntry(vlanID: vlan, name: "SRIOV_201", members: [.init(interface: port)])], form: "text"))
        site.know(
            InterfaceStatesRequest(device: fabric),
            Reading(
                rows: [
                    InterfaceState(interface: "ge-0/0/1", adminUp: true, operUp: true),
                    InterfaceState(interface: "vlan.201", adminUp: true, operUp: true),
                ], form: "text"))
        site.know(VFTableRequest(node: "worker2", pf: "eno2"), vfs(), at: .afterTeardown)
        site.know(VFDevicesRequest(node: "worker2", pf: "eno2"), devices(), at: .afterTeardown)
        return site
    }

    static func pf(carrier: Bool? = true, operState: String = "up", total: Int? = 63, count: Int? = 8) -> PhysicalFunction {
        PhysicalFunction(
            interface: "eno2", pciAddress: PCIAddress("0000:01:00.1"), operState: operState, carrier: carrier, totalVFs: total,
            numVFs: count)
    }

    func judge(_ check: any Check) -> Judgement { check.evaluate(facts) }
}
