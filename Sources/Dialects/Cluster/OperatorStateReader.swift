package import Facts

/// `SriovNetworkNodeState` of the SR-IOV operator.
package enum OperatorStateReader {
    /// - Throws: `DialectError` when the object is another kind, or a VF has no number.
    /// - Source: sriov-network-operator, `api/v1/sriovnetworknodestate_types.go` and its CustomResourceDefinition.
    package static func read(_ object: JSONValue) throws(DialectError) -> OperatorNodeState {
        try APIObject.check(object, kind: "SriovNetworkNodeState")
        let metadata = object["metadata"]
        guard let name = metadata?["name"]?.text else {
            throw .incomplete(expected: "a SriovNetworkNodeState with a name", saw: object.compactText)
        }
        let status = object["status"]
        var functions: [OperatorNodeState.Function] = []
        for interface in status?["interfaces"]?.elements ?? [] {
            // A PF that is bound to another driver has no name, and is none that a scenario can mean.
            guard let name = interface["name"]?.text else { continue }
            functions.append(try function(InterfaceName(name), interface))
        }
        return OperatorNodeState(
            object: (metadata?["namespace"]?.text.map { $0 + "/" } ?? "") + name, syncStatus: said(status?["syncStatus"]),
            lastSyncError: said(status?["lastSyncError"]), functions: functions)
    }

    private static func function(_ name: InterfaceName, _ interface: JSONValue) throws(DialectError) -> OperatorNodeState.Function
    {
        var vfs: [OperatorNodeState.VF] = []
        for vf in interface["Vfs"]?.elements ?? [] {
            guard let index = vf["vfID"]?.int else {
                throw .incomplete(expected: "a vfID in each of the VFs of \(name)", saw: vf.compactText)
            }
            vfs.append(
                OperatorNodeState.VF(
                    index: index, pciAddress: vf["pciAddress"]?.text.flatMap { PCIAddress($0) },
                    mac: vf["mac"]?.text.flatMap { MACAddress(linux: $0) }, vlan: vf["Vlan"]?.int.flatMap { VLANID($0) },
                    driver: said(vf["driver"])))
        }
        return OperatorNodeState.Function(
            name: name, pciAddress: interface["pciAddress"]?.text.flatMap { PCIAddress($0) },
            mac: interface["mac"]?.text.flatMap { MACAddress(linux: $0) }, driver: said(interface["driver"]),
            numVFs: interface["numVfs"]?.int ?? 0, totalVFs: interface["totalvfs"]?.int, vfs: vfs)
    }

    private static func said(_ value: JSONValue?) -> String? { value?.text.flatMap { $0.isEmpty ? nil : $0 } }
}
