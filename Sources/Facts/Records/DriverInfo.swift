/// The driver of an interface, and its firmware.
///
/// - Source: `ethtool -i`.
package struct DriverInfo: Hashable, Sendable {
    package var driver: String
    /// The driver's own version; the kernel's release where the driver has none of its own. Nil where printed blank.
    package var version: String?
    package var firmwareVersion: String?
    /// Nil for an interface without a bus, as veth.
    package var busInfo: String?

    package init(driver: String, version: String? = nil, firmwareVersion: String? = nil, busInfo: String? = nil) {
        self.driver = driver
        self.version = version
        self.firmwareVersion = firmwareVersion
        self.busInfo = busInfo
    }
}

extension DriverInfo: Row {
    package var json: JSONValue {
        [
            "driver": .string(driver), "version": .text(version), "firmwareVersion": .text(firmwareVersion),
            "busInfo": .text(busInfo),
        ]
    }
}
