internal import Facts

extension Table {
    /// The columns of a kind.
    ///
    /// - Source: what `kubectl get` prints, with and without `-o wide`; `table-nodes` in the recordings.
    static func columns(of kind: ResourceKind) -> [Column] {
        switch kind {
        case .pods: [name] + PodColumns.all
        case .nodes: [name] + NodeColumns.all
        case .namespaces: [name, text("Status", "status", "phase"), age]
        case .configMaps:
            [name, Column("Data", type: "integer") { object, _ in .integer(size(object, "data", "binaryData")) }, age]
        case .secrets:
            [name, text("Type", "type"), Column("Data", type: "integer") { object, _ in .integer(size(object, "data")) }, age]
        case .serviceAccounts:
            [name, Column("Secrets", type: "integer") { object, _ in .integer(object["secrets"]?.elements?.count ?? 0) }, age]
        case .services: [name] + serviceColumns
        case .events: eventColumns
        case .daemonSets: [name] + daemonSetColumns
        case .deployments: [name] + deploymentColumns
        case .replicaSets:
            [
                name, number("Desired", "spec", "replicas"), number("Current", "status", "replicas"),
                number("Ready", "status", "readyReplicas"), age,
            ] + templateColumns
        case .leases: [name, text("Holder", "spec", "holderIdentity"), age]
        case .roles, .clusterRoles, .customResourceDefinitions: [name, text("Created At", "metadata", "creationTimestamp")]
        case .roleBindings, .clusterRoleBindings:
            [
                name,
                Column("Role") { object, _ in
                    .string("\(object.text(at: "roleRef", "kind") ?? "")/\(object.text(at: "roleRef", "name") ?? "")")
                }, age,
            ]
        default: [name] + kind.printerColumns.map(custom) + (kind.printerColumns.isEmpty ? [age] : [])
        }
    }

    static let name = Column("Name") { object, _ in object.value(at: "metadata", "name") ?? "" }
    static let age = Column("Age") { object, now in .string(age(object.text(at: "metadata", "creationTimestamp"), now: now)) }

    static func text(_ title: String, priority: Int = 0, _ path: String...) -> Column {
        Column(title, priority: priority) { object, _ in .string(orNone(object.value(at: path[...])?.text)) }
    }

    static func number(_ title: String, _ path: String...) -> Column {
        Column(title, type: "integer") { object, _ in .integer(object.value(at: path[...])?.int ?? 0) }
    }

    /// What stands where there is nothing.
    static func orNone(_ text: String?) -> String { text.flatMap { $0.isEmpty ? nil : $0 } ?? "<none>" }

    /// `a=b,c=d`
    static func pairs(_ object: JSONValue?) -> String {
        orNone((object?.members ?? []).map { "\($0.key)=\($0.value.text ?? "")" }.joined(separator: ","))
    }

    private static func size(_ object: JSONValue, _ keys: String...) -> Int {
        keys.reduce(0) { $0 + (object[$1]?.members?.count ?? 0) }
    }

    private static func custom(_ column: PrinterColumn) -> Column {
        Column(column.name, type: column.type, priority: column.priority) { object, now in
            let value = object.value(at: column.path[...])
            guard column.type == "date" else { return value ?? "" }
            return value?.text.map { .string(age($0, now: now)) } ?? ""
        }
    }

    private static let templateColumns: [Column] = [
        Column("Containers", priority: 1) { object, _ in .string(containers(object, "name")) },
        Column("Images", priority: 1) { object, _ in .string(containers(object, "image")) },
        Column("Selector", priority: 1) { object, _ in .string(pairs(object.value(at: "spec", "selector", "matchLabels"))) },
    ]

    private static func containers(_ object: JSONValue, _ key: String) -> String {
        let containers = object.value(at: "spec", "template", "spec", "containers")?.elements ?? []
        return containers.compactMap { $0.text(at: key) }.joined(separator: ",")
    }

    private static let daemonSetColumns: [Column] =
        [
            number("Desired", "status", "desiredNumberScheduled"), number("Current", "status", "currentNumberScheduled"),
            number("Ready", "status", "numberReady"), number("Up-to-date", "status", "updatedNumberScheduled"),
            number("Available", "status", "numberAvailable"),
            Column("Node Selector") { object, _ in .string(pairs(object.value(at: "spec", "template", "spec", "nodeSelector"))) },
            age,
        ] + templateColumns

    private static let deploymentColumns: [Column] =
        [
            Column("Ready") { object, _ in
                .string(
                    "\(object.value(at: "status", "readyReplicas")?.int ?? 0)/\(object.value(at: "spec", "replicas")?.int ?? 0)")
            },
            number("Up-to-date", "status", "updatedReplicas"), number("Available", "status", "availableReplicas"), age,
        ] + templateColumns

    private static let serviceColumns: [Column] = [
        text("Type", "spec", "type"), text("Cluster-IP", "spec", "clusterIP"),
        Column("External-IP") { _, _ in "<none>" },
        Column("Port(s)") { object, _ in
            let ports = (object.value(at: "spec", "ports")?.elements ?? []).map {
                "\($0["port"]?.int ?? 0)/\($0.text(at: "protocol") ?? "TCP")"
            }
            return .string(orNone(ports.joined(separator: ",")))
        }, age,
        Column("Selector", priority: 1) { object, _ in .string(pairs(object.value(at: "spec", "selector"))) },
    ]

    private static let eventColumns: [Column] = [
        Column("Last Seen") { event, now in
            let time = event.text(at: "lastTimestamp") ?? event.text(at: "eventTime") ?? event.text(at: "firstTimestamp")
            return .string(age(time, now: now))
        },
        text("Type", "type"), text("Reason", "reason"),
        Column("Object") { event, _ in
            let kind = event.text(at: "involvedObject", "kind")?.lowercased() ?? ""
            return .string("\(kind)/\(event.text(at: "involvedObject", "name") ?? "")")
        },
        Column("Subobject", priority: 1) { event, _ in event.value(at: "involvedObject", "fieldPath") ?? "" },
        Column("Source", priority: 1) { event, _ in
            let parts = [event.text(at: "source", "component"), event.text(at: "source", "host")].compactMap { $0 }
            return .string(parts.joined(separator: ", "))
        },
        Column("Message") { event, _ in event["message"] ?? "" },
        Column("First Seen", priority: 1) { event, now in
            .string(age(event.text(at: "firstTimestamp") ?? event.text(at: "eventTime"), now: now))
        },
        Column("Count", type: "integer", priority: 1) { event, _ in .integer(event["count"]?.int ?? 1) },
        Column("Name", priority: 1) { event, _ in event.value(at: "metadata", "name") ?? "" },
    ]
}
