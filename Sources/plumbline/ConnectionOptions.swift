internal import ArgumentParser
internal import Foundation
internal import Kubernetes
internal import Transports

/// How the cluster and the hosts are reached, as kubectl and ssh take it.
struct ConnectionOptions: ParsableArguments {
    @Option(help: "The kubeconfig file; without it KUBECONFIG, ~/.kube/config, or the pod's own service account.")
    var kubeconfig: String?

    @Option(help: "The context of the kubeconfig.")
    var context: String?

    @Option(name: [.customShort("n"), .long], help: "The namespace of objects that name none.")
    var namespace: String?

    @Option(help: "The ssh configuration, as ssh -F; without it PLUMBLINE_SSH_CONFIG, or the user's own.")
    var sshConfig: String?

    @Option(
        help: """
            An Ansible inventory, INI or YAML, as Kubespray keeps one: address, port, user, key and jump hosts that it names for a host go \
            before the ssh configuration, as with Ansible; host keys are checked as ever.
            """)
    var inventory: String?

    @Flag(help: "Do not check host keys. Every report says so.")
    var insecureHostKeys = false

    var clusterSettings: ClusterSettings { ClusterSettings(kubeconfigPath: kubeconfig, context: context, namespace: namespace) }

    var effectiveSSHConfig: String? {
        sshConfig ?? ProcessInfo.processInfo.environment["PLUMBLINE_SSH_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// - Throws: `ExitCode(64)` when the inventory has problems, which are printed.
    func inventoryHosts() throws -> [String: SSHHostOptions] { try inventory.map { try InventoryFiles.hosts($0) } ?? [:] }

    func sshSettings(connectDeadline: Duration, hosts: [String: SSHHostOptions]) -> SSHSettings {
        SSHSettings(
            configPath: effectiveSSHConfig, insecureHostKeys: insecureHostKeys, hosts: hosts, connectDeadline: connectDeadline)
    }

    /// Kubeconfig files as they are looked for, for the journal.
    var kubeconfigPaths: [String] {
        if let kubeconfig { return [kubeconfig] }
        let environment = ProcessInfo.processInfo.environment
        if let list = environment["KUBECONFIG"], !list.isEmpty { return list.split(separator: ":").map(String.init) }
        return environment["HOME"].map { [$0 + "/.kube/config"] } ?? []
    }
}
