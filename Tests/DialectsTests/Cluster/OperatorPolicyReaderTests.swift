import Facts
import Testing

@testable import Dialects

/// Keys as the operator's types write them (`api/v1/sriovnetworknodepolicy_types.go`, `api/v1/sriovnetwork_types.go`).
@Suite struct OperatorPolicyReaderTests {
    private static func policy(_ spec: JSONValue) -> JSONValue {
        [
            "apiVersion": "sriovnetwork.openshift.io/v1", "kind": "SriovNetworkNodePolicy",
            "metadata": ["name": "vfs", "namespace": "sriov-network-operator"], "spec": spec,
        ]
    }

    @Test("A policy with everything; PFs may name a part of their VFs, root devices too")
    func whole() throws {
        let policy = try OperatorPolicyReader.policy(
            Self.policy([
                "resourceName": "netdev", "nodeSelector": ["feature.node.kubernetes.io/network-sriov.capable": "true"],
                "priority": 99, "mtu": 9000, "numVfs": 8, "deviceType": "vfio-pci", "externallyManaged": true,
                "nicSelector": [
                    "vendor": "8086", "deviceID": "158b", "rootDevices": ["0000:86:00.0"], "pfNames": ["eno2#0-3", "eno3"],
                    "netFilter": "openstack/NetworkID:a",
                ],
            ]))
        #expect(
            policy
                == OperatorPolicy(
                    name: "vfs", resource: "netdev", priority: 99, numVFs: 8,
                    nodeSelector: ["feature.node.kubernetes.io/network-sriov.capable": "true"],
                    nics: .init(
                        vendor: "8086", device: "158b", rootDevices: ["0000:86:00.0"],
                        pfNames: [.init("eno2", vfs: 0...3), .init("eno3")], netFilter: "openstack/NetworkID:a"),
                    deviceType: "vfio-pci", isExternallyManaged: true))
    }

    @Test("What the API leaves out has the operator's defaults")
    func least() throws {
        let policy = try OperatorPolicyReader.policy(
            Self.policy(["resourceName": "netdev", "nodeSelector": [:], "numVfs": 0, "nicSelector": [:]]))
        #expect(policy.priority == 0 && policy.deviceType == "netdevice" && !policy.isExternallyManaged && policy.nics.isEmpty)
    }

    @Test(
        "Another kind, a missing number and a range that is none are errors",
        arguments: [
            ["kind": "SriovNetwork", "metadata": ["name": "a"]],
            policy(["resourceName": "netdev", "nicSelector": ["pfNames": ["eno2"]]]),
            policy(["resourceName": "netdev", "numVfs": 4, "nicSelector": ["pfNames": ["eno2#3-1"]]]),
            policy(["resourceName": "netdev", "numVfs": 4, "nicSelector": ["pfNames": ["eno2#all"]]]),
        ] as [JSONValue])
    func refused(object: JSONValue) {
        #expect(throws: DialectError.self) { _ = try OperatorPolicyReader.policy(object) }
    }

    @Test("A network: its NAD is in its own namespace unless it says another; VLAN and priority are 0 where left out")
    func network() throws {
        let object = { (spec: JSONValue) -> JSONValue in
            ["kind": "SriovNetwork", "metadata": ["name": "red", "namespace": "operator"], "spec": spec]
        }
        let least = try OperatorPolicyReader.network(object(["resourceName": "netdev"]))
        #expect(least == OperatorNetwork(namespace: "operator", name: "red", networkNamespace: "operator", resource: "netdev"))
        let whole = try OperatorPolicyReader.network(
            object([
                "resourceName": "netdev", "networkNamespace": "apps", "vlan": 201, "vlanQoS": 3, "vlanProto": "802.1ad",
                "spoofChk": "off", "trust": "on", "linkState": "enable", "minTxRate": 0, "maxTxRate": 100,
            ]))
        #expect(
            whole
                == OperatorNetwork(
                    namespace: "operator", name: "red", networkNamespace: "apps", resource: "netdev", vlan: 201, qos: 3,
                    vlanProtocol: "802.1ad", spoofCheck: "off", trust: "on", linkState: "enable", minTxRate: 0, maxTxRate: 100))
        #expect(throws: DialectError.self) { _ = try OperatorPolicyReader.network(object([:])) }
    }
}
