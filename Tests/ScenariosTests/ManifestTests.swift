import Documents
import Facts
import Foundation
import Scenarios
import Testing

/// What is derived from manifests, and what is said of manifests that do not fit.
struct ManifestTests {
    static let scenario = """
        apiVersion: plumbline.dev/v1alpha1
        kind: Scenario
        metadata: {name: small}
        spec:
          devices: [{name: leaf1, platform: eos}]
          nodes:
          - {name: n1, pf: ens1f0, uplink: {device: leaf1, port: Ethernet5}}
          networks:
          - {manifest: m/nad.yaml, gateway: {address: 10.1.0.1, device: leaf1}}
          pods:
          - {manifest: m/pod.yaml}

        """
    static let nad = """
        apiVersion: k8s.cni.cncf.io/v1
        kind: NetworkAttachmentDefinition
        metadata:
          name: blue
          namespace: net
          annotations: {k8s.v1.cni.cncf.io/resourceName: intel.com/vfs}
        spec:
          config: |
            {"cniVersion": "1.0.0", "name": "blue", "plugins": [
              {"type": "sriov", "vlan": 10, "vlanQoS": 3, "vlanProto": "802.1AD", "spoofchk": "off", "trust": "on",
               "link_state": "enable", "min_tx_rate": 0, "max_tx_rate": 1000, "capabilities": {"ips": true},
               "ipam": {"type": "whereabouts", "range": "10.1.0.10-10.1.0.20/24"}},
              {"type": "tuning"}]}

        """
    static let pod = """
        apiVersion: v1
        kind: Pod
        metadata:
          name: a
          annotations: {k8s.v1.cni.cncf.io/networks: "net/blue@fast0, other/x"}
        spec:
          nodeSelector: {kubernetes.io/hostname: n1}
          containers:
          - name: main
            image: busybox
            resources: {limits: {intel.com/vfs: 1}}

        """

    private func problems(_ scenario: String = scenario, nad: String = nad, pod: String = pod) -> [Problem] {
        Draft.problems(scenario, files: ["m/nad.yaml": nad, "m/pod.yaml": pod])
    }

    @Test("A list of plugins, another IPAM and a short annotation say as much")
    func otherForms() throws {
        let loaded = try Draft.load(Self.scenario, files: ["m/nad.yaml": Self.nad, "m/pod.yaml": Self.pod]).get()
        let network = loaded.scenario.networks[0]
        #expect(network.reference.description == "net/blue")
        #expect(network.vlanID?.number == 10)
        #expect(network.qos == 3)
        #expect(network.vlanProtocol == .dot1AD)
        #expect(network.spoofCheck == false)
        #expect(network.trust == true)
        #expect(network.linkState == .enable)
        #expect(network.minTxRate == 0)
        #expect(network.maxTxRate == 1000)
        #expect(network.subnet == IPPrefix("10.1.0.0/24"))
        #expect(network.places["trust"].description == "m/nad.yaml:10:103")
        let pod = loaded.scenario.pods[0]
        #expect(pod.reference.description == "default/a")
        #expect(pod.node == "n1")
        #expect(pod.attachments.map(\.interface.printed) == ["fast0"])
        #expect(pod.attachments.map(\.network.description) == ["net/blue"])
        #expect(loaded.notes.map(\.code) == ["other-network"])
    }

    @Test("An existing object is expected as its manifest says, and not created")
    func existing() throws {
        let text = Self.scenario.replacingOccurrences(of: "manifest: m", with: "existing: true, manifest: m")
        let scenario = try Draft.load(text, files: ["m/nad.yaml": Self.nad, "m/pod.yaml": Self.pod]).get().scenario
        #expect(scenario.networks[0].manifest == nil)
        #expect(scenario.networks[0].vlanID?.number == 10)
        #expect(scenario.pods[0].manifest == nil)
        #expect(scenario.pods[0].attachments.count == 1)
    }

    @Test("Of several objects in a file the entry names one")
    func several() throws {
        let two = Self.pod + "---\n" + Self.pod.replacingOccurrences(of: "name: a", with: "name: b")
        #expect(problems(pod: two).map(\.code) == ["manifest-choice"])
        #expect(problems(pod: two).first?.headline.contains("that could be meant: a, b; say which by 'name'") == true)
        let named = Self.scenario.replacingOccurrences(of: "{manifest: m/pod.yaml}", with: "{manifest: m/pod.yaml, name: b}")
        let loaded = try Draft.load(named, files: ["m/nad.yaml": Self.nad, "m/pod.yaml": two]).get()
        #expect(loaded.scenario.pods.map(\.reference.name) == ["b"])
        let missing = Self.scenario.replacingOccurrences(of: "{manifest: m/pod.yaml}", with: "{manifest: m/pod.yaml, name: bb}")
        #expect(problems(missing, pod: two).first?.headline.contains("did you mean 'b'?") == true)
    }

    @Test("What a manifest says is not typed a second time")
    func twice() {
        let text = Self.scenario
            .replacingOccurrences(of: "{manifest: m/nad.yaml,", with: "{manifest: m/nad.yaml, vlan: 10,")
            .replacingOccurrences(of: "{manifest: m/pod.yaml}", with: "{manifest: m/pod.yaml, node: n1}")
        #expect(problems(text).map(\.code) == ["derived-key", "derived-key"])
        #expect(problems(text).first?.mark.description == "s.yaml:9:28")
    }

    private static let nads: [Broken] = [
        Broken(
            "\"vlan\": 10", "\"vlan\": 5000", "^5000",
            "sriov-cni takes a VLAN ID (0 to 4094) as a number for \"vlan\"; '5000' was seen"),
        Broken("\"vlan\": 10", "\"vlan\": \"10\"", "^\"10\"", "write it without quotes"),
        Broken("\"vlanQoS\": 3", "\"vlanQoS\": 9", "^9, \"vlanProto", "a priority (0 to 7)"),
        Broken(
            "\"spoofchk\": \"off\"", "\"spoofchk\": false", "^false",
            "sriov-cni takes one of \"on\", \"off\" for \"spoofchk\"; 'false' was seen"),
        Broken("\"link_state\": \"enable\"", "\"link_state\": \"up\"", "^\"up\"", "\"auto\", \"enable\", \"disable\""),
        Broken(
            "\"type\": \"sriov\"", "\"type\": \"bridge\"", "^[\n", "no plugin of the type 'sriov' is in the list: bridge, tuning"),
        Broken("\"vlan\": 10,", "\"vlan\": 10 ", "^\"vlanQoS", "JSON expected ',' or '}' here"),
        Broken("10.1.0.10-10.1.0.20/24", "10.1.0.0", "^\"10.1.0.0\"", "an address with its length"),
        Broken(
            "kind: NetworkAttachmentDefinition", "kind: ConfigMap", "",
            "m/nad.yaml holds no NetworkAttachmentDefinition; it holds ConfigMap"),
        Broken("cncf.io/v1\n", "cncf.io/v2\n", "^k8s.cni.cncf.io/v2", "has the apiVersion 'k8s.cni.cncf.io/v1'; the text"),
        Broken("name: blue\n", "name: Blue_1\n", "^Blue_1", "needs a name of lower case letters"),
        Broken("resourceName: intel.com/vfs", "resourceName: vfs", "^vfs}", "a resource with its prefix is expected here"),
        Broken(
            "{k8s.v1.cni.cncf.io/resourceName: intel.com/vfs}", "{}", "^name: blue", "without it Multus hands the plugin no VF"),
        Broken("  config: |\n", "  conf: |\n", "^apiVersion", "the NAD needs 'spec.config'"),
        Broken("namespace: net", "namespace: net\n  labels: {a: on}", "^on}", "put it in quotes, or write true"),
    ]

    @Test("A NAD that does not fit is told at its place, even inside its JSON", arguments: nads)
    func brokenNAD(_ change: Broken) {
        let text = Self.nad.replacingOccurrences(of: change.old, with: change.new)
        let problems = problems(nad: text)
        #expect(text != Self.nad)
        #expect(problems.count == 1, "\(problems)")
        let place = change.target.isEmpty ? "s.yaml:9:16" : change.place(in: text, file: "m/nad.yaml")
        #expect(problems.first?.mark.description == place, "\(problems)")
        #expect(problems.first?.headline.contains(change.sentence) == true, "\(problems)")
        #expect(problems.first?.sourceLine != nil)
    }

    private static let pods: [Broken] = [
        Broken(
            "net/blue@fast0, other/x", "net/bleu@fast0", "^\"net/bleu",
            "no network 'bleu' is under spec.networks; there are blue; did you mean 'blue'?"),
        Broken("net/blue@fast0, other/x", "blue", "^\"blue\"", "one of that name is in 'net'; write net/blue"),
        Broken("net/blue@fast0, other/x", "net/blue@eth0", "^\"net/blue@eth0", "'eth0' is taken in every pod"),
        Broken(
            "net/blue@fast0, other/x", "net/blue@averylonginterface", "^\"net/blue@avery",
            "an interface's name of at most 15 letters"),
        Broken(
            "net/blue@fast0, other/x", "net/blue@a@b", "^\"net/blue@a@b", "a network is named [namespace/]name[@interface] here"),
        Broken(
            "\"net/blue@fast0, other/x\"", "'[{\"name\": \"blue\", \"namespace\": \"net\", \"ips\": \"10.1.0.9\"}]'",
            "^\"10.1.0.9", "Multus takes a list for \"ips\""),
        Broken(
            "\"net/blue@fast0, other/x\"", "'[{\"name\": \"blue\", \"namespace\": \"net\", \"ips\": [\"10.2.0.9/24\"]}]'",
            "^\"10.2.0.9", "the subnet of network 'blue' is 10.1.0.0/24"),
        Broken(
            "\"net/blue@fast0, other/x\"", "'[{\"name\": \"blue\", \"namespace\": \"net\", \"ips\": [\"10.1.0\"]}]'",
            "^\"10.1.0\"", "an IP address is expected here"),
        Broken(
            "\"net/blue@fast0, other/x\"", "'[{\"name\": \"blue\", \"namespace\": \"net\", \"mac\": \"x\"}]'", "^\"x\"",
            "a MAC address is expected here"),
        Broken(
            "\"net/blue@fast0, other/x\"", "'[{\"namespace\": \"net\"}]'", "^{\"namespace", "a network selection needs a \"name\""
        ),
        Broken("\"net/blue@fast0, other/x\"", "'[{\"name\": \"blue\"'", "^'}", "JSON expected"),
        Broken("hostname: n1", "hostname: n7", "^n7", "no node 'n7' is under spec.nodes"),
        Broken(
            "intel.com/vfs: 1", "intel.com/vfs: 2", "^2}",
            "pod 'a' asks for 2 of intel.com/vfs and has 1 attachments that need one"),
        Broken("intel.com/vfs: 1", "intel.com/vfs: one", "^one}", "a whole number of devices is expected here"),
        Broken(
            "  - name: main\n", "  - {name: side, image: x}\n  - name: main\n", "",
            "pod a has 2 containers: side, main; say by 'container'"),
        Broken("image: busybox", "image: 010", "^010", "octal"),
        Broken("  containers:", "  containrs:", "^apiVersion", "the pod needs 'spec.containers'"),
    ]

    @Test("A pod that does not fit is told at its place, even inside its annotation", arguments: pods)
    func brokenPod(_ change: Broken) {
        let text = Self.pod.replacingOccurrences(of: change.old, with: change.new)
        let problems = problems(pod: text)
        #expect(text != Self.pod)
        #expect(problems.count == 1, "\(problems)")
        let place = change.target.isEmpty ? "s.yaml:11:5" : change.place(in: text, file: "m/pod.yaml")
        #expect(problems.first?.mark.description == place, "\(problems)")
        #expect(problems.first?.headline.contains(change.sentence) == true, "\(problems)")
    }

    @Test("The container is the only one, the one named, or the one the pod's annotation names")
    func containers() throws {
        let two = Self.pod.replacingOccurrences(of: "  - name: main\n", with: "  - {name: side, image: x}\n  - name: main\n")
        func container(_ scenario: String, _ pod: String) throws -> String? {
            try Draft.load(scenario, files: ["m/nad.yaml": Self.nad, "m/pod.yaml": pod]).get().scenario.pods[0].container
        }
        #expect(try container(Self.scenario, Self.pod) == nil)
        let named = Self.scenario.replacingOccurrences(of: "m/pod.yaml}", with: "m/pod.yaml, container: side}")
        #expect(try container(named, two) == "side")
        let annotated = two.replacingOccurrences(
            of: "annotations: {", with: "annotations: {kubectl.kubernetes.io/default-container: main, ")
        #expect(try container(Self.scenario, annotated) == "main")
        let wrong = Self.scenario.replacingOccurrences(of: "m/pod.yaml}", with: "m/pod.yaml, container: mian}")
        #expect(
            problems(wrong, pod: two).map(\.headline) == [
                "s.yaml:11:39: error: pod a has no container 'mian'; it has side, main; did you mean 'main'? [reference]"
            ])
    }
}
