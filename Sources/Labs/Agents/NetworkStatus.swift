internal import Facts

/// The text of annotation `k8s.v1.cni.cncf.io/network-status`.
///
/// - Source: `get-pod_1.resp`: elements with four blanks a level, joined by a comma, angle brackets escaped as Go does.
struct NetworkStatus: Sendable {
    private var elements: [JSONValue] = []

    /// The cluster's default network.
    mutating func addDefault(network: String, _ interface: PodInterface) {
        elements.append(
            .object([
                .init("name", .string(network)), .init("interface", .string(interface.name)),
                .init("ips", addresses(of: interface)), .init("mac", .string(interface.mac.description)), .init("default", true),
                .init("dns", [:]), .init("gateway", ["<nil>"]),
            ]))
    }

    /// A network that the pod asked for.
    mutating func add(network: String, _ attached: AttachedInterface) {
        var members: [JSONValue.Member] = [
            .init("name", .string(network)), .init("interface", .string(attached.interface.name)),
        ]
        if !attached.interface.addresses.isEmpty { members.append(.init("ips", addresses(of: attached.interface))) }
        members += [.init("mac", .string(attached.interface.mac.description)), .init("dns", [:])]
        if let device = attached.device {
            let pci: JSONValue = ["pci-address": .string(device.description)]
            members.append(
                .init("device-info", .object([.init("type", "pci"), .init("version", "1.1.0"), .init("pci", pci)])))
        }
        elements.append(.object(members))
    }

    private func addresses(of interface: PodInterface) -> JSONValue {
        .array(interface.addresses.map { .string($0.address.description) })
    }

    var text: String {
        let parts = elements.map { element in
            // prettyText has two blanks a level, and no text in it begins with one.
            let lines = element.prettyText.split(separator: "\n").map { line in
                String(repeating: " ", count: line.prefix { $0 == " " }.count) + line
            }
            return lines.joined(separator: "\n").replacing("<", with: "\\u003c").replacing(">", with: "\\u003e")
        }
        return "[" + parts.joined(separator: ",") + "]"
    }
}
