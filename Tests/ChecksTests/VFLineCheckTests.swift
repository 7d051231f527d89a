import Testing

@testable import Checks
import Facts
import Verdicts

@Suite("The VF's line on the PF")
struct VFLineCheckTests {
    private func vlan(_ change: (inout Site) -> Void) -> Judgement {
        var site = Site.healthy()
        change(&site)
        return site.judge(VFVLANCheck(target: site.target))
    }

    private func line(_ site: inout Site, _ change: (inout VirtualFunction) -> Void) {
        site.know(
            VFTableRequest(node: "worker2", pf: "eno2"),
            Site.vfs(changing: 2) {
                $0.vlan = Site.vlan
                $0.mac = Site.mac
                change(&$0)
            })
    }

    @Test func theRightTagPasses() {
        let judgement = vlan { _ in }
        #expect(judgement.verdict == .pass)
        #expect(judgement.sentence == "worker2 eno2: VF 2 of sriov-pod-201-2 has VLAN 201")
    }

    @Test func noTagFails() {
        let judgement = vlan { site in line(&site) { $0.vlan = nil } }
        #expect(judgement.verdict == .fail)
        #expect(judgement.code == "VLANNotApplied")
        #expect(
            judgement.sentence == "worker2 eno2: VF 2 of sriov-pod-201-2 has no VLAN, expected VLAN 201 (NAD default/sriov-201)")
    }

    @Test("where the tag is missing the kernel is asked what the PF's driver refused this VF")
    func theKernelsLog() {
        let request = KernelLogRequest(node: "worker2")
        var site = Site.healthy()
        #expect(!VFVLANCheck(target: site.target).needs(known: site.facts).contains(Need(request, at: .plumbed)))
        line(&site) { $0.vlan = nil }
        #expect(VFVLANCheck(target: site.target).needs(known: site.facts).contains(Need(request, at: .plumbed)))
        let lines = [(2, "VF 2 failed opcode 28, retval: -1"), (3, "VF 3 failed opcode 10, retval: -1")].map { vf, text in
            var message = KernelMessage(fault: .vfRequestRefused, text: text)
            message.pciAddress = PCIAddress("0000:01:00.1")
            message.vf = vf
            return message
        }
        site.know(request, Reading(rows: lines, form: "text"))
        let judgement = site.judge(VFVLANCheck(target: site.target))
        #expect(judgement.verdict == .fail && judgement.code == "VLANNotApplied")
        #expect(
            judgement.notes.map(\.sentence) == [
                "worker2 eno2: the kernel says of 0000:01:00.1: 'VF 2 failed opcode 28, retval: -1'"
            ])
    }

    @Test func anotherTagFails() {
        let judgement = vlan { site in line(&site) { $0.vlan = VLANID(200) } }
        #expect(judgement.sentence.contains("has VLAN 200, expected VLAN 201"))
    }

    @Test func aTagLeftBehindFailsWhereNoneIsAskedFor() {
        let judgement = vlan { $0.network.vlan = nil }
        #expect(judgement.code == "VLANLeftBehind")
    }

    @Test(arguments: [(true, "pass"), (nil, "pass"), (false, "fail")])
    func spoofCheckIsHeldAgainstTheNAD(shown: Bool?, expected: String) {
        let judgement = vlan { site in
            site.network.spoofCheck = true
            line(&site) { $0.spoofCheck = shown }
        }
        #expect(judgement.verdict.rawValue == expected)
        #expect(judgement.notes.map(\.code) == (shown == nil ? ["option-not-shown"] : []))
    }

    @Test func aListWithoutTheVFIsInconclusive() {
        let judgement = vlan { site in
            site.know(VFTableRequest(node: "worker2", pf: "eno2"), Reading(rows: [Site.vf(0)], form: "text"))
        }
        #expect(judgement.verdict == .inconclusive)
        #expect(judgement.code == "VFLineMissing")
    }

    @Test func anotherMACOnThePFFails() {
        var site = Site.healthy()
        line(&site) { $0.mac = MACAddress("02:00:00:00:00:99") }
        let judgement = site.judge(VFMACCheck(target: site.target))
        #expect(judgement.verdict == .fail)
        #expect(judgement.sentence.contains("has 02:00:00:00:00:99 on the PF, the pod has 0a:43:80:e7:80:15"))
    }

    @Test func aZeroMACIsADriversQuirk() {
        var site = Site.healthy()
        line(&site) { $0.mac = MACAddress(bits: 0) }
        let judgement = site.judge(VFMACCheck(target: site.target))
        #expect(judgement.verdict == .pass)
        #expect(judgement.notes.map(\.code) == ["admin-mac-unset"])
    }
}
