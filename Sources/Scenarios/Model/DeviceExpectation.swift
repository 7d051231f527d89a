package import Facts

/// A switch, router or firewall that has a MAC table, an ARP table or both.
package struct DeviceExpectation: Hashable, Sendable {
    package var name: DeviceName
    package var platform: Platform
    /// What is handed to ssh; nil: the device's name.
    package var sshHost: String?
    /// The device's own names for VLANs, where they differ from the network's `switchVLAN`.
    package var vlanNames: [VLANID: String]
    /// True: the cabling that the scenario says is held against the device's LLDP neighbours. Default false.
    package var lldp: Bool
    /// Keys: `name`, `platform`, `sshHost`, `vlans`, `lldp`.
    package var places: Places
}

/// The device plugin's configuration in the cluster.
package struct DevicePluginExpectation: Hashable, Sendable {
    /// Where the ConfigMap and the plugin's pods are. Default `kube-system`.
    package var namespace: String
    /// Default `sriovdp-config`.
    package var configMap: String
    /// Keys: `namespace`, `configMap`.
    package var places: Places
}

/// Dynamic resource allocation of VFs.
package struct DynamicResourcesExpectation: Hashable, Sendable {
    /// As ResourceSlices name it.
    package var driver: String
    /// True: there is no device plugin beside it.
    package var replacesDevicePlugin: Bool
}
