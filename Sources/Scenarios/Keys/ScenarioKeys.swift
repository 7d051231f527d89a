internal import Documents

/// The keys of a scenario file.
enum ScenarioKeys {
    static let apiVersion = Key("apiVersion", Form.line, required: true, "\(SchemaVersion.current); which form the file has.")
    static let kind = Key("kind", Form.line, required: true, "Scenario.")
    static let extends = Key(
        "extends", Form.file, "Another scenario that this one is laid over: named entries are merged, null takes a key away.")
    static let metadata = Key("metadata", Form<Fields>.record(MetadataKeys.shape) { $0 }, required: true, "Name and labels.")
    static let spec = Key("spec", Form<Fields>.record(SpecKeys.shape) { $0 }, required: true, "What is to be proven.")

    static let shape = Shape(
        "scenario", "a scenario",
        [apiVersion.description, kind.description, extends.description, metadata.description, spec.description])
}

/// The keys of `metadata`.
enum MetadataKeys {
    static let name = Key("name", Form.label, required: true, "The scenario's name in reports.")
    static let labels = Key("labels", .textMap, "Words of your own that are copied to the reports.")

    static let shape = Shape("metadata", "'metadata'", [name.description, labels.description])
}

/// The keys of `spec`.
enum SpecKeys {
    static let description = Key("description", Form.prose, "What the scenario proves, for its readers.")
    static let namespace = Key(
        "namespace", Form.label, "The namespace of every object that names none; else the kubeconfig context's, else default.")
    static let createNamespace = Key(
        "createNamespace", NamespaceKeys.form,
        "The run makes the namespace first and removes it at the end, with everything in it; left out, it has to be there.")
    static let timeouts = Key("timeouts", TimeoutKeys.form, "Deadlines, each with its default.")
    static let devicePlugin = Key("devicePlugin", DevicePluginKeys.form, "Where the device plugin keeps its configuration.")
    static let sriovOperator = Key(
        "sriovOperator", OperatorKeys.form,
        "The cluster has the SR-IOV operator: what it says of nodes and networks is one more witness. Left out, it is not asked.")
    static let dynamicResources = Key(
        "dynamicResources", DynamicResourcesKeys.form,
        "VFs are given out by dynamic resource allocation: ResourceClaims and ResourceSlices are one more witness. Left out, they are not asked."
    )
    static let nodeDefaults = Key(
        "nodeDefaults", Form<Fields>.record(NodeKeys.defaultsShape) { $0 },
        "Keys that hold for every node that does not say otherwise.")
    static let nodes = Key("nodes", .list(of: NodeKeys.form, identity: "name"), required: true, "The workers whose VFs are used.")
    static let devices = Key(
        "devices", .list(of: DeviceKeys.form, identity: "name"), "Switches, routers and firewalls that are read.")
    static let networks = Key(
        "networks", .list(of: Form<Fields>.record(NetworkKeys.shape) { $0 }, identity: "name"),
        "SR-IOV networks: each is a NetworkAttachmentDefinition.")
    static let podDefaults = Key(
        "podDefaults", Form<Fields>.record(PodTemplateKeys.shape) { $0 },
        "Keys that hold for every pod described here that does not say otherwise.")
    static let pods = Key(
        "pods", .list(of: Form<Fields>.record(PodKeys.shape) { $0 }, identity: "name"), "The pods that get VFs.")
    static let ping = Key("ping", PingKeys.form, "The traffic that each pod sends to its gateway.")
    static let eventually = Key(
        "eventually", EventuallyKeys.form, "How long and how often a check is repeated that looks at something which takes time.")
    static let checks = Key(
        "checks", .list(of: CheckKeys.form, identity: "id"),
        "What differs for single checks; every check runs that is not skipped here.")
    static let cleanup = Key(
        "cleanup", Form<CleanupPolicy>.choice("a clean-up policy"), default: "always", "When what the run created is deleted.")

    static let shape = Shape(
        "spec", "'spec'",
        [
            description.description, namespace.description, createNamespace.description, timeouts.description,
            devicePlugin.description, sriovOperator.description, dynamicResources.description,
            nodeDefaults.description,
            nodes.description, devices.description, networks.description, podDefaults.description, pods.description,
            ping.description, eventually.description, checks.description, cleanup.description,
        ])
}
