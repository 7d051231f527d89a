internal import Facts

/// Runs commands in the pods of an emulated site: in the pod's network namespace in its node's guest.
struct GuestRuntime: PodRuntime {
    let fabric: Fabric
    let ledger: WaitLedger
    let channels: [NodeName: GuestChannel]

    func exec(namespace: String, pod: String, container: String, argv: [String], stdin: [UInt8]) async -> ExecOutcome {
        let start = fabric.time.now()
        let reference = PodReference(namespace: namespace, name: pod)
        let found = await fabric.read { state -> (NodeName, PodSandbox)? in
            for node in state.nodes.values {
                if let sandbox = node.sandboxes.first(where: { $0.pod == reference && $0.isRunning }) {
                    return (node.site.name, sandbox)
                }
            }
            return nil
        }
        guard let (node, sandbox) = found, let channel = channels[node] else { return .notRunning }
        let environment = [(key: "HOSTNAME", value: pod)] + (sandbox.environments[container] ?? [])
        let answer = await channel.run(argv, inside: GuestPlumbing.namespace(sandbox.uid), environment: environment)
        // What runs in the container, a ping's waiting included, is the site's time: no client can shorten it.
        await ledger.note("exec", from: start, to: fabric.time.now())
        if answer.status == 255 { return .dropped(stdout: answer.output, stderr: answer.errors) }
        if answer.status == 127, answer.errorText.hasPrefix("/usr/bin/env:") {
            return .commandNotFound(message: SiteRuntime.notFound(argv.first ?? ""))
        }
        return .ended(stdout: answer.output, stderr: answer.errors, exitCode: answer.status)
    }

    func logs(namespace: String, pod: String, container: String) async -> String? {
        await SiteRuntime(fabric: fabric, ledger: ledger).logs(namespace: namespace, pod: pod, container: container)
    }
}
