internal import Facts

/// What `kubectl get nodes` shows.
enum NodeColumns {
    static let all: [Table.Column] = [
        Table.Column("Status") { node, _ in .string(status(of: node)) },
        Table.Column("Roles") { node, _ in .string(roles(of: node)) },
        Table.age,
        Table.text("Version", "status", "nodeInfo", "kubeletVersion"),
        Table.Column("Internal-IP", priority: 1) { node, _ in .string(address("InternalIP", of: node)) },
        Table.Column("External-IP", priority: 1) { node, _ in .string(address("ExternalIP", of: node)) },
        Table.Column("OS-Image", priority: 1) { node, _ in .string(info("osImage", of: node)) },
        Table.Column("Kernel-Version", priority: 1) { node, _ in
            .string("\(info("kernelVersion", of: node)) (\(info("architecture", of: node)))")
        },
        Table.Column("Container-Runtime", priority: 1) { node, _ in .string(info("containerRuntimeVersion", of: node)) },
    ]

    private static func status(of node: JSONValue) -> String {
        let ready = (node.value(at: "status", "conditions")?.elements ?? []).first { $0["type"] == "Ready" }
        let status: String
        switch ready?["status"]?.text {
        case "True"?: status = "Ready"
        case nil: status = "Unknown"
        default: status = "NotReady"
        }
        return node.value(at: "spec", "unschedulable") == true ? status + ",SchedulingDisabled" : status
    }

    private static func roles(of node: JSONValue) -> String {
        let prefix = "node-role.kubernetes.io/"
        let labels = (node.value(at: "metadata", "labels") ?? [:]).textMembers.keys
        let roles = labels.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
        return Table.orNone(roles.sorted().joined(separator: ","))
    }

    private static func address(_ type: String, of node: JSONValue) -> String {
        let addresses = node.value(at: "status", "addresses")?.elements ?? []
        return Table.orNone(addresses.first { $0["type"]?.text == type }?.text(at: "address"))
    }

    private static func info(_ key: String, of node: JSONValue) -> String {
        let text = node.text(at: "status", "nodeInfo", key) ?? ""
        return text.isEmpty ? "<unknown>" : text
    }
}
