internal import Archives
internal import ArgumentParser
internal import Checks
internal import Facts
internal import Foundation
internal import Kubernetes
internal import Plans
internal import Probes
internal import Reports
internal import Runs
internal import Scenarios
internal import Transports
internal import Verdicts

/// Runs scenarios one after the other, with everything that surrounds a run: connections, signals, reports, the exit code.
struct RunSession {
    let mode: Mode
    let connection: ConnectionOptions
    let reporting: ReportingOptions
    let only: String?
    let failsFast: Bool
    let keeps: Bool
    let timeout: Duration?

    /// - Returns: the exit status of the scenario that went worst, by the order of design §2.
    /// - Throws: `ExitCode` for usage errors and invalid scenarios, which are found before anything is contacted.
    func run(_ files: [String]) async throws -> ExitStatus {
        let selector = try only.map(selector)
        let settings = connection.clusterSettings
        let access: Result<ClusterAccess, KubernetesFailure>
        do throws(KubernetesFailure) {
            access = .success(try settings.resolve())
        } catch {
            access = .failure(error)
        }
        let fallback = if case .success(let access) = access { access.namespace } else { "default" }
        let scenarios = try files.map { file in
            (file, try ScenarioFiles.load(file, namespace: connection.namespace, fallbackNamespace: fallback))
        }
        let hosts = try connection.inventoryHosts()
        let cluster: ClusterAccess
        switch access {
        case .success(let found): cluster = found
        case .failure(let failure):
            Console.err("\(failure)\n")
            for (file, loaded) in scenarios { try await stopBefore(loaded.scenario, file: file, failure) }
            return .inconclusive
        }
        let stops = StopSignals()
        let signals = SignalSource(stops)
        defer { signals.cancel() }
        var records: [RunRecord] = []
        for (file, loaded) in scenarios {
            records.append(
                try await run(loaded, file: file, access: cluster, hosts: hosts, selector: selector, stops: stops))
            if [.interrupted, .terminated].contains(records[records.count - 1].ending) { break }
        }
        return records.map(\.exitStatus).min { Self.rank($0) < Self.rank($1) } ?? .nothingSelected
    }

    private func selector(_ text: String) throws -> CheckSelector {
        do throws(CheckSelectorError) {
            return try CheckSelector(text)
        } catch {
            throw ValidationError(error.description)
        }
    }

    /// The order of design §2: the first that applies, from the top.
    private static func rank(_ status: ExitStatus) -> Int {
        let order: [ExitStatus] = [
            .usage, .defect, .interrupted, .terminated, .deadline, .failed, .inconclusive, .leftovers, .nothingSelected, .passed,
        ]
        return order.firstIndex(of: status) ?? order.count
    }

    // MARK: One scenario

    private func run(
        _ loaded: LoadedScenario, file: String, access: ClusterAccess, hosts: [String: SSHHostOptions],
        selector: CheckSelector?, stops: StopSignals
    ) async throws -> RunRecord {
        let plan = Plan(loaded.scenario, selector: selector, mode: mode)
        let now: @Sendable () -> Timestamp = { Timestamp(nanoseconds: Console.nanosecondsNow()) }
        let folder: RunFolder
        let journal: Journal
        var client: KubernetesClient
        do {
            folder = try RunFolder.create(under: reporting.reports, scenario: loaded.scenario.name, started: now())
            journal = try Journal(creating: folder)
            try await journal.append(.runStarted(start(folder, loaded.scenario, file: file, access: access)), at: now())
            client = KubernetesClient(access: access, engine: try HTTPEngine(), now: now)
            client.requestDeadline = loaded.scenario.timeouts.command
        } catch {
            Console.err("\(error)\n")
            throw ExitCode(ExitStatus.defect.rawValue)
        }
        let teller = Teller(format: reporting.output, now: now)
        let listening = Task { await teller.listen() }
        let ssh = SSHConnections(
            settings: connection.sshSettings(connectDeadline: loaded.scenario.timeouts.connect, hosts: hosts))
        let runner = Runner(
            plan,
            Surroundings(
                cluster: client, ssh: ssh, site: siteMap(loaded.scenario, runID: folder.id), folder: folder,
                evidence: EvidenceStore(folder: folder, redactor: Redactor(secrets: Self.secrets(access))),
                journal: journal, now: now, emit: { teller.tell($0) }, stops: stops, scenarioFile: file,
                toolVersion: Plumbline.toolVersion, clusterName: Self.name(access),
                lab: access.contextName.flatMap { LabKind(context: $0) },
                headerNotes: connection.insecureHostKeys ? ["host keys were not checked (--insecure-host-keys)"] : [],
                keeps: keeps,
                failsFast: failsFast, timeout: timeout))
        var record = await runner.run()
        record.headerNotes = Self.unreached(await ssh.unreachableSentences, record) + record.headerNotes
        record.headerNotes += await ssh.detourSentences
        record.notes += loaded.notes.map { Note(code: $0.code, sentence: "\($0.mark): \($0.sentence)") }
        teller.finish()
        await listening.value
        try await write(record, folder: folder, journal: journal, now: now())
        return record
    }

    /// What must not be found in any evidence, wherever it stands. Tokens that are read or made for each request are found by
    /// their form.
    private static func secrets(_ access: ClusterAccess) -> [Redacted<String>] {
        switch access.credentials {
        case .token(let token): [token]
        case .basic(_, let password): [password]
        case .none, .tokenFile, .plugin: []
        }
    }

    private static func name(_ access: ClusterAccess) -> String {
        access.server + (access.contextName.map { " (context \($0))" } ?? "")
    }

    /// Reports are written on every way out: a run whose cluster is not even configured leaves them too.
    private func stopBefore(_ scenario: Scenario, file: String, _ failure: KubernetesFailure) async throws {
        let now = Timestamp(nanoseconds: Console.nanosecondsNow())
        do {
            let folder = try RunFolder.create(under: reporting.reports, scenario: scenario.name, started: now)
            let journal = try Journal(creating: folder)
            try await journal.append(.runStarted(start(folder, scenario, file: file, access: nil)), at: now)
            let record = RunRecord(
                id: folder.id, scenario: scenario.name, scenarioFile: file, toolVersion: Plumbline.toolVersion, started: now,
                ended: now,
                ending: .stopped, stopReason: failure.description)
            try await write(record, folder: folder, journal: journal, now: now)
        } catch let error as ArchiveError {
            Console.err("\(error)\n")
            throw ExitCode(ExitStatus.defect.rawValue)
        }
    }

    private func start(_ folder: RunFolder, _ scenario: Scenario, file: String, access: ClusterAccess?) -> RunStart {
        RunStart(
            id: folder.id, scenario: scenario.name, scenarioFile: file, toolVersion: Plumbline.toolVersion,
            server: access?.server,
            context: connection.context ?? access?.contextName, namespace: scenario.namespace,
            kubeconfigs: connection.kubeconfigPaths,
            sshConfig: connection.effectiveSSHConfig, workingDirectory: FileManager.default.currentDirectoryPath, keeps: keeps)
    }

    private func siteMap(_ scenario: Scenario, runID: String) -> SiteMap {
        let nodes = scenario.nodes.map { ($0.name, SiteMap.NodeRoute(sshHost: $0.sshHost ?? $0.name.text, sudo: $0.sudo)) }
        let devices = scenario.devices.map {
            ($0.name, SiteMap.DeviceRoute(sshHost: $0.sshHost ?? $0.name.text, platform: $0.platform))
        }
        var map = SiteMap(
            nodes: Dictionary(nodes, uniquingKeysWith: { first, _ in first }),
            devices: Dictionary(devices, uniquingKeysWith: { first, _ in first }), commandDeadline: scenario.timeouts.command)
        // Only pods that a run makes get anything added: preflight and observe change nothing.
        guard mode == .run else { return map }
        for pod in scenario.pods {
            guard let ephemeral = pod.ephemeral else { continue }
            map.helpers[pod.reference] = HelperContainer(
                image: ephemeral.image, pullPolicy: ephemeral.pullPolicy?.rawValue, runID: runID, label: (RunLabel.run, runID),
                deadline: scenario.timeouts.podReady)
        }
        return map
    }

    /// One line for each host that was not reached, before everything else, with what could not be looked at because of it.
    private static func unreached(_ sentences: [String], _ record: RunRecord) -> [String] {
        sentences.map { sentence in
            let count = record.findings.count { $0.verdict == .inconclusive && $0.sentence.contains(sentence) }
            return count == 0
                ? sentence : "\(sentence) (\(count) \(count == 1 ? "check is" : "checks are") inconclusive because of it)"
        }
    }

    // MARK: Reports

    private func write(_ record: RunRecord, folder: RunFolder, journal: Journal, now: Timestamp) async throws {
        let places: ReportPlaces
        do {
            places = try ReportFiles(record: record, folder: folder).write(junitCopy: reporting.junit)
            try await journal.append(.finished(exitCode: record.exitStatus.rawValue), at: now)
        } catch {
            Console.err("the reports could not be written: \(error)\n")
            throw ExitCode(ExitStatus.defect.rawValue)
        }
        CIJob.tell(record)
        switch reporting.output {
        case .text: Console.out(TerminalReport(record, places: places, style: Console.style(isError: false)).text)
        case .short: Console.out(ShortReport(record).text)
        case .json: Console.out(JSONReport.text(record))
        case .ndjson, .quiet: break
        }
    }
}
