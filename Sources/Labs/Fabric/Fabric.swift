package import Facts

/// The truth of a site that is up: nodes, switches and cables, and what they have seen. Every answer of every system is
/// derived from it, so that a fault planted once shows everywhere.
package actor Fabric {
    package nonisolated let site: Site
    package nonisolated let time: SiteTime
    private var state: FabricState

    package init(site: Site, time: SiteTime) {
        self.site = site
        self.time = time
        state = FabricState(site: site)
    }

    /// Looks at the truth at one moment.
    package func read<Result: Sendable>(_ body: @Sendable (FabricState) throws -> Result) rethrows -> Result {
        try body(state)
    }

    /// Changes the truth in one step that nobody sees half done.
    package func change<Result: Sendable>(_ body: @Sendable (inout FabricState) throws -> Result) rethrows -> Result {
        try body(&state)
    }

    package func node(_ name: NodeName) -> NodeState? { state.nodes[name] }
    package func device(_ name: DeviceName) -> SwitchState? { state.switches[name] }
}

/// The whole truth as one value.
package struct FabricState: Sendable {
    package let site: Site
    package var nodes: [NodeName: NodeState]
    package var switches: [DeviceName: SwitchState]
    /// Which switch port the cable of a PF really ends in.
    package var cables: [NICPlace: SwitchPort]
    /// `config.json` of the device plugin's ConfigMap, from the start.
    package var devicePluginConfig: String
    /// Nodes on which another tenant's pod holds every VF.
    package var occupied: Set<NodeName> = []
    /// True while the operator's networks say another VLAN than the NADs that were written from them.
    package var operatorNetworksEdited = false
    /// Hosts whose SSH is out of order, by name.
    package var access: [String: HostAccess] = [:]
    /// How the API misbehaves from the start.
    package var apiFaults: [APIFaults.Fault] = []

    package init(site: Site) {
        self.site = site
        devicePluginConfig = site.cluster.devicePluginConfig
        nodes = Dictionary(uniqueKeysWithValues: site.nodes.map { ($0.name, NodeState(site: $0, cluster: site.cluster)) })
        switches = Dictionary(uniqueKeysWithValues: site.switches.map { ($0.name, SwitchState(site: $0)) })
        cables = [:]
        for node in site.nodes {
            for nic in node.nics {
                cables[NICPlace(node: node.name, name: nic.name)] = nic.cable
            }
        }
    }

    /// The PF at the other end of a switch port's cable; nil when there is none.
    package func nic(at port: SwitchPort) -> NICPlace? { cables.first { $0.value == port }?.key }

    package func function(_ place: NICPlace) -> PhysicalFunctionState? {
        nodes[place.node]?.functions.first { $0.site.name == place.name }
    }
}

/// One PF by node and name.
package struct NICPlace: Hashable, Sendable, CustomStringConvertible {
    package var node: NodeName
    package var name: String

    package init(node: NodeName, name: String) {
        self.node = node
        self.name = name
    }

    package var description: String { "\(node) \(name)" }
}

/// One pod by the node it runs on and its UID.
package struct PodPlace: Hashable, Sendable {
    package var node: NodeName
    package var uid: String

    package init(node: NodeName, uid: String) {
        self.node = node
        self.uid = uid
    }
}
