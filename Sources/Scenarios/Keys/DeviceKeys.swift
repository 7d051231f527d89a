internal import Documents
internal import Facts

/// The keys of one entry of `spec.devices`.
enum DeviceKeys {
    static let name = Key("name", Form.deviceName, required: true, "What the scenario and its reports call the device.")
    static let platform = Key(
        "platform",
        Form<Platform>.choice("a platform", Platform.allCases.map(\.rawValue)) { Platform(rawValue: $0) }, required: true,
        "The device's operating system, which decides the commands that are sent.")
    static let sshHost = Key("sshHost", Form.sshHost, "What is handed to ssh; else the device's name.")
    static let vlans = Key(
        "vlans", .list(of: DeviceVLANKeys.form, identity: "id"),
        "What this device calls VLANs, where it differs from the network's switchVLAN.")

    static let lldp = Key(
        "lldp", .boolean, default: "false",
        "Whether the uplinks that name this device are held against its LLDP neighbours (the nodes need an LLDP agent).")

    static let shape = Shape(
        "device", "a device",
        [name.description, platform.description, sshHost.description, vlans.description, lldp.description])
    static let form = Form<DeviceExpectation>.record(shape) { fields in
        let named = fields[vlans] ?? []
        return DeviceExpectation(
            name: fields[name] ?? "", platform: fields[platform] ?? .linux, sshHost: fields[sshHost],
            vlanNames: Dictionary(named.compactMap { vlan in vlan.id.map { ($0, vlan.name) } }) { first, _ in first },
            lldp: fields[lldp] ?? false, places: Places(fields))
    }
}

/// The keys of one entry of a device's `vlans`.
enum DeviceVLANKeys {
    struct Named: Sendable {
        let id: VLANID?
        let name: String
    }

    static let id = Key("id", .integer("a VLAN ID (1 to 4094)", 1...4094), required: true, "The tag.")
    static let name = Key("name", Form.vlanName, required: true, "The device's own name for it.")

    static let shape = Shape("deviceVLAN", "a VLAN's name", [id.description, name.description])
    static let form = Form<Named>.record(shape) { fields in
        Named(id: fields[id].flatMap { VLANID($0) }, name: fields[name] ?? "")
    }
}

/// The keys of `spec.devicePlugin`.
enum DevicePluginKeys {
    static let namespace = Key(
        "namespace", Form.label, default: "kube-system", "Where the device plugin's ConfigMap and pods are.")
    static let configMap = Key("configMap", Form.objectName, default: "sriovdp-config", "The ConfigMap with its config.json.")

    static let shape = Shape("devicePlugin", "the device plugin", [namespace.description, configMap.description])
    static let form = Form<DevicePluginExpectation>.record(shape) { fields in
        DevicePluginExpectation(
            namespace: fields[namespace] ?? "kube-system", configMap: fields[configMap] ?? "sriovdp-config",
            places: Places(fields))
    }
}

/// The keys of `spec.dynamicResources`.
enum DynamicResourcesKeys {
    static let driver = Key(
        "driver", Form.objectName, default: "sriovnetwork.k8snetworkplumbingwg.io",
        "The driver's name, as its ResourceSlices bear it.")
    static let replaces = Key(
        "replacesDevicePlugin", .boolean, default: "true",
        "Whether there is no device plugin beside it: its ConfigMap, pods and allocatable are not looked at then.")

    static let shape = Shape(
        "dynamicResources", "dynamic resource allocation", [driver.description, replaces.description])
    static let form = Form<DynamicResourcesExpectation>.record(shape) { fields in
        DynamicResourcesExpectation(
            driver: fields[driver] ?? "sriovnetwork.k8snetworkplumbingwg.io", replacesDevicePlugin: fields[replaces] ?? true)
    }
}

/// The keys of `spec.sriovOperator`.
enum OperatorKeys {
    static let namespace = Key(
        "namespace", Form.label, required: true,
        "Where the operator keeps its SriovNetworkNodeStates (one for each node), its policies and its networks.")

    static let shape = Shape("sriovOperator", "the SR-IOV operator", [namespace.description])
    static let form = Form<String>.record(shape) { fields in fields[namespace] ?? "" }
}
