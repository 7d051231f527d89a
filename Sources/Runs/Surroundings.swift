package import Archives
package import Facts
package import Kubernetes
package import Probes
package import Transports
package import Verdicts

/// What a run stands on: connections, the folder it writes to, and who listens.
package struct Surroundings: Sendable {
    package var cluster: KubernetesClient
    package var ssh: SSHConnections
    package var site: SiteMap
    package var folder: RunFolder
    package var evidence: EvidenceStore
    package var journal: Journal
    /// The wall clock.
    package var now: @Sendable () -> Timestamp
    package var emit: @Sendable (RunEvent) -> Void
    package var stops: StopSignals
    /// The scenario's file as it was given.
    package var scenarioFile: String
    package var toolVersion: String
    /// Server and context, without credentials.
    package var clusterName: String?
    package var lab: LabKind?
    package var headerNotes: [String]
    /// `--keep`: nothing is deleted.
    package var keeps: Bool
    /// `--fail-fast`: after a failure nothing further is begun.
    package var failsFast: Bool
    /// `--timeout`; nil: the scenario's own.
    package var timeout: Duration?

    package init(
        cluster: KubernetesClient, ssh: SSHConnections, site: SiteMap, folder: RunFolder, evidence: EvidenceStore,
        journal: Journal,
        now: @escaping @Sendable () -> Timestamp, emit: @escaping @Sendable (RunEvent) -> Void, stops: StopSignals,
        scenarioFile: String,
        toolVersion: String, clusterName: String?, lab: LabKind? = nil, headerNotes: [String] = [], keeps: Bool = false,
        failsFast: Bool = false, timeout: Duration? = nil
    ) {
        self.cluster = cluster
        self.ssh = ssh
        self.site = site
        self.folder = folder
        self.evidence = evidence
        self.journal = journal
        self.now = now
        self.emit = emit
        self.stops = stops
        self.scenarioFile = scenarioFile
        self.toolVersion = toolVersion
        self.clusterName = clusterName
        self.lab = lab
        self.headerNotes = headerNotes
        self.keeps = keeps
        self.failsFast = failsFast
        self.timeout = timeout
    }
}
