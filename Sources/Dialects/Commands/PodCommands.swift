package import Facts

/// The commands for containers: words for `exec`, no shell in between, so that an image without one will do.
package enum PodCommands {
    package static let addresses = DeviceCommand(pod: ["ip", "addr"], purpose: "interfaces and addresses")
    /// The kernel's own table, which every image with `cat` can print.
    package static let neighbours = DeviceCommand(pod: ["cat", "/proc/net/arp"], purpose: "ARP table")

    /// - Throws: `CommandRefusal` when the interface name could be a path.
    package static func deviceLink(_ interface: InterfaceName) throws(CommandRefusal) -> DeviceCommand {
        let name = try DeviceArgument(interface.printed, for: "interface")
        guard !name.text.contains("/"), name.text != "..", name.text != "." else {
            throw CommandRefusal(word: name.text, purpose: "interface", reason: "it is a path")
        }
        return DeviceCommand(
            pod: ["readlink", "-f", "/sys/class/net/\(name)/device"], purpose: "PCI function of \(interface)")
    }

    package static func environment(_ resource: ResourceName) throws(CommandRefusal) -> DeviceCommand {
        let name = try DeviceArgument(resource.environmentVariable, for: "environment variable")
        return DeviceCommand(pod: ["printenv", name.text], purpose: "environment variable \(name)")
    }

    /// Only `-c`, `-W`, `-I` and whole seconds: what iputils, busybox and inetutils all take.
    package static func ping(
        _ destination: IPAddress, out interface: InterfaceName, count: Int
    ) throws(CommandRefusal) -> DeviceCommand {
        let name = try DeviceArgument(interface.printed, for: "interface")
        guard (1...1000).contains(count) else {
            throw CommandRefusal(word: String(count), purpose: "count of echo requests", reason: "1 to 1000 are sent")
        }
        let family = destination.isIPv4 ? [] : ["-6"]
        return DeviceCommand(
            pod: ["ping"] + family + ["-c", String(count), "-W", "1", "-I", name.text, destination.description],
            purpose: "answers of \(destination) to \(name)",
            sideEffects: "sends \(count) ICMP echo \(count == 1 ? "request" : "requests") out of \(name)")
    }
}
