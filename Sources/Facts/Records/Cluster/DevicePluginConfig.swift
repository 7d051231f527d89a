/// The SR-IOV device plugin's configuration.
///
/// - Source: ConfigMap `sriovdp-config` key `config.json`; sriov-network-device-plugin `types.go`.
package struct DevicePluginConfig: Hashable, Sendable {
    package struct Resource: Hashable, Sendable {
        /// Default `intel.com`.
        package var prefix: String
        package var name: String
        /// Default `netDevice`.
        package var deviceType: String
        /// One object in the old form, several in the new; a device joins by the first that matches.
        package var selectors: [Selector]

        package init(prefix: String = "intel.com", name: String, deviceType: String = "netDevice", selectors: [Selector]) {
            self.prefix = prefix
            self.name = name
            self.deviceType = deviceType
            self.selectors = selectors
        }

        package var resource: ResourceName { ResourceName("\(prefix)/\(name)") }
    }

    /// Keys are ANDed, the values of one key ORed; an empty list does not select.
    package struct Selector: Hashable, Sendable {
        package var vendors: [String]
        package var devices: [String]
        package var drivers: [String]
        package var pciAddresses: [String]
        /// With ranges: `eno2#0-3,5`.
        package var pfNames: [String]
        package var rootDevices: [String]
        /// Keys that are in use but not judged here (`linkTypes`, `isRdma`, …), sorted.
        package var otherKeys: [String]

        package init(
            vendors: [String] = [], devices: [String] = [], drivers: [String] = [], pciAddresses: [String] = [],
            pfNames: [String] = [], rootDevices: [String] = [], otherKeys: [String] = []
        ) {
            self.vendors = vendors
            self.devices = devices
            self.drivers = drivers
            self.pciAddresses = pciAddresses
            self.pfNames = pfNames
            self.rootDevices = rootDevices
            self.otherKeys = otherKeys
        }
    }

    /// Those of all configurations where there are several, a resource with the selectors of each.
    package var resources: [Resource]
    /// By the ConfigMap's key where it has several configurations: under the operator a node's name. Empty where one serves all.
    package var ofNodes: [String: [Resource]]
    /// The configuration as it stands.
    package var raw: JSONValue

    package init(resources: [Resource], ofNodes: [String: [Resource]] = [:], raw: JSONValue = .null) {
        self.resources = resources
        self.ofNodes = ofNodes
        self.raw = raw
    }
}
