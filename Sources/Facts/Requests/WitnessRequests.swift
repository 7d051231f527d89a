// Questions to the cluster's API about what others than the device plugin keep there.

/// The SR-IOV operator's policies, all of them, since each may select any node; absent where the server knows no such kind.
package struct OperatorPoliciesRequest: FactRequest {
    package typealias Answer = Lookup<[OperatorPolicy]>
    package static let kind = "operator-policies"
    package static let isSteady = true
    package let namespace: String
    package init(namespace: String) { self.namespace = namespace }
    package var source: FactSource { .cluster }
    package var what: String { "SriovNetworkNodePolicies in \(namespace)" }
}

/// The network that the SR-IOV operator writes a NAD for; absent where there is none of that name.
package struct OperatorNetworkRequest: FactRequest {
    package typealias Answer = Lookup<OperatorNetwork>
    package static let kind = "operator-network"
    package static let isSteady = true
    package let namespace: String
    package let name: String
    package init(namespace: String, name: String) {
        self.namespace = namespace
        self.name = name
    }
    package var source: FactSource { .cluster }
    package var what: String { "SriovNetwork \(namespace)/\(name)" }
}

package struct DeviceClaimRequest: FactRequest {
    package typealias Answer = Lookup<DeviceClaim>
    package static let kind = "device-claim"
    package let namespace: String
    package let name: String
    package init(namespace: String, name: String) {
        self.namespace = namespace
        self.name = name
    }
    package var source: FactSource { .cluster }
    package var what: String { "ResourceClaim \(namespace)/\(name)" }
}

/// The devices that ResourceSlices offer on a node; absent where the server knows no ResourceSlices.
package struct OfferedDevicesRequest: FactRequest {
    package typealias Answer = Lookup<[OfferedDevice]>
    package static let kind = "offered-devices"
    package let node: NodeName
    package init(node: NodeName) { self.node = node }
    package var source: FactSource { .cluster }
    package var what: String { "ResourceSlices of \(node)" }
}
