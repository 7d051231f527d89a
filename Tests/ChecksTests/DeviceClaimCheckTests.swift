import Facts
import Testing
import Verdicts

@testable import Checks

@Suite struct DeviceClaimCheckTests {
    private static let driver = "sriovnetwork.k8snetworkplumbingwg.io"
    private static let request = DeviceClaimRequest(namespace: "default", name: "vf-x7z")
    private static let slices = OfferedDevicesRequest(node: "worker2")

    private static func key(_ device: String) -> DeviceClaim.Key { .init(driver: driver, pool: "worker2", device: device) }

    private static func claim(
        _ devices: [String]? = ["vf2"], status: DeviceClaim.DeviceStatus? = nil, pod: String = "u2"
    ) -> DeviceClaim {
        DeviceClaim(
            namespace: "default", name: "vf-x7z", allocated: devices.map { $0.map(key) }, statuses: status.map { [$0] } ?? [],
            reservedFor: [pod])
    }

    private static func status(
        ready: String? = "True", interface: InterfaceName? = "net1", mac: MACAddress? = Site.mac,
        address: String = "192.168.201.3/24"
    ) -> DeviceClaim.DeviceStatus {
        .init(
            key: key("vf2"), ready: ready, readyMessage: ready == "False" ? "no link" : nil, interface: interface, mac: mac,
            addresses: [IPPrefix(address)!])
    }

    private static func site(_ claim: Lookup<DeviceClaim>?, claims: [String] = ["vf-x7z"], slices known: Bool = true) -> Site {
        var site = Site.healthy()
        var pod = Site.pod()
        pod.claims = claims
        site.know(site.target.state, .present(pod))
        if let claim { site.know(request, claim) } else { site.fail(request, .refused) }
        guard known else {
            site.fail(slices, .refused)
            return site
        }
        site.know(
            slices,
            .present(
                Site.devices().map { OfferedDevice(key: key("vf\($0.index)"), pciAddress: $0.pciAddress, pf: "eno2") }))
        return site
    }

    private static func judge(_ site: Site) -> Judgement {
        var target = site.target
        target.deviceDriver = driver
        return DeviceClaimCheck(target: target, driver: driver).evaluate(site.facts)
    }

    @Test(
        "What the claim says is held against the pod, and the pod decides",
        arguments: [
            (
                .present(claim(status: status())), .pass, "ClaimRight",
                "sriov-pod-201-2: ResourceClaim vf-x7z names device worker2/vf2 at 0000:01:10.5, as network-status does, and its "
                    + "network data are the pod's"
            ),
            (
                .present(claim()), .pass, "ClaimRight",
                "sriov-pod-201-2: ResourceClaim vf-x7z names device worker2/vf2 at 0000:01:10.5, as network-status does"
            ),
            (
                .present(claim(["vf3"])), .fail, "ClaimDisagrees",
                "sriov-pod-201-2: ResourceClaim vf-x7z and the pod disagree, and the pod decides: its VF is 0000:01:10.5 "
                    + "(network-status), the claim's device is 0000:01:10.7"
            ),
            (
                .present(claim(status: status(mac: Site.gatewayMAC, address: "192.168.201.9/24"))), .fail, "ClaimDisagrees",
                "sriov-pod-201-2: ResourceClaim vf-x7z and the pod disagree, and the pod decides: net1 has 0a:43:80:e7:80:15, the "
                    + "claim says ac:4b:c8:2b:77:c1; net1 has 192.168.201.3/24, the claim says 192.168.201.9/24"
            ),
            (
                .present(claim(status: status(interface: "eth7"))), .fail, "ClaimDisagrees",
                "sriov-pod-201-2: ResourceClaim vf-x7z and the pod disagree, and the pod decides: its interface is net1, the claim "
                    + "says eth7"
            ),
            (
                .present(claim(status: status(ready: "False"))), .fail, "ClaimDeviceNotReady",
                "sriov-pod-201-2: ResourceClaim vf-x7z: device worker2/vf2 is not ready: no link"
            ),
            (
                .present(claim(nil)), .fail, "ClaimNotAllocated",
                "sriov-pod-201-2: no device of sriovnetwork.k8snetworkplumbingwg.io is allocated by vf-x7z"
            ),
            (
                .present(claim(pod: "u1")), .fail, "ClaimOfAnother",
                "sriov-pod-201-2: ResourceClaim vf-x7z is not reserved for this pod"
            ),
            (
                .absent(hint: "not found"), .fail, "ClaimMissing",
                "sriov-pod-201-2: its ResourceClaim vf-x7z is not there (not found)"
            ),
            (
                .present(claim(["vf2", "vf3"])), .inconclusive, "ClaimUnclear",
                "sriov-pod-201-2: its claims name 2 devices of sriovnetwork.k8snetworkplumbingwg.io, and none is said to be net1's"
            ),
            (
                .present(claim(["vf9"])), .inconclusive, "ClaimDeviceUnknown",
                "sriov-pod-201-2: ResourceClaim vf-x7z: no ResourceSlice of worker2 lists device worker2/vf9"
            ),
            (nil, .inconclusive, "Refused", "cluster: no answer came"),
        ] as [(Lookup<DeviceClaim>?, Verdict, String, String)])
    func judged(claim: Lookup<DeviceClaim>?, verdict: Verdict, code: String, sentence: String) {
        let judgement = Self.judge(Self.site(claim))
        #expect(judgement.verdict == verdict && judgement.code == code)
        #expect(judgement.sentence == sentence)
    }

    @Test("Of several devices the one counts whose driver names the interface")
    func named() {
        let judgement = Self.judge(Self.site(.present(Self.claim(["vf3", "vf2"], status: Self.status()))))
        #expect(judgement.verdict == .pass, "\(judgement.sentence)")
    }

    @Test("A pod without a claim, and slices that cannot be read")
    func without() {
        let none = Self.judge(Self.site(nil, claims: []))
        #expect(none.verdict == .fail)
        #expect(none.sentence == "sriov-pod-201-2: it has no ResourceClaim, neither of its own nor for its resources")
        let unread = Self.judge(Self.site(.present(Self.claim()), slices: false))
        #expect(unread.verdict == .inconclusive && unread.sentence == "cluster: no answer came")
    }

    @Test("Network data are held against what was read in the pod only: a line that could not be read decides nothing")
    func unreadInThePod() {
        let line = UnreadLine(number: 9, text: "8: net1")
        var site = Self.site(.present(Self.claim(status: Self.status())))
        site.know(site.target.addresses, Reading(rows: [], unread: [line], form: "text"))
        let cut = Self.judge(site)
        #expect(cut.verdict == .inconclusive && cut.code == "ClaimNotCompared")
        #expect(
            cut.sentence
                == "sriov-pod-201-2: what ResourceClaim vf-x7z says of net1 is not among what was read in the pod, but 1 lines could "
                + "not be read (\(line))")
        site.know(site.target.addresses, Reading(rows: [], form: "text"))
        let gone = Self.judge(site)
        #expect(gone.verdict == .fail && gone.code == "ClaimDisagrees")
        #expect(gone.sentence.hasSuffix("the pod decides: the pod has no net1"))
    }

    @Test("Where nobody else names the VF the claim does")
    func witness() {
        var site = Self.site(.present(Self.claim()))
        var pod = Site.pod(status: false)
        pod.claims = ["vf-x7z"]
        site.know(site.target.state, .present(pod))
        site.fail(site.target.deviceLink, .refused)
        let judgement = Self.judge(site)
        #expect(judgement.verdict == .pass)
        #expect(
            judgement.sentence
                == "sriov-pod-201-2: ResourceClaim vf-x7z names device worker2/vf2 at 0000:01:10.5, which nobody else names")
    }
}
