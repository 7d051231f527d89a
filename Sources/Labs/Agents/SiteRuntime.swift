internal import Facts

/// Runs commands in the site's pods for the API's `exec`.
struct SiteRuntime: PodRuntime {
    let fabric: Fabric
    let ledger: WaitLedger

    func exec(namespace: String, pod: String, container: String, argv: [String], stdin: [UInt8]) async -> ExecOutcome {
        let start = fabric.time.now()
        do { try await fabric.time.sleep(fabric.site.latencies.exec) } catch { return .dropped(stdout: [], stderr: []) }
        let outcome = await run(PodReference(namespace: namespace, name: pod), container: container, argv: argv)
        // What runs in the container, a ping's waiting included, is the site's time: no client can shorten it.
        await ledger.note("exec", from: start, to: fabric.time.now())
        return outcome
    }

    func logs(namespace: String, pod: String, container: String) async -> String? {
        let reference = PodReference(namespace: namespace, name: pod)
        let plugin = await fabric.read { state in
            state.nodes.values.first { $0.daemons[reference] == Daemons.devicePlugin.name }.map { (state.devicePluginConfig, $0) }
        }
        if let (config, node) = plugin { return DevicePlugin.log(config, on: node) }
        let started = await fabric.read { state in
            state.nodes.values.contains { $0.sandboxes.contains { $0.pod == reference && $0.isRunning } }
        }
        return started ? "" : nil
    }

    private func run(_ pod: PodReference, container: String, argv: [String]) async -> ExecOutcome {
        let found = await fabric.read { state -> (NodeState, PodSandbox)? in
            for node in state.nodes.values {
                if let sandbox = node.sandboxes.first(where: { $0.pod == pod && $0.isRunning }) { return (node, sandbox) }
            }
            return nil
        }
        guard let (node, sandbox) = found else { return .notRunning }
        let rights = sandbox.rights[container]
        if rights?.isEphemeral != true, !node.containers.has(argv.first ?? "") {
            return .commandNotFound(message: Self.notFound(argv.first ?? ""))
        }
        let isRaw = rights?.mayOpenRawSockets != false && !node.containers.withholdsRaw
        var answer: CommandAnswer?
        let program = argv.first?.split(separator: "/").last
        if program == "ping" || program == "busybox" && argv.dropFirst().first == "ping" {
            let arguments = Array(argv.drop { !$0.hasSuffix("ping") }.dropFirst())
            let place = PodPlace(node: node.site.name, uid: sandbox.uid)
            answer = isRaw ? await ping(arguments, from: place) : BusyboxPing.denied(arguments)
        } else if program == "sleep" {
            do { try await fabric.time.sleep(.seconds(Int(argv.dropFirst().first ?? "") ?? 0)) } catch {}
            answer = CommandAnswer()
        } else {
            answer = BusyboxShell(node: node, sandbox: sandbox, container: container, at: fabric.time.now()).run(argv)
        }
        guard let answer else { return .commandNotFound(message: Self.notFound(argv.first ?? "")) }
        return .ended(stdout: answer.output, stderr: answer.errors, exitCode: answer.status)
    }

    private func ping(_ arguments: [String], from place: PodPlace) async -> CommandAnswer {
        do throws(BusyboxPing.Refusal) {
            return try await BusyboxPing(arguments).run(from: place, in: fabric)
        } catch {
            return CommandAnswer("", errors: error.errors, status: 1)
        }
    }

    /// - Source: `exec-v5-missingcmd.jsonl`.
    static func notFound(_ program: String) -> String {
        let why =
            program.isEmpty
            ? "args must not be empty"
            : "unable to start container process: exec: \"\(program)\": executable file not found in $PATH"
        return "error executing command in container: failed to exec in container: failed to start exec \"\(Hex.random(64))\": "
            + "OCI runtime exec failed: exec failed: \(why): unknown"
    }
}
