internal import Facts

/// The tables of `kubernetes`: what annotations and objects of the API hold.
enum ClusterDialects {
    static let entries: [DialectEntry] = [
        .rows(
            "kubernetes/network-status", commands: ["kubectl get pod NAME -o json"], forms: ["json"], standing: .proven,
            read: NetworkStatusTable.read),
        DialectEntry(
            platform: "kubernetes", table: "nad", commands: ["kubectl get net-attach-def NAME -o json"], forms: ["json"],
            standing: .proven, parse: NADTable.read),
        DialectEntry(
            platform: "kubernetes", table: "device-plugin-config",
            commands: ["kubectl -n kube-system get configmap sriovdp-config -o json"], forms: ["json"], standing: .proven,
            parse: DevicePluginTable.read),
    ]
}
