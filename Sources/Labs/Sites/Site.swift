package import Facts

/// A simulated site as its file describes it: what stands where before anybody asks for a pod.
///
/// The truth that moves (VLANs on VFs, learned MACs, leases, pods) is in `Fabric`, which starts from this.
///
/// - Source: `fixtures/sites/*.yaml`.
package struct Site: Hashable, Sendable {
    package var name: String
    /// What it is, in one clause; empty when its file does not say.
    package var summary = ""
    package var kind = SiteKind.simulated
    package var cluster: SiteCluster
    package var nodes: [SiteNode]
    package var switches: [SiteSwitch]
    package var latencies: SiteLatencies

    package init(
        name: String, cluster: SiteCluster, nodes: [SiteNode], switches: [SiteSwitch], latencies: SiteLatencies
    ) {
        self.name = name
        self.cluster = cluster
        self.nodes = nodes
        self.switches = switches
        self.latencies = latencies
    }

    package func node(_ name: NodeName) -> SiteNode? { nodes.first { $0.name == name } }
    package func device(_ name: DeviceName) -> SiteSwitch? { switches.first { $0.name == name } }

    /// Every PF that has VFs, with its node, in the order of the file.
    package var physicalFunctions: [(node: SiteNode, nic: SiteNIC)] {
        nodes.flatMap { node in node.nics.filter { !$0.virtualFunctions.isEmpty }.map { (node, $0) } }
    }
}

/// What stands behind a site's edges.
package enum SiteKind: String, Hashable, Sendable, CaseIterable {
    /// One model of the truth from which every answer is derived.
    case simulated
    /// A true kernel for every worker and switch, under QEMU.
    case emulated
}

/// What is there in the cluster before the tool comes: the resource that the device plugin offers, and how it selects VFs.
package struct SiteCluster: Hashable, Sendable {
    /// `intel.com/intel_sriov_netdevice`: prefix and name as the node's allocatable shows them.
    package var resource: ResourceName
    /// The text of `config.json` in ConfigMap `kube-system/sriovdp-config`.
    package var devicePluginConfig: String
    /// Name of the cluster's default network, as Multus reports it (`cbr0`).
    package var defaultNetwork: String
    /// `v1.36.2`, as each node's kubelet says.
    package var kubeletVersion: String
    /// Where the SR-IOV operator keeps its node states and policies; nil on a cluster without it.
    package var operatorNamespace: String?
    /// Networks that the operator has written NADs for into `default`, with the VLAN of each.
    package var operatorNetworks: [String: Int] = [:]
    /// The driver that gives VFs out by dynamic resource allocation, as ResourceSlices name it; nil where none does.
    package var deviceDriver: String?

    package init(
        resource: ResourceName, devicePluginConfig: String, defaultNetwork: String = "cbr0",
        kubeletVersion: String = "v1.36.2"
    ) {
        self.resource = resource
        self.devicePluginConfig = devicePluginConfig
        self.defaultNetwork = defaultNetwork
        self.kubeletVersion = kubeletVersion
    }
}

/// How long each system of the site takes to answer. These waits belong to the site, not to the tool that is measured.
package struct SiteLatencies: Hashable, Sendable {
    /// Each request to the Kubernetes API.
    package var api: Duration = .milliseconds(2)
    /// From the request for an exec to the start of the process in the container.
    package var exec: Duration = .milliseconds(20)
    /// Each command on a node.
    package var nodeCommand: Duration = .milliseconds(40)
    /// Each command on a switch.
    package var switchCommand: Duration = .milliseconds(250)
    /// From a pod's creation to its binding by the scheduler.
    package var schedule: Duration = .milliseconds(20)
    /// CNI ADD of all interfaces of a pod.
    package var networkSetup: Duration = .milliseconds(400)
    /// From networking done to the container running.
    package var containerStart: Duration = .milliseconds(300)
    /// From a VF's netdev coming up in the pod to its carrier.
    package var carrier: Duration = .milliseconds(1500)
    /// CNI DEL and removal of a pod's sandbox.
    package var networkTeardown: Duration = .milliseconds(200)

    package init() {}

    /// Nothing takes any time.
    package static var none: SiteLatencies {
        var latencies = SiteLatencies()
        for path in [
            \SiteLatencies.api, \.exec, \.nodeCommand, \.switchCommand, \.schedule, \.networkSetup, \.containerStart, \.carrier,
            \.networkTeardown,
        ] { latencies[keyPath: path] = .zero }
        return latencies
    }
}
