package import Facts

/// The commands for containers: words for `exec`, no shell in between, so that an image without one will do.
package enum PodCommands {
    package static let addresses = DeviceCommand(pod: ["ip", "addr"], purpose: "interfaces and addresses")
    /// The kernel's own table, which every image with `cat` can print.
    package static let neighbours = DeviceCommand(pod: ["cat", "/proc/net/arp"], purpose: "ARP table")

    // MARK: For images without `ip` or `readlink`

    package static let interfaceFile = DeviceCommand(pod: ["cat", "/proc/net/dev"], purpose: "names of the interfaces")
    package static let routeFile = DeviceCommand(pod: ["cat", "/proc/net/route"], purpose: "subnets of the interfaces")
    package static let addressFile = DeviceCommand(pod: ["cat", "/proc/net/fib_trie"], purpose: "IPv4 addresses")
    package static let address6File = DeviceCommand(pod: ["cat", "/proc/net/if_inet6"], purpose: "IPv6 addresses")
    package static let neighbourList = DeviceCommand(pod: ["ip", "neigh"], purpose: "ARP table")

    /// - Throws: `CommandRefusal` when the interface name could be a path.
    package static func interfaceAttributes(_ interface: InterfaceName) throws(CommandRefusal) -> DeviceCommand {
        let name = try pathPart(interface)
        return DeviceCommand(
            pod: ["cat"] + PodInterfaceFiles.attributes.map { "/sys/class/net/\(name)/\($0)" },
            purpose: "MAC, MTU, flags and carrier of \(interface)")
    }

    /// - Throws: `CommandRefusal` when the interface name could be a path.
    package static func deviceEvent(_ interface: InterfaceName) throws(CommandRefusal) -> DeviceCommand {
        DeviceCommand(
            pod: ["cat", "/sys/class/net/\(try pathPart(interface))/device/uevent"], purpose: "PCI function of \(interface)")
    }

    // MARK: Links and traffic

    /// - Throws: `CommandRefusal` when the interface name could be a path.
    package static func deviceLink(_ interface: InterfaceName) throws(CommandRefusal) -> DeviceCommand {
        DeviceCommand(
            pod: ["readlink", "-f", "/sys/class/net/\(try pathPart(interface))/device"], purpose: "PCI function of \(interface)")
    }

    private static func pathPart(_ interface: InterfaceName) throws(CommandRefusal) -> DeviceArgument {
        let name = try DeviceArgument(interface.printed, for: "interface")
        guard !name.text.contains("/"), name.text != "..", name.text != "." else {
            throw CommandRefusal(word: name.text, purpose: "interface", reason: "it is a path")
        }
        return name
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
