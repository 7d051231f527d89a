import Documents
import Foundation
import Scenarios
import Testing

/// A change to a scenario that is in order, and the one problem that is told of it.
struct Broken: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    /// Text of the changed scenario with a caret before the letter that the problem is to point at.
    let target: String
    let sentence: String

    init(_ old: String, _ new: String, _ target: String, _ sentence: String) {
        self.old = old
        self.new = new
        self.target = target
        self.sentence = sentence
    }

    /// Line and column of the target in the changed text; nil when it is not there.
    func place(in text: String, file: String = "s.yaml") -> String? {
        let halves = target.split(separator: "^", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, let range = text.range(of: halves.joined()) else { return nil }
        let before = text[..<text.index(range.lowerBound, offsetBy: halves[0].count)]
        let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
        return "\(file):\(lines.count):\((lines.last?.count ?? 0) + 1)"
    }

    var testDescription: String { new }
}

/// What has to hold between the parts of a scenario.
struct RuleTests {
    @Test("The minimal scenario is in order and has nothing to note")
    func minimal() throws {
        let loaded = try Draft.load(Draft.minimal).get()
        #expect(loaded.notes.isEmpty)
    }

    private static let names: [Broken] = [
        Broken(
            "  networks:", "  - {name: n1, pf: x, uplink: {device: leaf1, port: a}}\n  networks:", "name: ^n1, pf: x",
            "node 'n1' is given twice: at line 8 and here"),
        Broken("{name: b, node", "{name: a, node", "name: ^a, node: n2", "pod 'default/a' is given twice: at line 17 and here"),
        Broken(
            "[{network: blue, address: 10.1.0.2}]", "[{network: blue, interface: net2}, {network: blue}]", "^{network: blue}]",
            "interface of a 'net2' is given twice: at line 17 and here"),
        Broken(
            "spec:\n", "spec:\n  checks: [{id: vf.vlan, holdFor: 1s}, {id: vf.vlan, skip: no hardware}]\n", "id: ^vf.vlan, skip",
            "check 'vf.vlan' is given twice"),
        Broken(
            "10.1.0.3}", "10.1.0.2 }", "^10.1.0.2 }", "pods 'a' and 'b' both ask for 10.1.0.2 on VLAN 10: at line 17 and here"),
        Broken(
            "10.1.0.2}]}\n", "10.1.0.2, mac: \"02:00:00:00:00:01\"}, {network: blue, mac: 02-00-00-00-00-01}]}\n", "^02-00-00",
            "a net1 and a net2 both ask for 02:00:00:00:00:01"),
        Broken(
            "vlan: 10", "mac: 02:00:00:00:00:01\n    vlan: 10", "mac: ^02",
            "network 'blue' sets the MAC 02:00:00:00:00:01 on 2 pods: a, b"),
    ]

    private static let references: [Broken] = [
        Broken(
            "device: leaf1, port: Ethernet5", "device: leaf, port: Ethernet5", "^leaf,",
            "no device 'leaf' is under spec.devices; there are leaf1; did you mean 'leaf1'?"),
        Broken(
            "10.1.0.1, device: leaf1", "10.1.0.1, device: spine", "^spine",
            "no device 'spine' is under spec.devices; there are leaf1; add it under spec.devices"),
        Broken("node: n1,", "node: worker1,", "^worker1", "no node 'worker1' is under spec.nodes; there are n1, n2"),
        Broken(
            "network: blue, address: 10.1.0.2", "network: bleu, address: 10.1.0.2", "^bleu",
            "no network 'bleu' is under spec.networks; there are blue; did you mean 'blue'?"),
        Broken(
            "network: blue, address: 10.1.0.2", "network: x/blue, address: 10.1.0.2", "^x/blue",
            "one of that name is in 'default'; write default/blue"),
        Broken(
            "spec:\n", "spec:\n  checks: [{id: vf.vlna, holdFor: 1s}]\n", "^vf.vlna",
            "there is no check 'vf.vlna'; did you mean 'vf.vlan'?"),
    ]

    private static let addresses: [Broken] = [
        Broken(
            "address: 10.1.0.2", "address: 10.2.0.2", "^10.2.0.2",
            "a asks for 10.2.0.2; the subnet of network 'blue' is 10.1.0.0/24"),
        Broken("address: 10.1.0.2}", "address: 10.1.0.1}", "^10.1.0.1}", "a asks for 10.1.0.1; that is the gateway's address"),
        Broken("address: 10.1.0.2}", "address: 10.1.0.0}", "^10.1.0.0}", "that is the address of the subnet 10.1.0.0/24 itself"),
        Broken("address: 10.1.0.2", "address: 10.1.0.255", "^10.1.0.255", "that is the broadcast address of 10.1.0.0/24"),
        Broken(
            "address: 10.1.0.2", "address: 10.1.0.2/24", "^10.1.0.2/24",
            "write 10.1.0.2; the length stands in the network's subnet"),
        Broken("address: 10.1.0.2", "address: \"fd00::2\"", "^\"fd00::2\"", "the subnet of network 'blue' is 10.1.0.0/24"),
        Broken(
            "address: 10.1.0.1,", "address: 10.9.0.1,", "^10.9.0.1",
            "the gateway 10.9.0.1 is not in the subnet 10.1.0.0/24 of network 'blue', said at line 14"),
        Broken("address: 10.1.0.1,", "address: 10.1.0.255,", "^10.1.0.255", "10.1.0.255 is no station's address in 10.1.0.0/24"),
        Broken("10.1.0.0/24", "10.1.0.7/24", "^10.1.0.7/24", "has bits beyond its length; write 10.1.0.0/24"),
        Broken("10.1.0.0/24", "10.1.0.0", "^10.1.0.0\n", "write the length too: 10.1.0.0/24"),
    ]

    private static let ranges: [Broken] = [
        Broken(
            "vlan: 10", "vlan: 4095", "^4095", "a VLAN ID (1 to 4094, or 0 to take the tag off) is expected here; 4095 was seen"),
        Broken("vlan: 10", "vlan: azure", "^azure", "the text 'azure' was seen"),
        Broken("vlan: 10", "vlan: 10\n    qos: 8", "qos: ^8", "a priority (0 to 7)"),
        Broken("vlan: 10", "vlan: 0\n    qos: 3", "qos: ^3", "network 'blue' has a priority but no VLAN to carry it"),
        Broken("vlan: 10", "vlanProtocol: 802.1ad", "^802.1ad", "network 'blue' has a tag protocol but no VLAN"),
        Broken("vlan: 10", "vlan: 10\n    vlanProtocol: 802.1d", "^802.1d", "did you mean '802.1"),
        Broken("vlan: 10", "vlan: 10\n    spoofCheck: on", "spoofCheck: ^on", "write true"),
        Broken(
            "vlan: 10", "vlan: 10\n    minTxRate: 200\n    maxTxRate: 100", "^200",
            "at least 200 Mbit/s and at most 100 Mbit/s, said at line 15"),
        Broken("vlan: 10", "vlan: 10\n    mac: 01:00:5e:00:00:01", "^01:00", "a MAC address of one station"),
        Broken("pf: ens1f0, vfs: 2", "pf: averylonginterface, vfs: 2", "^averylong", "an interface's name of at most 15 letters"),
        Broken("pf: ens1f0, vfs: 2", "pf: ens1f0, vfs: 0", "vfs: ^0", "a number of VFs (1 to 256) is expected here; 0 was seen"),
        Broken("pf: ens1f0, vfs: 2", "pf: \"a b\", vfs: 2", "^\"a b\"", "an interface's name"),
        Broken("name: small", "name: Small_One", "^Small_One", "a name of lower case letters, digits and '-'"),
        Broken("resource: intel.com/vfs", "resource: vfs", "resource: ^vfs", "a resource with its prefix"),
        Broken("port: Ethernet5", "port: \"Ethernet5; reload\"", "^\"Ethernet5;", "a port as the device writes it"),
        Broken("interface: Vlan10", "interface: \"Vlan10|save\"", "^\"Vlan10|", "a port as the device writes it"),
        Broken("uplink: {device: leaf1, port: Ethernet5}", "sshHost: -oProxyCommand=x", "^-oProxy", "a host as ssh takes it"),
        Broken("platform: eos", "platform: eso", "^eso", "did you mean 'eos'?"),
        Broken("spec:\n", "spec:\n  timeouts: {podReady: 30}\n", "^30}", "write 30s or 30m"),
        Broken("spec:\n", "spec:\n  timeouts: {podReady: 11m}\n", "^11m", "a pod's start may take 11m, the whole run 10m"),
        Broken("spec:\n", "spec:\n  eventually: {timeout: 1s}\n", "^{timeout", "looking every 2s for 1s is looking once"),
        Broken("spec:\n", "spec:\n  ping: {maxLossPercent: 100}\n", "^100}", "100 would prove nothing"),
        Broken("spec:\n", "spec:\n  cleanup: sometimes\n", "^sometimes", "write one of always, onSuccess, never"),
        Broken("spec:\n", "spec:\n  nodeDefaults: {vf: {vendor: 80867}}\n", "^80867", "a PCI id of four hexadecimal digits"),
        Broken("spec:\n", "spec:\n  nodeDefaults: {name: x}\n", "^name: x", "'name' is no key of the node defaults"),
        Broken("spec:\n", "spec:\n  podDefaults: {privileged: yes}\n", "^yes", "write true"),
    ]

    private static let crossing: [Broken] = [
        Broken(
            "[{network: blue, address: 10.1.0.2}]", "[{network: blue}, {network: blue}, {network: blue}]", "vfs: ^2",
            "node n1 has 2 VFs, and its pods ask for 3: a 3"),
        Broken(
            ", attach: [{network: blue, address: 10.1.0.2}]", "", "name: ^a, node",
            "pod 'a' asks for no network, so there is nothing to judge"),
        Broken("[{network: blue, address: 10.1.0.2}]", "[]", "^[]", "pod 'a' is attached to no network of the scenario"),
        Broken(
            "[{network: blue, address: 10.1.0.2}]", "[{network: blue, interface: eth0}]", "^eth0", "'eth0' is taken in every pod"),
        Broken(
            "device: leaf1, interface: Vlan10", "arp: readable", "^{address: 10.1.0.1",
            "if no ARP table can be read, write 'arp: none'"),
        Broken(
            "device: leaf1, interface: Vlan10", "device: leaf1, arp: none", "^arp: none",
            "'arp: none' says that no ARP table is read, yet a device is named for it"),
        Broken("    subnet: 10.1.0.0/24\n", "", "^name: blue", "a network without a manifest needs 'subnet'"),
        Broken("    resource: intel.com/vfs\n", "", "^name: blue", "a network without a manifest needs 'resource'"),
        Broken("name: n1, pf: ens1f0", "name: n1", "^{name: n1", "a node needs 'pf'"),
        Broken(
            "spec:\n", "spec:\n  checks: [{id: gw.ping, skip: no reply here, holdFor: 2s}]\n", "^no reply",
            "'gw.ping' is skipped, so how it is repeated has no meaning"),
        Broken(
            "{name: a,", "{name: a, existing: true, image: busybox,", "^image",
            "'image' is for pods that are created; this one exists"),
        Broken(
            "{name: a,", "{name: a, existing: true, ephemeral: {image: busybox},", "^ephemeral",
            "'ephemeral' is for pods that the run makes; this one exists, and nothing is added to it"),
        Broken("  - {name: b,", "  - {manifest: x.yaml}\n  - {name: b,", "^x.yaml", "x.yaml could not be read: no such file"),
    ]

    private static let keys: [Broken] = [
        Broken("vlan: 10", "vlna: 10", "^vlna", "'vlna' is no key of a network; did you mean 'vlan'?"),
        Broken("vlan: 10", "vlan: 10\n    image: busybox", "^image", "it belongs under 'spec.podDefaults' or"),
        Broken("metadata: {name: small}", "metadata: {name: small, description: x}", "^description", "it belongs under 'spec'"),
        Broken(
            "kind: Scenario", "kind: Scenario\nnodes: []", "^nodes: []",
            "'nodes' is no key of a scenario; it belongs under 'spec'"),
        Broken("vlan: 10", "vlan: 10\n    vlan: 20", "^vlan: 20", "'vlan' is written twice: at line 13 and at line 14"),
        Broken("platform: eos", "platform: eos, password: x", "^password", "'password' looks like a secret"),
        Broken("platform: eos", "platform: eos, credentialsRef: x", "^credentialsRef", "come from the ssh configuration"),
        Broken("vlan: 10", "\tvlan: 10", "^\tvlan", "a tab"),
        Broken("vlan: 10", "vlan: 10\n    <<: {qos: 1}", "^<<", "merge keys"),
        Broken("vlan: 10", "vlan: 010", "^010", "write it without the leading zero"),
        Broken("vlan: 10", "vlan: \"10\"", "^\"10\"", "write it without quotes"),
        Broken("vlan: 10", "vlan: 1:30", "^1:30", "number to the base of 60"),
        Broken("vlan: 10", "vlan:", "^vlan:", "'vlan' is written without a value"),
        Broken(
            "kind: Scenario", "kind: Pod", "^Pod",
            "a scenario has the kind 'Scenario'; 'Pod' was seen; name this file as 'manifest' in a scenario"),
        Broken(
            "/v1alpha1", "/v1beta1", "^plumbline.dev",
            "this file is written for v1beta1; this build knows v1alpha1; use a newer plumbline"),
        Broken("/v1alpha1", "/v1alpha0", "^plumbline.dev", "'plumbline.dev/v1alpha0' is no version of the scenario's form"),
        Broken("plumbline.dev/", "example.org/", "^example.org", "write plumbline.dev/v1alpha1"),
        Broken("kind: Scenario\n", "", "^apiVersion", "a scenario needs 'kind'"),
        Broken("metadata: {name: small}\n", "", "^apiVersion", "a scenario needs 'metadata'"),
    ]

    @Test("One thing wrong gives one problem, at its place", arguments: names + references + addresses + ranges + crossing + keys)
    func broken(_ change: Broken) {
        let text = Draft.changed((change.old, change.new))
        let problems = Draft.problems(text)
        #expect(problems.count == 1, "\(problems)")
        #expect(problems.first?.mark.description == (change.place(in: text) ?? "no such target"), "\(problems)")
        #expect(problems.first?.headline.contains(change.sentence) == true, "\(problems)")
        #expect(problems.first?.sourceLine != nil)
    }

    @Test("Several things wrong are told together, in the order of their places")
    func several() {
        let text = Draft.changed(
            ("platform: eos", "platform: eoss"), ("vlan: 10", "vlan: 5000"), ("node: n1", "node: n9"), ("vfs: 2", "vsf: 2"),
            ("metadata: {name: small}", "metadata: {name: small, token: abc}"))
        let problems = Draft.problems(text)
        #expect(problems.map(\.mark.line) == [3, 6, 8, 13, 17])
        #expect(problems.map(\.code) == ["secret", "value", "unknown-key", "out-of-range", "reference"])
    }

    @Test(
        "A text that is no scenario is told so at its place",
        arguments: [
            ("", "1:1", "holds no scenario"), ("# nothing\n", "1:1", "holds no scenario"),
            ("- a\n", "1:1", "a mapping is expected here for a scenario"),
            ("a: [1\n", "2:1", "YAML expected something else"), ("text", "1:1", "a mapping is expected here for a scenario"),
        ])
    func noScenario(text: String, place: String, sentence: String) {
        let problems = Draft.problems(text)
        #expect(problems.first?.mark.description == "s.yaml:\(place)", "\(problems)")
        #expect(problems.first?.headline.contains(sentence) == true, "\(problems)")
    }

    @Test("A file with two documents is no scenario")
    func documents() {
        let problems = Draft.problems(Draft.minimal + "---\n" + Draft.minimal)
        #expect(problems.map(\.code) == ["documents"])
        #expect(problems.first?.sentence.contains("this is number 2") == true)
    }

    @Test("Every check skipped would prove nothing")
    func allSkipped() {
        let text = Draft.changed(("spec:\n", "spec:\n  checks: [{id: a.b, skip: x}, {id: c.d, skip: x}]\n"))
        #expect(Draft.problems(text, options: .init(knownChecks: ["a.b", "c.d"])).map(\.code) == ["no-checks"])
        #expect(Draft.problems(text, options: .init(knownChecks: ["a.b", "c.d", "e.f"])).isEmpty)
    }
}

/// What works and is worth a word.
struct NoteTests {
    @Test(
        "A note stands beside a scenario that is in order",
        arguments: [
            ("vlan: 10", "qos: 0", "vlan-unstated", 11, "keeps whatever tag it has"),
            (", uplink: {device: leaf1, port: Ethernet5}", "", "no-uplink", 8, "node n1 has no uplink"),
            (
                "port: Ethernet6", "port: Ethernet5", "shared-port", 9,
                "n2 and n1 are both on leaf1 Ethernet5, the latter at line 8"
            ),
            ("    gateway: {address: 10.1.0.1, device: leaf1, interface: Vlan10}\n", "", "no-gateway", 11, "has no gateway"),
            (
                "  nodes:", "  - {name: spare, platform: nxos}\n  nodes:", "unused", 7,
                "device 'spare' is neither an uplink nor a gateway"
            ),
            (
                "  pods:", "  - {name: red, resource: intel.com/vfs, vlan: 11, subnet: 10.2.0.0/24}\n  pods:", "unused", 16,
                "no pod is attached to network 'red'"
            ),
            (
                "  pods:", "  - {name: red, resource: intel.com/vfs, vlan: 11, subnet: 10.1.0.0/16}\n  pods:", "subnet-overlap",
                16, "overlaps 10.1.0.0/24 of 'blue'"
            ),
            ("spec:\n", "spec:\n  checks: [{id: gw.ping}]\n", "no-effect", 5, "nothing is said of 'gw.ping'"),
        ])
    func notes(old: String, new: String, code: String, line: Int, sentence: String) throws {
        let loaded = try Draft.load(Draft.changed((old, new))).get()
        let note = try #require(loaded.notes.first { $0.code == code }, "\(loaded.notes)")
        #expect(note.mark.line == line)
        #expect(note.sentence.contains(sentence))
    }

    @Test("host-local gives out addresses on each node by itself")
    func hostLocal() throws {
        let open = Draft.changed((", address: 10.1.0.2", ""), (", address: 10.1.0.3", ""))
        let notes = try Draft.load(open).get().notes
        #expect(notes.map(\.code) == ["host-local-addresses"])
        #expect(notes.first?.sentence.contains("so a and b may get the same one") == true)
        let oneNode = Draft.changed((", address: 10.1.0.2", ""), (", address: 10.1.0.3", ""), ("node: n2", "node: n1"))
        #expect(try Draft.load(oneNode).get().notes.map(\.code) == [])
    }

    @Test("No ARP to read is said, and then not noted")
    func noARP() throws {
        let loaded = try Draft.load(Draft.changed(("device: leaf1, interface: Vlan10", "arp: none"))).get()
        #expect(loaded.scenario.networks[0].gateway?.arp == ARPSource.none)
        #expect(loaded.notes.isEmpty)
    }
}
