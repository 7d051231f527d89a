/// Devices that dynamic resource allocation gave to a pod.
///
/// - Source: `ResourceClaim` of resource.k8s.io (v1, v1beta2, v1beta1 alike), its `status`; kubernetes/api
///   `resource/v1/types.go`.
package struct DeviceClaim: Hashable, Sendable {
    /// A device by driver, pool and name, which together are unique.
    package struct Key: Hashable, Sendable, CustomStringConvertible {
        package var driver: String
        package var pool: String
        package var device: String

        package init(driver: String, pool: String, device: String) {
            self.driver = driver
            self.pool = pool
            self.device = device
        }

        package var description: String { "\(pool)/\(device)" }
    }

    /// What a driver says of an allocated device (`status.devices`); nil and empty where it says nothing.
    package struct DeviceStatus: Hashable, Sendable {
        package var key: Key
        /// The condition `Ready`: `True`, `False` or `Unknown`.
        package var ready: String?
        package var readyMessage: String?
        package var interface: InterfaceName?
        package var mac: MACAddress?
        package var addresses: [IPPrefix]

        package init(
            key: Key, ready: String? = nil, readyMessage: String? = nil, interface: InterfaceName? = nil,
            mac: MACAddress? = nil, addresses: [IPPrefix] = []
        ) {
            self.key = key
            self.ready = ready
            self.readyMessage = readyMessage
            self.interface = interface
            self.mac = mac
            self.addresses = addresses
        }
    }

    package var namespace: String
    package var name: String
    /// In the order of the object; nil until it is allocated.
    package var allocated: [Key]?
    package var statuses: [DeviceStatus]
    /// UIDs of the pods that it is reserved for.
    package var reservedFor: [String]

    package init(
        namespace: String, name: String, allocated: [Key]? = nil, statuses: [DeviceStatus] = [], reservedFor: [String] = []
    ) {
        self.namespace = namespace
        self.name = name
        self.allocated = allocated
        self.statuses = statuses
        self.reservedFor = reservedFor
    }
}

/// A VF that a driver offers on a node.
///
/// - Source: `ResourceSlice` of resource.k8s.io, one of its `spec.devices`; dra-driver-sriov, `pkg/devicestate/discovery.go`.
package struct OfferedDevice: Hashable, Sendable {
    package var key: DeviceClaim.Key
    /// Nil where no attribute says it.
    package var pciAddress: PCIAddress?
    package var pf: InterfaceName?

    package init(key: DeviceClaim.Key, pciAddress: PCIAddress? = nil, pf: InterfaceName? = nil) {
        self.key = key
        self.pciAddress = pciAddress
        self.pf = pf
    }
}
