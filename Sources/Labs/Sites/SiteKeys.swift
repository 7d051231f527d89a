internal import Documents
internal import Facts

/// The keys of a site file.
enum SiteKeys {
    static let extends = Key("extends", Form.words, "The site that this one is laid over; its switches are told anew.")
    static let summary = Key("summary", Form.words, "What the site is, in one clause, for `list sites`.")
    static let kind = Key(
        "kind", Form.choice("a kind of site", SiteKind.allCases.map(\.rawValue)) { SiteKind(rawValue: $0) }, required: true,
        "simulated: one model answers for all; emulated: true kernels under QEMU.")
    static let cluster = Key("cluster", ClusterKeys.form, required: true, "What the cluster holds before anybody uses it.")
    static let latencies = Key("latencies", LatencyKeys.form, "How long each system takes; what is left out has its default.")
    static let nodes = Key("nodes", .list(of: SiteNodeKeys.form, identity: "name"), required: true, "The nodes.")
    static let switches = Key("switches", .list(of: SwitchKeys.form), required: true, "The switches.")

    static let shape = Shape(
        "site", "a site",
        [
            extends.description, summary.description, kind.description, cluster.description, latencies.description,
            nodes.description, switches.description,
        ])
}

enum ClusterKeys {
    static let resource = Key("resource", Form.extendedResource, required: true, "What a node's allocatable calls its VFs.")
    static let config = Key(
        "devicePluginConfig", Form.words, required: true, "config.json of ConfigMap kube-system/sriovdp-config.")
    static let defaultNetwork = Key(
        "defaultNetwork", Form.words, default: "cbr0", "The default network's name, as Multus reports it.")
    static let kubelet = Key("kubeletVersion", Form.words, default: "v1.36.2", "What each kubelet says of itself.")

    static let sriovOperator = Key(
        "sriovOperator", Form.words,
        "The namespace of the SR-IOV operator's node states and policies; left out, there is no operator.")
    static let sriovNetworks = Key(
        "sriovNetworks", .textMap, "Networks that the operator has written NADs for into 'default', with the VLAN of each.")
    static let dynamicResources = Key(
        "dynamicResources", Form.words,
        "The driver that gives VFs out by dynamic resource allocation; left out, the device plugin does it alone.")

    static let shape = Shape(
        "cluster", "a cluster",
        [
            resource.description, config.description, defaultNetwork.description, kubelet.description, sriovOperator.description,
            sriovNetworks.description, dynamicResources.description,
        ])
    static let form = Form<SiteCluster>.record(shape) { fields in
        var cluster = SiteCluster(
            resource: fields[resource] ?? "", devicePluginConfig: fields[config] ?? "",
            defaultNetwork: fields[defaultNetwork] ?? "cbr0", kubeletVersion: fields[kubelet] ?? "v1.36.2")
        cluster.operatorNamespace = fields[sriovOperator]
        cluster.operatorNetworks = (fields[sriovNetworks] ?? [:]).compactMapValues { Int($0) }
        cluster.deviceDriver = fields[dynamicResources]
        return cluster
    }
}

/// One key for each latency, named as in `SiteLatencies`.
enum LatencyKeys {
    private static func key(_ name: String, _ summary: String) -> Key<Duration> { Key(name, Form.duration(zero: true), summary) }

    static let api = key("api", "Each request to the API.")
    static let exec = key("exec", "From the request for an exec to the start of the process.")
    static let node = key("nodeCommand", "Each command on a node.")
    static let device = key("switchCommand", "Each command on a switch.")
    static let schedule = key("schedule", "From a pod's creation to its binding.")
    static let setup = key("networkSetup", "CNI ADD of all interfaces of a pod.")
    static let start = key("containerStart", "From networking done to the container running.")
    static let carrier = key("carrier", "From a VF coming up in a pod to its carrier.")
    static let teardown = key("networkTeardown", "CNI DEL and removal of a sandbox.")

    static let shape = Shape(
        "latencies", "the latencies", [api, exec, node, device, schedule, setup, start, carrier, teardown].map(\.description))
    static let form = Form<SiteLatencies>.record(shape) { fields in
        var latencies = SiteLatencies()
        latencies.api = fields[api] ?? latencies.api
        latencies.exec = fields[exec] ?? latencies.exec
        latencies.nodeCommand = fields[node] ?? latencies.nodeCommand
        latencies.switchCommand = fields[device] ?? latencies.switchCommand
        latencies.schedule = fields[schedule] ?? latencies.schedule
        latencies.networkSetup = fields[setup] ?? latencies.networkSetup
        latencies.containerStart = fields[start] ?? latencies.containerStart
        latencies.carrier = fields[carrier] ?? latencies.carrier
        latencies.networkTeardown = fields[teardown] ?? latencies.networkTeardown
        return latencies
    }
}
