/// What the SR-IOV operator is told to make of some cards on some nodes.
///
/// - Source: `SriovNetworkNodePolicy` of sriovnetwork.openshift.io/v1, its `spec`; sriov-network-operator,
///   `api/v1/sriovnetworknodepolicy_types.go` and `api/v1/helper.go`.
package struct OperatorPolicy: Hashable, Sendable {
    package var name: String
    /// Without the prefix that the operator's device plugin puts before it.
    package var resource: String
    /// 0…99; of two policies for one PF the lower number wins, then the name that sorts later.
    package var priority: Int
    /// VFs of each PF that it selects.
    package var numVFs: Int
    /// Every label that a node must bear.
    package var nodeSelector: [String: String]
    package var nics: NICSelector
    /// `netdevice` (the default) or `vfio-pci`.
    package var deviceType: String
    /// True: somebody else makes the VFs, at least as many as it says.
    package var isExternallyManaged: Bool

    package init(
        name: String, resource: String, priority: Int = 0, numVFs: Int, nodeSelector: [String: String] = [:],
        nics: NICSelector, deviceType: String = "netdevice", isExternallyManaged: Bool = false
    ) {
        self.name = name
        self.resource = resource
        self.priority = priority
        self.numVFs = numVFs
        self.nodeSelector = nodeSelector
        self.nics = nics
        self.deviceType = deviceType
        self.isExternallyManaged = isExternallyManaged
    }

    /// Which PFs a policy means: what is said must all be so; a selector that says nothing means none.
    package struct NICSelector: Hashable, Sendable {
        /// One entry of `pfNames` or `rootDevices`: a PF, and the VFs of it that are meant.
        package struct Part: Hashable, Sendable {
            package var function: String
            /// Nil: all that the policy makes.
            package var vfs: ClosedRange<Int>?

            package init(_ function: String, vfs: ClosedRange<Int>? = nil) {
                self.function = function
                self.vfs = vfs
            }
        }

        /// Four hexadecimal digits; nil: any.
        package var vendor: String?
        package var device: String?
        /// PCI addresses of PFs; empty: any.
        package var rootDevices: [String]
        /// Netdev names of PFs; empty: any.
        package var pfNames: [Part]
        /// What a cloud's network is called; the node does not know it.
        package var netFilter: String?

        package init(
            vendor: String? = nil, device: String? = nil, rootDevices: [String] = [], pfNames: [Part] = [],
            netFilter: String? = nil
        ) {
            self.vendor = vendor
            self.device = device
            self.rootDevices = rootDevices
            self.pfNames = pfNames
            self.netFilter = netFilter
        }

        package var isEmpty: Bool {
            vendor == nil && device == nil && rootDevices.isEmpty && pfNames.isEmpty && netFilter == nil
        }
    }
}
