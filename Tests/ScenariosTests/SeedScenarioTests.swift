import Documents
import Facts
import Scenarios
import Testing

/// The seed's case, in the scenario's own words and from the seed's manifests.
///
/// - Source: the seed's text: three workers with eno2 and 8 VFs, NAD sriov-201, three pods, a non-ELS Junos switch.
struct SeedScenarioTests {
    private static let files = ["scenarios/vlan-201.yaml", "scenarios/vlan-201-manifests.yaml"]

    @Test("Both ways of writing it expect the same of the site", arguments: files)
    func sameExpectations(file: String) throws {
        let scenario = try Repository.load(file).scenario
        #expect(scenario.nodes.map(\.name.text) == ["worker1", "worker2", "worker3"])
        #expect(scenario.nodes.map(\.pf.printed) == ["eno2", "eno2", "eno2"])
        #expect(scenario.nodes.map(\.vfCount) == [8, 8, 8])
        #expect(scenario.nodes.map { $0.uplink?.interface.printed } == ["ge-0/0/9", "ge-0/0/1", "ge-0/0/19"])
        #expect(scenario.devices.map(\.platform) == [.junos])
        #expect(scenario.devicePlugin.namespace == "kube-system")
        #expect(scenario.devicePlugin.configMap == "sriovdp-config")

        let network = try #require(scenario.networks.first)
        #expect(network.reference.description == "default/sriov-201")
        #expect(network.resource == "intel.com/intel_sriov_netdevice")
        #expect(network.vlan == .tagged(try #require(VLANID(201))))
        #expect(network.subnet == IPPrefix("192.168.201.0/24"))
        #expect(network.gateway?.address == IPAddress("192.168.201.1"))
        #expect(network.gateway?.arp == .device("fabric-switch", interface: "vlan.201"))
        #expect(network.switchVLAN(on: try #require(scenario.devices.first)) == "SRIOV_201")

        #expect(
            scenario.pods.map(\.reference.description) == [
                "default/sriov-pod-201-1", "default/sriov-pod-201-2", "default/sriov-pod-201-3",
            ])
        #expect(scenario.pods.map { $0.node?.text } == ["worker1", "worker2", "worker3"])
        #expect(scenario.pods.map { $0.attachments.map(\.interface.printed) } == [["net1"], ["net1"], ["net1"]])
        #expect(
            scenario.pods.map { $0.attachments[0].address?.description } == ["192.168.201.2", "192.168.201.3", "192.168.201.4"])
        #expect(scenario.pods.allSatisfy { $0.attachments[0].network == network.reference })
        #expect(scenario.pods.map { $0.requests.map(\.count) } == [[1], [1], [1]])
        #expect(scenario.pods.allSatisfy { $0.container == nil })
        #expect(scenario.pods.map(\.images) == [["busybox:1.28"], ["busybox:1.28"], ["busybox:1.28"]])
        #expect(scenario.cleanup == .always)
        #expect(scenario.eventually.timeout == .seconds(30))
    }

    @Test("What the manifests say is expected where they say it")
    func places() throws {
        let scenario = try Repository.load("scenarios/vlan-201-manifests.yaml").scenario
        let network = try #require(scenario.networks.first)
        #expect(network.places["vlan"].description == "scenarios/manifests/sriov-nad-201.yaml:14:17")
        #expect(network.places["resource"].description == "scenarios/manifests/sriov-nad-201.yaml:8:38")
        #expect(network.places["subnet"].description == "scenarios/manifests/sriov-nad-201.yaml:19:25")
        #expect(network.places["gateway"].file == "scenarios/vlan-201-manifests.yaml")
        let attachment = try #require(scenario.pods.first?.attachments.first)
        #expect(attachment.places["address"].description == "scenarios/manifests/sriov-pod-201-1.yaml:10:20")
        #expect(scenario.pods[0].places["node"].description == "scenarios/manifests/sriov-pod-201-1.yaml:28:13")
        #expect(scenario.files.count == 5)
    }

    @Test("Said in the scenario's own words, each expectation has its place there")
    func ownPlaces() throws {
        let scenario = try Repository.load("scenarios/vlan-201.yaml").scenario
        #expect(scenario.networks[0].places["vlan"].line == 27)
        #expect(scenario.nodes[1].places["vfs"].line == 17)
        #expect(scenario.pods[2].attachments[0].places["address"].line == 37)
    }

    @Test("The seed's manifests work in ways that are worth a note")
    func notes() throws {
        let notes = try Repository.load("scenarios/vlan-201-manifests.yaml").notes
        #expect(Set(notes.map(\.code)) == ["bare-ips", "node-name", "privileged"])
        #expect(notes.filter { $0.code == "bare-ips" }.count == 3)
        #expect(notes.first { $0.code == "bare-ips" }?.sentence.contains("\"192.168.201.2/24\"") == true)
        #expect(try Repository.load("scenarios/vlan-201.yaml").notes.isEmpty)
    }

    @Test("The NAD that is made is the seed's, key for key")
    func madeNAD() throws {
        let made = try #require(try Repository.load("scenarios/vlan-201.yaml").scenario.networks.first?.manifest)
        let seeds = try #require(try Repository.load("scenarios/vlan-201-manifests.yaml").scenario.networks.first?.manifest)
        for key in ["apiVersion", "kind", "metadata"] { #expect(made[key] == seeds[key]) }
        let madeText = try #require(made["spec"]?["config"]?.text)
        let seedText = try #require(seeds["spec"]?["config"]?.text)
        #expect(try JSONValue(parsing: madeText) == JSONValue(parsing: seedText))
    }

    @Test("A pod that is made asks for its VF and NET_RAW and no more")
    func madePod() throws {
        let pod = try #require(try Repository.load("scenarios/vlan-201.yaml").scenario.pods.first?.manifest)
        #expect(
            try pod
                == JSONValue(
                    parsing: """
                        {"apiVersion":"v1","kind":"Pod",
                         "metadata":{"name":"sriov-pod-201-1","namespace":"default","annotations":{"k8s.v1.cni.cncf.io/networks":
                           "[{\\"name\\":\\"sriov-201\\",\\"ips\\":[\\"192.168.201.2\\"],\\"interface\\":\\"net1\\"}]"}},
                         "spec":{"nodeName":"worker1","automountServiceAccountToken":false,"terminationGracePeriodSeconds":1,
                           "containers":[{"name":"probe","image":"busybox:1.28","imagePullPolicy":"IfNotPresent",
                             "command":["sleep","3600"],
                             "resources":{"requests":{"intel.com/intel_sriov_netdevice":"1"},"limits":{"intel.com/intel_sriov_netdevice":"1"}},
                             "securityContext":{"allowPrivilegeEscalation":false,"capabilities":{"drop":["ALL"],"add":["NET_RAW"]}}}]}}
                        """))
    }

    @Test("The seed's pods are sent as they stand, with their namespace said")
    func seedPod() throws {
        let pod = try #require(try Repository.load("scenarios/vlan-201-manifests.yaml").scenario.pods.last?.manifest)
        #expect(pod["metadata"]?["namespace"]?.text == "default")
        #expect(pod["metadata"]?["annotations"]?["k8s.v1.cni.cncf.io/networks"]?.text?.contains("192.168.201.4") == true)
        let container = pod["spec"]?["containers"]?[0]
        #expect(container?["name"]?.text == "sriov-pod-201-3c")
        #expect(container?["command"] == ["sh", "-c", "echo The app is running! && sleep 3600"])
        #expect(container?["resources"]?["limits"]?["intel.com/intel_sriov_netdevice"] == "1")
        #expect(container?["securityContext"] == ["privileged": true])
    }

    @Test("The namespace on the command line counts before the scenario's, and that before the kubeconfig's")
    func namespaces() throws {
        func namespace(_ text: String, _ options: ScenarioOptions) throws -> [String] {
            let scenario = try Draft.load(text, options: options).get().scenario
            return [scenario.namespace, scenario.networks[0].reference.namespace, scenario.pods[0].reference.namespace]
        }
        let said = Draft.changed(("spec:\n", "spec:\n  namespace: said\n"))
        #expect(try namespace(Draft.minimal, .init()) == ["default", "default", "default"])
        #expect(try namespace(Draft.minimal, .init(fallbackNamespace: "context")) == ["context", "context", "context"])
        #expect(try namespace(said, .init(fallbackNamespace: "context")) == ["said", "said", "said"])
        #expect(try namespace(said, .init(namespace: "flag")) == ["flag", "flag", "flag"])
    }
}
