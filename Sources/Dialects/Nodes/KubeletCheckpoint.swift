package import Facts

/// The kubelet's checkpoint of device allocations.
///
/// - Source: kubernetes `pkg/kubelet/cm/devicemanager/checkpoint`: `Data.PodDeviceEntries[]` with `DeviceIDs` as a map of NUMA
///   node to ids since 1.20, a list before.
package enum KubeletCheckpoint {
    package static let path = "/var/lib/kubelet/device-plugins/kubelet_internal_checkpoint"

    /// All allocations, in the order of the file; empty when the file lists none.
    ///
    /// - Throws: `DialectError`: permission denied, no such file, no checkpoint.
    package static func read(_ text: String) throws(DialectError) -> [DeviceAllocation] {
        let lines = TextLines(text)
        guard JSONDocuments.isJSON(lines) else {
            throw TableDraft<DeviceAllocation>(expected: "the kubelet's device checkpoint").explain(lines)
        }
        guard let data = try JSONDocuments(lines).documents.first?.value["Data"], data.members != nil else {
            throw .incomplete(expected: "the member 'Data' of the kubelet's device checkpoint", saw: text)
        }
        var allocations: [DeviceAllocation] = []
        for entry in data["PodDeviceEntries"]?.elements ?? [] {
            guard let pod = entry["PodUID"]?.text, let container = entry["ContainerName"]?.text,
                let resource = entry["ResourceName"]?.text
            else {
                throw .incomplete(expected: "pod, container and resource of a device entry", saw: entry.compactText)
            }
            let ids = entry["DeviceIDs"]
            let listed = ids?.elements ?? ids?.members?.flatMap { $0.value.listed } ?? []
            allocations.append(
                DeviceAllocation(
                    podUID: pod, container: container, resource: ResourceName(resource), deviceIDs: listed.compactMap(\.text)))
        }
        return allocations
    }
}
