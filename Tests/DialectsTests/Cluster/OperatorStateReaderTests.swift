import Facts
import Testing

@testable import Dialects

@Suite struct OperatorStateReaderTests {
    /// The keys as the definition of the operator writes them (`Vfs`, `Vlan`, `vfID`, `totalvfs`); the values are the seed's.
    private static let object: JSONValue = [
        "apiVersion": "sriovnetwork.openshift.io/v1", "kind": "SriovNetworkNodeState",
        "metadata": ["name": "worker1", "namespace": "sriov-network-operator"],
        "status": [
            "syncStatus": "Succeeded", "lastSyncError": "",
            "interfaces": [
                [
                    "name": "eno2", "pciAddress": "0000:01:00.1", "mac": "bc:30:5b:f2:87:52", "driver": "ixgbe", "numVfs": 2,
                    "totalvfs": 63,
                    "Vfs": [
                        [
                            "vfID": 0, "pciAddress": "0000:01:10.1", "driver": "ixgbevf", "mac": "fa:ad:48:dd:e4:3d",
                            "name": "eno2v0",
                        ],
                        ["vfID": 1, "pciAddress": "0000:01:10.3", "driver": "ixgbevf", "Vlan": 201],
                    ],
                ],
                ["pciAddress": "0000:08:00.0", "driver": "vfio-pci"],
            ],
        ],
    ]

    @Test("PFs and VFs; what the API leaves out is nil, and 0 VFs is 0")
    func read() throws {
        let state = try OperatorStateReader.read(Self.object)
        #expect(state.object == "sriov-network-operator/worker1" && state.syncStatus == "Succeeded" && state.lastSyncError == nil)
        #expect(state.functions.map(\.name) == ["eno2"])
        let function = try #require(state.function("eno2"))
        #expect(function.numVFs == 2 && function.totalVFs == 63 && function.mac == MACAddress("bc:30:5b:f2:87:52"))
        #expect(function.vfs.map(\.vlan?.number) == [nil, 201])
        #expect(function.vfs.map(\.mac) == [MACAddress("fa:ad:48:dd:e4:3d"), nil])
        #expect(function.vfs.map(\.pciAddress) == [PCIAddress("0000:01:10.1"), PCIAddress("0000:01:10.3")])
    }

    @Test("Another kind and a VF without number are errors")
    func refused() {
        #expect(throws: DialectError.self) {
            _ = try OperatorStateReader.read(["kind": "Node", "metadata": ["name": "worker1"]])
        }
        let vf: JSONValue = ["pciAddress": "0000:01:10.1"]
        let interface: JSONValue = ["name": "eno2", "pciAddress": "0000:01:00.1", "Vfs": [vf]]
        let object: JSONValue = [
            "kind": "SriovNetworkNodeState", "metadata": ["name": "worker1"], "status": ["interfaces": [interface]],
        ]
        #expect(throws: DialectError.self) { _ = try OperatorStateReader.read(object) }
    }
}
