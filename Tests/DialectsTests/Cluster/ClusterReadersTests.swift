import Facts
import Testing

@testable import Dialects

@Suite struct ClusterReadersTests {
    private static let vf = ResourceName("intel.com/intel_sriov_netdevice")

    @Test("a running pod of a true cluster")
    func runningPod() throws {
        let pod = try PodReader.read(try Recorded.object("get-pod_1"))
        #expect(pod.reference == PodReference(namespace: "default", name: "sriov-pod-201-1"))
        #expect(pod.uid == "6942bdbf-cd96-40ad-b974-4ee88ed9e545" && pod.phase == "Running" && pod.node == "worker1")
        #expect(pod.startTime == Timestamp("2026-11-23T22:00:16Z") && pod.deletionTime == nil)
        #expect(pod.requests == [Self.vf: 1])
        #expect(pod.condition("Ready")?.status == "True")
        let container = try #require(pod.containers.first)
        #expect(container.name == "sriov-pod-200-1c" && container.ready && container.restartCount == 0)
        #expect(container.state == "running" && container.allocatedDevices == [Self.vf: ["0000:01:11.7"]])
        let status = try NetworkStatusReader.read(try #require(pod.networkStatusAnnotation))
        #expect(status.map(\.name) == ["cbr0", "default/sriov-201"])
        #expect(status[0].isDefault == true && status[1].isDefault == nil)
        #expect(status[1].interface == "net1" && status[1].ips == [IPAddress("192.168.201.2")].compactMap { $0 })
        #expect(status[1].mac == MACAddress("5a:ad:db:7d:33:04") && status[1].pciAddress == PCIAddress("0000:01:11.7"))
        let asked = try NetworksAnnotation.read(try #require(pod.networksAnnotation))
        #expect(asked.map(\.name) == ["sriov-201"] && asked[0].ips == ["192.168.201.2"] && asked[0].interface == "net1")
    }

    @Test("pods with one thing wrong, as the API tells it")
    func brokenPods() throws {
        let rejected = try PodReader.read(try Recorded.object("after-pod-want9node"))
        #expect(rejected.phase == "Failed" && rejected.reason == "UnexpectedAdmissionError" && rejected.requests == [Self.vf: 9])
        #expect(rejected.message?.contains("Requested: 9, Available: 7") == true)
        let pending = try PodReader.read(try Recorded.object("after-pod-want9"))
        #expect(pending.condition("PodScheduled")?.reason == "Unschedulable" && pending.node == nil)
        #expect(pending.containers.map(\.state) == [nil])
        let crashed = try PodReader.read(try Recorded.object("after-pod-crash"))
        #expect(crashed.containers[0].state == "terminated" && crashed.containers[0].lastExitCode == 7)
        #expect(crashed.containers[0].restartCount == 2)
        let image = try PodReader.read(try Recorded.object("after-pod-badimg"))
        #expect(image.containers[0].reason == "ErrImagePull" && image.containers[0].lastExitCode == nil)
        let withoutRequest = try PodReader.read(try Recorded.object("after-pod-nores"))
        #expect(withoutRequest.requests.isEmpty && withoutRequest.networksAnnotation == "sriov-201")
        #expect(
            try PodReader.readList(try Recorded.object("get-pods_limit")).map(\.reference.name) == [
                "sriov-pod-201-1", "sriov-pod-201-2",
            ])
    }

    @Test("nodes: all VFs allocatable, none after the plugin went, not ready")
    func nodes() throws {
        let whole = try NodeReader.read(try Recorded.object("get-node_worker1"))
        #expect(whole.name == "worker1" && whole.capacity[Self.vf] == 8 && whole.allocatable[Self.vf] == 8)
        #expect(whole.capacity["cpu"] == nil && whole.capacity["memory"] == nil && whole.ready == "True")
        #expect(whole.internalIPs.map(\.description) == ["10.88.0.11"] && whole.architecture == "amd64" && !whole.unschedulable)
        let gone = try NodeReader.read(try Recorded.object("dp-gone-node"))
        #expect(gone.capacity[Self.vf] == 8 && gone.allocatable[Self.vf] == 0)
        let lost = try NodeReader.read(try Recorded.object("fail-node3-notready"))
        #expect(lost.ready == "Unknown" && lost.readyMessage == "Kubelet stopped posting node status.")
    }

    @Test("events, oldest first, with times and counts from wherever they stand")
    func events() throws {
        let missing = try EventReader.readList(try Recorded.object("after-events-missnad"))
        #expect(
            missing.first?.reason == "NoNetworkFound" && missing.first?.source == "multus" && missing.first?.type == "Warning")
        #expect(missing.last?.lastSeen == Timestamp("2026-11-23T22:01:42Z"))
        let scheduler = try EventReader.readList(try Recorded.object("after-events-want9"))
        #expect(scheduler.map(\.reason) == ["FailedScheduling", "FailedScheduling"] && scheduler.map(\.count) == [1, 2])
        #expect(scheduler[1].lastSeen == Timestamp("2026-11-23T22:01:28.800808Z"), "of the series, not of its first event")
        #expect(scheduler[0].source == "default-scheduler")
    }

    @Test("a NAD with its configuration")
    func nad() throws {
        let nad = try NADReader.read(try Recorded.object("get-nad_201"))
        #expect(
            nad.name == "sriov-201" && nad.namespace == "default" && nad.resource == Self.vf && nad.configurationProblem == nil)
        let configuration = try #require(nad.configuration)
        #expect(configuration.type == "sriov" && configuration.cniVersion == "0.3.1" && configuration.vlan == 201)
        #expect(configuration.ipamType == "host-local" && configuration.subnets.map(\.description) == ["192.168.201.0/24"])
        #expect(
            configuration.gateway == nil && !configuration.declaresIPs && !configuration.isList && configuration.spoofchk == nil)
    }

    @Test(
        "configurations that Multus or the plugin refuse are told, not thrown",
        arguments: [
            (#"{"type":"sriov","vlan":"201"}"#, #"'vlan' is "201", expected a whole number without quotes"#),
            (#"{"type":"sriov","spoofchk":true}"#, "'spoofchk' is true, expected a string"),
            (#"{"type":"sriov","#, "spec.config is not JSON: line 1, column 17: expected a key in quotes"),
            (#"["sriov"]"#, #"expected a CNI configuration as a JSON object; saw '["sriov"]'"#),
            (
                #"{"cniVersion":"1.0.0","plugins":[]}"#,
                "expected a CNI configuration list with plugins; saw '{\"cniVersion\":\"1.0.0\",\"plugins\":[]}'"
            ),
        ])
    func problems(config: String, problem: String) throws {
        let object: JSONValue = [
            "kind": "NetworkAttachmentDefinition", "metadata": ["name": "n", "namespace": "x"],
            "spec": ["config": .string(config)],
        ]
        #expect(try NADReader.read(object).configurationProblem == problem)
    }

    @Test("a list of plugins: the sriov plugin counts, name and version are the list's")
    func conflist() throws {
        let value = try JSONValue(
            parsing:
                #"{"cniVersion":"1.0.0","name":"l","plugins":[{"type":"tuning"},{"type":"sriov","vlan":0,"link_state":"enable","max_tx_rate":100,"capabilities":{"ips":true},"ipam":{"type":"static","addresses":[]}}]}"#
        )
        let configuration = try NADReader.configuration(value)
        #expect(configuration.isList && configuration.type == "sriov" && configuration.vlan == 0 && configuration.name == "l")
        #expect(configuration.cniVersion == "1.0.0" && configuration.declaresIPs && configuration.linkState == "enable")
        #expect(configuration.maxTxRate == 100 && configuration.ipamType == "static")
        let empty: JSONValue = ["kind": "NetworkAttachmentDefinition", "metadata": ["name": "n"], "spec": [:]]
        #expect(try NADReader.read(empty).configuration == nil && NADReader.read(empty).configurationProblem == nil)
    }

    @Test("the device plugin's configuration, with one selector or several")
    func devicePlugin() throws {
        let config = try DevicePluginConfigReader.read(configMap: try Recorded.object("get-cm"))
        #expect(
            config.resources == [
                DevicePluginConfig.Resource(
                    name: "intel_sriov_netdevice",
                    selectors: [DevicePluginConfig.Selector(vendors: ["8086"], devices: ["1515"], drivers: ["ixgbevf"])])
            ])
        #expect(config.resources.first?.resource == Self.vf)
        let several = try JSONValue(
            parsing:
                #"{"resourceList":[{"resourcePrefix":"openshift.io","resourceName":"x","deviceType":"netDevice","selectors":[{"pfNames":["eno2#0-3"]},{"rootDevices":["0000:01:00.1"],"isRdma":true,"linkTypes":["ether"]}]}]}"#
        )
        let read = try DevicePluginConfigReader.read(several)
        #expect(read.resources[0].resource == "openshift.io/x" && read.resources[0].selectors.count == 2)
        #expect(read.resources[0].selectors[0].pfNames == ["eno2#0-3"])
        #expect(read.resources[0].selectors[1].otherKeys == ["isRdma", "linkTypes"])
        #expect(
            sentenceOf {
                _ = try DevicePluginConfigReader.read(configMap: ["kind": "ConfigMap", "data": ["a": "{}", "b": "{}"]])
            }
                == "expected 'config.json' in the ConfigMap's data; saw 'a, b'")
    }

    @Test("the SR-IOV operator's ConfigMap has a configuration for each node")
    func devicePluginOfNodes() throws {
        let text = { (pf: String) -> JSONValue in
            .string(#"{"resourceList":[{"resourceName":"vfs","selectors":{"pfNames":["\#(pf)#0-7"]}}]}"#)
        }
        let object: JSONValue = [
            "kind": "ConfigMap", "data": ["worker1": text("eno2"), "worker2": text("ens1"), "worker3": text("eno2")],
        ]
        let config = try DevicePluginConfigReader.read(configMap: object)
        #expect(config.resources.map(\.name) == ["vfs"])
        #expect(config.resources[0].selectors.map(\.pfNames) == [["eno2#0-7"], ["ens1#0-7"]])
        #expect(
            config.ofNodes.mapValues { $0.flatMap(\.selectors).flatMap(\.pfNames) } == [
                "worker1": ["eno2#0-7"], "worker2": ["ens1#0-7"], "worker3": ["eno2#0-7"],
            ])
    }

    @Test("refusals of the API and other kinds are errors that say so")
    func refusals() throws {
        let forbidden = try Recorded.object("err-403-jane-nad")
        #expect(throws: DialectError.self) { _ = try NADReader.read(forbidden) }
        #expect(
            sentenceOf { _ = try NADReader.read(forbidden) }?.hasPrefix("access was refused: 'network-attachment-definitions")
                == true)
        let missing = try Recorded.object("err-404-pod")
        #expect(sentenceOf { _ = try PodReader.read(missing) } == "what was asked about is not there: 'pods \"nope\" not found'")
        let node = try Recorded.object("get-node_worker1")
        #expect(sentenceOf { _ = try PodReader.read(node) } == "expected a Pod of the Kubernetes API; this is a Node")
    }

    @Test(
        "what a pod asks for, in both forms of the annotation",
        arguments: [
            ("sriov-201", [NetworkSelection(name: "sriov-201")]),
            (" ns/a@net5 , b ", [NetworkSelection(name: "a", namespace: "ns", interface: "net5"), NetworkSelection(name: "b")]),
            ("", []),
        ])
    func selections(text: String, expected: [NetworkSelection]) throws {
        #expect(try NetworksAnnotation.read(text) == expected)
    }

    @Test(
        "annotations that Multus cannot read",
        arguments: [
            (#"[{"name":"a","ips":"192.168.201.2"}]"#, #"expected 'ips' of network a as a list; saw '"192.168.201.2"'"#),
            (#"[{"namespace":"a"}]"#, #"expected a network with a name; saw '{"namespace":"a"}'"#),
            (#"[{"name":"a""#, "the text breaks off or does not decode at line 1, column 13: expected ',' or '}'"),
            ("a/b/c", "expected a network as [NAMESPACE/]NAME[@INTERFACE]; saw 'a/b/c'"),
        ])
    func brokenSelections(text: String, sentence: String) {
        #expect(sentenceOf { _ = try NetworksAnnotation.read(text) } == sentence)
    }
}
