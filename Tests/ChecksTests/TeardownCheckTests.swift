import Testing

@testable import Checks
import Facts
import Verdicts

@Suite("The VF after the pod")
struct TeardownCheckTests {
    private let table = VFTableRequest(node: "worker2", pf: "eno2")
    private let devices = VFDevicesRequest(node: "worker2", pf: "eno2")

    private func judge(_ change: (inout Site) -> Void) -> Judgement {
        var site = Site.healthy()
        change(&site)
        return site.judge(TeardownCheck(target: site.target))
    }

    @Test func backAsBeforePasses() { #expect(judge { _ in }.verdict == .pass) }

    @Test func aTagLeftBehindFails() {
        let judgement = judge { site in site.know(table, Site.vfs(changing: 2) { $0.vlan = Site.vlan }, at: .afterTeardown) }
        #expect(judgement.verdict == .fail)
        #expect(judgement.sentence.hasSuffix("came back changed: vlan 201 instead of none"))
    }

    @Test func aNetdevThatIsNotBackFails() {
        let judgement = judge { site in site.know(devices, Site.devices(without: 2), at: .afterTeardown) }
        #expect(judgement.code == "VFNotReturned")
    }

    @Test func anotherVFsChangeIsNotOurs() {
        let judgement = judge { site in site.know(table, Site.vfs(changing: 5) { $0.vlan = VLANID(77) }, at: .afterTeardown) }
        #expect(judgement.verdict == .pass)
    }

    @Test(arguments: [(false, Verdict.pass), (true, Verdict.fail)])
    func theMACIsComparedOnlyWhereTheNADSetOne(sets: Bool, expected: Verdict) {
        let judgement = judge { site in
            site.network.setsMAC = sets
            site.know(table, Site.vfs(changing: 2) { $0.mac = Site.mac }, at: .afterTeardown)
        }
        #expect(judgement.verdict == expected)
    }

    @Test func anUnreadableTableIsInconclusive() {
        #expect(judge { $0.fail(table, at: .afterTeardown) }.verdict == .inconclusive)
    }
}
