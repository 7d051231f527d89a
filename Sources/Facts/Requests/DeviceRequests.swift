// Questions to a switch or gateway, asked over SSH, one at a time.

/// All VLANs with their members.
package struct VLANTableRequest: FactRequest {
    package typealias Answer = Reading<VLANEntry>
    package static let kind = "vlan-table"
    package static let isSteady = true
    package let device: DeviceName
    package init(device: DeviceName) { self.device = device }
    package var source: FactSource { .device(device) }
    package var what: String { "VLAN table" }
}

/// The MAC table of one VLAN, by the device's own name for it where it has names, else by number.
package struct FDBRequest: FactRequest {
    package typealias Answer = Reading<FDBEntry>
    package static let kind = "fdb"
    package static let followsTraffic = true
    package let device: DeviceName
    /// Nil: all VLANs.
    package let vlanName: String?
    package let vlanID: VLANID?
    package init(device: DeviceName, vlanName: String?, vlanID: VLANID?) {
        self.device = device
        self.vlanName = vlanName
        self.vlanID = vlanID
    }
    package var source: FactSource { .device(device) }
    package var what: String {
        vlanName.map { "FDB of VLAN \($0)" } ?? vlanID.map { "FDB of VLAN \($0)" } ?? "FDB"
    }
}

/// The whole ARP table (no text filter on the device: it would drop the header and match by regular expression).
package struct DeviceNeighboursRequest: FactRequest {
    package typealias Answer = Reading<NeighbourEntry>
    package static let kind = "device-neighbours"
    package static let followsTraffic = true
    package let device: DeviceName
    package init(device: DeviceName) { self.device = device }
    package var source: FactSource { .device(device) }
    package var what: String { "ARP table" }
}

/// State of the device's ports and layer-3 interfaces.
package struct InterfaceStatesRequest: FactRequest {
    package typealias Answer = Reading<InterfaceState>
    package static let kind = "interface-states"
    package let device: DeviceName
    package init(device: DeviceName) { self.device = device }
    package var source: FactSource { .device(device) }
    package var what: String { "interface states" }
}
