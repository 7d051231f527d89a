internal import Facts

/// What the SR-IOV device plugin finds on a node when it starts, by its ConfigMap.
///
/// - Source: sriov-network-device-plugin README: `selectors` is an object or a list of them; keys AND, values OR.
enum DevicePlugin {
    /// VFs by resource, in order of PCI address. A resource that selects nothing is not there.
    static func discover(_ config: String, on node: NodeState) -> [ResourceName: [PCIAddress]] {
        guard let value = try? JSONValue(parsing: config) else { return [:] }
        var found: [ResourceName: [PCIAddress]] = [:]
        var taken: Set<PCIAddress> = []
        for resource in value["resourceList"]?.elements ?? [] {
            guard let name = resource["resourceName"]?.text else { continue }
            let full = ResourceName((resource["resourcePrefix"]?.text ?? "intel.com") + "/" + name)
            let selectors = resource["selectors"]?.elements ?? [resource["selectors"] ?? [:]]
            for function in node.functions {
                for vf in function.virtualFunctions where !taken.contains(vf.address) {
                    guard selectors.contains(where: { selects($0, vf, of: function) }) else { continue }
                    taken.insert(vf.address)
                    found[full, default: []].append(vf.address)
                }
            }
            found[full]?.sort()
        }
        return found
    }

    /// What the plugin says while it looks at a node's VFs.
    ///
    /// - Source: sriov-network-device-plugin `cmd/sriovdp/manager.go`.
    static func log(_ config: String, on node: NodeState) -> String {
        let resources = ((try? JSONValue(parsing: config))?["resourceList"]?.elements ?? []).compactMap {
            $0["resourceName"]?.text
        }
        var lines = ["manager.go:57] Using Kubelet Plugin Registry Mode", "main.go:46] resource manager reading configs"]
        lines += resources.map { "manager.go:106] unmarshalled ResourceList: [{ResourcePrefix: ResourceName:\($0)}]" }
        for resource in resources {
            lines.append("manager.go:116] Creating new ResourcePool: \(resource)")
            let found = node.devicePlugin.registered.first { $0.key.text.hasSuffix("/" + resource) }?.value ?? []
            lines.append(
                found.isEmpty
                    ? "manager.go:138] no devices in device pool, skipping creating resource server for \(resource)"
                    : "manager.go:145] New resource server is created for \(resource) ResourcePool")
            lines += found.map { "server.go:54] device \($0) added to \(resource)" }
        }
        return lines.map { "I1123 21:44:00.000000       1 \($0)\n" }.joined()
    }

    private static func selects(_ selector: JSONValue, _ vf: VirtualFunctionState, of function: PhysicalFunctionState) -> Bool {
        guard let model = function.model.virtualFunction else { return false }
        func allows(_ key: String, _ value: String) -> Bool {
            guard let values = selector[key]?.elements, !values.isEmpty else { return true }
            return values.contains { $0.text == value }
        }
        return allows("vendors", function.model.vendor) && allows("devices", model.device)
            && allows("drivers", model.driver) && allows("pciAddresses", vf.address.description)
            && selectsPF(selector["pfNames"]?.elements ?? [], vf.index, function.site.name)
    }

    /// `eno2`, `eno2#0-3`, `eno2#0,2-7`; no name selects every PF.
    private static func selectsPF(_ names: [JSONValue], _ index: Int, _ name: String) -> Bool {
        if names.isEmpty { return true }
        return names.contains { entry in
            let parts = (entry.text ?? "").split(separator: "#")
            guard parts.first.map(String.init) == name else { return false }
            guard parts.count == 2 else { return true }
            return parts[1].split(separator: ",").contains { range in
                let ends = range.split(separator: "-").compactMap { Int($0) }
                return (ends.first ?? 0)...(ends.last ?? 0) ~= index
            }
        }
    }
}

extension FabricState {
    /// Starts the device plugin on a node: it looks at the VFs that are there now, once.
    mutating func startDevicePlugin(on name: NodeName) {
        guard let node = nodes[name] else { return }
        var found = DevicePlugin.discover(devicePluginConfig, on: node)
        if let seen = node.devicePlugin.sawOnly {
            for (resource, devices) in found { found[resource] = devices.filter(seen.contains) }
        }
        nodes[name]?.devicePlugin.registered = found.filter { !$0.value.isEmpty }
        nodes[name]?.devicePlugin.running = true
    }

    /// Gives VFs to a container. The one that the site names comes first, then the lowest address.
    ///
    /// - Returns: nil when there are not as many; how many are free is in `free`.
    mutating func allocate(
        _ resource: ResourceName, count: Int, to container: String, of uid: String, on name: NodeName
    ) -> [PCIAddress]? {
        guard let node = nodes[name] else { return nil }
        let free = node.devicePlugin.free(resource)
        guard free.count >= count else { return nil }
        var preferred: PCIAddress?
        if let index = node.site.attachment?.virtualFunction, let pf = node.sriov, index < pf.site.virtualFunctions.count {
            preferred = pf.site.virtualFunctions[index].address
        }
        let ordered = free.filter { $0 == preferred } + free.filter { $0 != preferred }
        let chosen = Array(ordered.prefix(count)).sorted()
        nodes[name]?.devicePlugin.allocations.append(
            DevicePluginState.Allocation(podUID: uid, container: container, resource: resource, devices: chosen))
        return chosen
    }

    /// Takes back what a pod was given.
    mutating func release(_ uid: String, on name: NodeName) {
        nodes[name]?.devicePlugin.allocations.removeAll { $0.podUID == uid }
    }
}
