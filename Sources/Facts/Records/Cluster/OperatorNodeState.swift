/// What the SR-IOV operator's daemon says of one node's cards.
///
/// - Source: `SriovNetworkNodeState` of sriovnetwork.openshift.io/v1, its `status`; absent fields are nil.
package struct OperatorNodeState: Hashable, Sendable {
    /// One PF.
    package struct Function: Hashable, Sendable {
        package var name: InterfaceName
        package var pciAddress: PCIAddress?
        package var mac: MACAddress?
        package var driver: String?
        /// As `sriov_numvfs`; the API leaves 0 out.
        package var numVFs: Int
        package var totalVFs: Int?
        /// In the order of the object.
        package var vfs: [VF]

        package init(
            name: InterfaceName, pciAddress: PCIAddress? = nil, mac: MACAddress? = nil, driver: String? = nil, numVFs: Int = 0,
            totalVFs: Int? = nil, vfs: [VF] = []
        ) {
            self.name = name
            self.pciAddress = pciAddress
            self.mac = mac
            self.driver = driver
            self.numVFs = numVFs
            self.totalVFs = totalVFs
            self.vfs = vfs
        }
    }

    package struct VF: Hashable, Sendable {
        /// 0-based VF number (`vfID`).
        package var index: Int
        package var pciAddress: PCIAddress?
        /// Of the netdev on the host; nil while a pod has it.
        package var mac: MACAddress?
        /// Nil where none is set, which the API leaves out.
        package var vlan: VLANID?
        package var driver: String?

        package init(
            index: Int, pciAddress: PCIAddress? = nil, mac: MACAddress? = nil, vlan: VLANID? = nil, driver: String? = nil
        ) {
            self.index = index
            self.pciAddress = pciAddress
            self.mac = mac
            self.vlan = vlan
            self.driver = driver
        }
    }

    /// `namespace/name` of the object.
    package var object: String
    /// `Succeeded`, `InProgress` or `Failed`; nil before the daemon's first word.
    package var syncStatus: String?
    /// Nil when there was none.
    package var lastSyncError: String?
    package var functions: [Function]

    package init(object: String, syncStatus: String? = nil, lastSyncError: String? = nil, functions: [Function] = []) {
        self.object = object
        self.syncStatus = syncStatus
        self.lastSyncError = lastSyncError
        self.functions = functions
    }

    package func function(_ name: InterfaceName) -> Function? { functions.first { $0.name == name } }
}
