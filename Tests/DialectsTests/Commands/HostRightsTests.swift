import Facts
import Testing

@testable import Dialects

@Suite("Rights on nodes and switches")
struct HostRightsTests {
    private func text(sudo: Bool = true, _ platforms: [Platform] = []) -> String {
        HostRights(
            nodes: [.init(name: "worker1", sudo: sudo, binary: "/opt/cni/bin/sriov", folder: "/etc/cni/net.d")],
            devices: platforms.map { (DeviceName("leaf1"), $0) }
        ).text
    }

    @Test func aNodeWithSudoGetsExactlyTheCommandsThatAreSentAsRoot() {
        let rules = text().split(separator: "\n").filter { $0.hasPrefix("plumbline ALL=(root) NOPASSWD: ") }.map {
            $0.dropFirst(31)
        }
        #expect(
            rules == [
                "/usr/bin/lshw -c network -businfo -quiet, /usr/sbin/lshw -c network -businfo -quiet",
                "/usr/bin/cat /var/lib/kubelet/device-plugins/kubelet_internal_checkpoint, /bin/cat /var/lib/kubelet/device-plugins/kubelet_internal_checkpoint",
                "/usr/bin/dmesg \"\", /bin/dmesg \"\"",
                "/usr/bin/ls -1 /etc/cni/net.d, /bin/ls -1 /etc/cni/net.d",
                "/usr/bin/ls -lL /opt/cni/bin/sriov, /bin/ls -lL /opt/cni/bin/sriov",
                "/usr/bin/od -An -tx1 -N20 /opt/cni/bin/sriov, /bin/od -An -tx1 -N20 /opt/cni/bin/sriov",
                #"/usr/bin/env CNI_COMMAND\=VERSION /opt/cni/bin/sriov, /bin/env CNI_COMMAND\=VERSION /opt/cni/bin/sriov"#,
            ])
        // Every command of the catalogue that is sent as root has a rule.
        #expect(CommandCatalogue.all.filter { $0.privilegedText != nil }.count == rules.count)
    }

    @Test func aNodeWithoutSudoGetsNone() {
        #expect(text(sudo: false) == "# nodes worker1: a login without any further right (no 'sudo: true' in the scenario)\n")
    }

    @Test func junosNamesEachCommandOnceAndNothingElse() {
        let lines = text([.junos]).split(separator: "\n")
        #expect(lines.contains("set system login class plumbline permissions view"))
        let allowed = lines.first { $0.hasPrefix("set system login class plumbline allow-commands ") } ?? ""
        #expect(allowed.contains("(^show ethernet-switching table vlan [A-Za-z0-9_.:/-]+$)|"))
        #expect(allowed.contains("(^show arp no-resolve$)"))
        #expect(lines.contains("# show arp no-resolve: ARP table"))
    }

    @Test func everyCommandOfAPlatformHasARule() {
        for (platform, lead) in [(Platform.nxos, "permit command "), (.eos, "permit mode exec command ")] {
            let rules = text([platform]).split(separator: "\n").filter { $0.contains(lead) }
            let forms = CommandCatalogue.all.filter { $0.platform == platform.rawValue && $0.host == .device }
            let distinct = Set(forms.map { $0.text.split(separator: "|")[0].split(separator: " ").joined(separator: " ") })
            #expect(rules.count == distinct.count)
            #expect(rules.contains { $0.contains("\(lead)show mac address-table") })
        }
    }
}
