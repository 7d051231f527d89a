package import Dialects
package import Facts
package import Kubernetes
package import Transports

/// The true site: SSH to nodes and devices, the API and exec for the cluster. Every exchange is captured as it ends.
package struct LiveDoor: Door {
    /// Takes an exchange the moment it is over, before anybody reads it.
    package typealias Capture = @Sendable (Exchange) async -> Void

    let cluster: KubernetesClient
    let ssh: SSHConnections
    let addresses: NodeAddresses
    let helpers: HelperContainers
    let patience = Patience()
    let site: SiteMap
    let now: @Sendable () -> Timestamp
    var capture: Capture

    package init(cluster: KubernetesClient, ssh: SSHConnections, site: SiteMap, now: @escaping @Sendable () -> Timestamp) {
        self.cluster = cluster
        self.ssh = ssh
        self.site = site
        self.now = now
        addresses = NodeAddresses(cluster: cluster)
        helpers = HelperContainers(cluster: cluster)
        capture = { _ in }
    }

    /// The same door, with its exchanges going to `capture`.
    package func capturing(_ capture: @escaping Capture) -> LiveDoor {
        var door = self
        door.capture = capture
        return door
    }

    package func run(
        _ command: DeviceCommand, on source: FactSource, container: String?, ping: Duration
    ) async throws(ProbeFailure) -> Exchange {
        let deadline = site.commandDeadline + ping
        switch source {
        case .node(let name):
            let route = site.nodes[name] ?? SiteMap.NodeRoute(sshHost: name.text, sudo: false)
            let text = route.sudo ? command.privilegedText ?? command.text : command.text
            return try await run(text, on: source, host: route.sshHost, mode: .parallel, channel: .exec, deadline: deadline)
        case .device(let name):
            let route = site.devices[name]
            return try await run(
                command.text, on: source, host: route?.sshHost ?? name.text, mode: .serial,
                channel: Self.channel(route?.platform),
                deadline: deadline)
        case .pod(let pod): return try await exec(command, in: pod, container: container, deadline: deadline)
        case .cluster:
            throw ProbeFailure(kind: .notAsked, source: source, sentence: "cluster: no command is ever run on the API server")
        }
    }

    /// A device whose platform has a command line of its own may have no exec channel, or one command on it a login.
    private static func channel(_ platform: Platform?) -> SSHChannelChoice {
        let preparation = platform.map { SwitchPreparation.commands($0) } ?? []
        return preparation.isEmpty ? .exec : .execElseShell(preparation: preparation.map(\.text))
    }

    private func run(
        _ text: String, on source: FactSource, host: String, mode: SSHConnections.Mode, channel: SSHChannelChoice,
        deadline: Duration
    ) async throws(ProbeFailure) -> Exchange {
        let deadline = await patience.deadline(for: source, deadline)
        let started = now()
        do throws(SSHFailure) {
            let fallback: String? = if case .node(let name) = source { await addresses.internalAddress(of: name) } else { nil }
            let output = try await ssh.run(
                text, on: host, fallbackAddress: fallback, mode: mode, channel: channel, deadline: deadline)
            let outcome: Exchange.Outcome =
                switch output.exit {
                case .code(let code): .exit(code)
                case .signal(let name): .signal(name)
                case .unstated: .unstated
                }
            let exchange = Exchange(
                source: source, sent: text, started: started, ended: now(), outcome: outcome, output: output.stdout,
                errorOutput: output.stderr, transport: output.carrier)
            await patience.answered(source)
            await capture(exchange)
            return exchange
        } catch {
            await capture(
                Exchange(
                    source: source, sent: text, started: started, ended: now(), outcome: .broken(error.description), output: []))
            if case .commandDeadline = error.cause { await patience.timedOut(source) }
            throw ProbeFailure(error, source: source)
        }
    }

    private func exec(
        _ command: DeviceCommand, in pod: PodReference, container: String?, deadline: Duration
    ) async throws(ProbeFailure) -> Exchange {
        let started = now()
        let sent = "exec \(pod)\(container.map { " -c \($0)" } ?? "") -- \(command.text)"
        do throws(KubernetesFailure) {
            let output = try await cluster.exec(
                namespace: pod.namespace, pod: pod.name, container: container, argv: command.arguments, deadline: deadline)
            let exchange = Exchange(
                source: .pod(pod), sent: sent, started: started, ended: now(), outcome: .exit(output.exitCode),
                output: output.stdout,
                errorOutput: output.stderr)
            await capture(exchange)
            return exchange
        } catch {
            await capture(
                Exchange(
                    source: .pod(pod), sent: sent, started: started, ended: now(), outcome: .broken(error.description), output: []
                ))
            throw ProbeFailure(error, source: .pod(pod))
        }
    }

    package func helper(in pod: PodReference) async throws(ProbeFailure) -> String? {
        guard let helper = site.helpers[pod] else { return nil }
        return try await helpers.container(helper, in: pod)
    }

    /// What was added to pods, as sentences for the report.
    package var helperNotes: [String] {
        get async { await helpers.notes.map(\.sentence).sorted() }
    }

    package func ask(_ question: ClusterQuestion) async throws(ProbeFailure) -> ClusterAnswer {
        let collector = ExchangeCollector()
        let client = cluster.observing { exchange in collector.add(exchange) }
        let result: Result<ClusterAnswer, KubernetesFailure>
        do throws(KubernetesFailure) {
            result = .success(try await answer(question, client))
        } catch {
            result = .failure(error)
        }
        for exchange in collector.taken() { await capture(exchange) }
        switch result {
        case .success(let answer): return answer
        case .failure(let failure):
            if failure.kind == .notFound {
                if case .access = question { throw ProbeFailure(noReviews: failure) }
                return .absent(failure.serverMessage)
            }
            throw ProbeFailure(failure, source: .cluster)
        }
    }

    private func answer(_ question: ClusterQuestion, _ client: KubernetesClient) async throws(KubernetesFailure) -> ClusterAnswer
    {
        switch question {
        case .node(let name): return .object(try await client.get(.nodes(name)).json)
        case .configMap(let namespace, let name): return .object(try await client.get(.configMaps(namespace, name)).json)
        case .pod(let namespace, let name): return .object(try await client.get(.pods(namespace, name)).json)
        case .nad(let namespace, let name):
            return .object(try await client.get(.networkAttachmentDefinitions(namespace, name)).json)
        case .access(let right): return .object(try await client.review(right).json)
        case .operatorState(let namespace, let node):
            return .object(try await client.get(.operatorNodeStates(namespace, node)).json)
        case .operatorPolicies(let namespace):
            return .list(try await client.list(.operatorPolicies(namespace)).items.map(\.json))
        case .operatorNetwork(let namespace, let name):
            return .object(try await client.get(.operatorNetworks(namespace, name)).json)
        case .deviceClaim(let namespace, let name): return try await Self.deviceClaim(namespace, name, client)
        case .deviceSlices(let node): return try await Self.deviceSlices(of: node, client)
        case .pods(let namespace): return .list(try await client.list(.pods(namespace)).items.map(\.json))
        case .events(let namespace, let uid):
            let events = try await client.list(.events(namespace), fieldSelector: "involvedObject.uid=\(uid)")
            return .list(events.items.map(\.json))
        }
    }
}
