import Facts
import Testing

@testable import Dialects

@Suite struct ClusterTablesTests {
    private func parse(_ name: String, _ text: String) throws -> ParsedTable {
        try #require(DialectCatalogue.entry(named: "kubernetes/\(name)")).parse(text)
    }

    @Test("the seed's NAD and ConfigMap as pasted, command lines included")
    func seed() throws {
        let nad = try parse("nad", try Recorded.text("cluster/seed/nad-201.txt"))
        #expect(nad.unread.isEmpty && nad.rows.count == 1)
        #expect(nad.rows[0]["name"] == "sriov-201" && nad.rows[0]["namespace"] == "default" && nad.rows[0]["vlan"] == 201)
        #expect(nad.rows[0]["resourceName"] == "intel.com/intel_sriov_netdevice" && nad.rows[0]["type"] == "sriov")
        #expect(nad.rows[0]["trust"] == .null, "not stated is null")
        let config = try parse("device-plugin-config", try Recorded.text("cluster/seed/sriovdp-config.txt"))
        #expect(config.unread.isEmpty && config.rows.count == 1)
        #expect(config.rows[0]["resourceName"] == "intel_sriov_netdevice" && config.rows[0]["resourcePrefix"] == .null)
        #expect(config.rows[0]["selectors"] == [["vendors": ["8086"], "devices": ["1515"], "drivers": ["ixgbevf"]]])
    }

    @Test("the object, the manifest and the bare text give the same rows")
    func forms() throws {
        let object = try Recorded.object("get-nad_201")
        let fromObject = try parse("nad", object.prettyText)
        #expect(try fromObject.rows == parse("nad", try Recorded.text("cluster/seed/nad-201.txt")).rows)
        let pod = try Recorded.object("get-pod_1")
        let annotation = try #require(pod["metadata"]?["annotations"]?["k8s.v1.cni.cncf.io/network-status"]?.text)
        let rows = try parse("network-status", annotation).rows
        #expect(rows.count == 2 && rows[1]["device-info"]?["pci"]?["pci-address"] == "0000:01:11.7")
        #expect(try parse("network-status", "$ kubectl get pod x -o json\n" + pod.prettyText + "\n").rows == rows)
        #expect(
            try parse("network-status", JSONValue.object([.init("kind", "PodList"), .init("items", [pod])]).compactText).rows
                == rows)
    }

    @Test("`kubectl get pod -o yaml` of a true cluster: the networks asked for are no status")
    func yaml() throws {
        let recording = try Recorded.text("kubernetes/1.36/http/get-pod-yaml.resp")
        let body = try #require(recording.split(separator: "\r\n\r\n", maxSplits: 1).last)
        let text = body.split(separator: "\r\n", omittingEmptySubsequences: false).dropFirst().joined(separator: "\n")
        let table = try parse("network-status", text.split(separator: "\n").filter { $0 != "0" }.joined(separator: "\n"))
        #expect(table.rows.map { $0["name"] } == ["cbr0", "default/sriov-201"])
        #expect(table.unread.isEmpty)
    }

    @Test("manifests with the configuration between quotes")
    func quoted() throws {
        let text = """
            apiVersion: "k8s.cni.cncf.io/v1"
            kind: NetworkAttachmentDefinition
            metadata:
              name: net-a
              namespace: testns
              annotations:
                k8s.v1.cni.cncf.io/resourceName: "intel.com/x"
            spec:
              config: '{ "cniVersion": "0.4.0", "name": "net-a", "plugins": [ {
                "type": "sriov", "vlan": 7, "trust": "on" }, {"type": "tuning"} ] }'
            ---
            kind: NetworkAttachmentDefinition
            metadata:
              name: net-b
            spec:
              config: "{ \\"cniVersion\\": \\"0.4.0\\", \\"type\\": \\"sriov\\", \\"vlan\\": 0 }"
            """
        let table = try parse("nad", text)
        #expect(table.unread.isEmpty)
        #expect(table.rows.map { $0["name"] } == ["net-a", "net-b"] && table.rows.map { $0["vlan"] } == [7, 0])
        #expect(table.rows[0]["resourceName"] == "intel.com/x" && table.rows[1]["resourceName"] == .null)
        #expect(table.rows[0]["plugins"]?.elements?.count == 2)
    }

    @Test("what breaks off or is something else is an error")
    func errors() throws {
        let pod = try Recorded.object("get-pod_1").prettyText
        #expect(throws: DialectError.self) { _ = try parse("network-status", String(pod.prefix(400))) }
        let configMap = try Recorded.object("get-cm").compactText
        #expect(
            sentenceOf { _ = try parse("nad", configMap) }
                == "expected a NetworkAttachmentDefinition of the Kubernetes API; this is a ConfigMap")
        let links = try Recorded.text("nodes/igb/ip-link-eno2.json")
        for name in ["nad", "device-plugin-config"] {
            #expect(throws: DialectError.self, "\(name)") { _ = try parse(name, links) }
        }
        #expect(throws: DialectError.self) {
            _ = try parse("network-status", "Error from server (NotFound): pods \"x\" not found\n")
        }
    }
}
