package import Facts

/// Everything a finished (or broken off) run leaves: what `run.json`, JUnit and the terminal summary are made of.
package struct RunRecord: Hashable, Sendable {
    /// How the run came to its end.
    package enum Ending: String, Hashable, Sendable {
        case finished
        /// SIGINT or SIGTERM.
        case interrupted
        case terminated
        /// The scenario's deadline passed.
        case deadline
        /// It stopped before the checks were through: the sentence is in `stopReason`.
        case stopped
    }

    /// What was made in the cluster.
    package struct CreatedObject: Hashable, Sendable {
        package var object: ObjectReference
        /// False when it could not be verified gone (and `--keep` was not asked).
        package var verifiedGone: Bool
        /// Why it is still there, as far as the API said; nil when it is gone, or kept.
        package var reason: String?
        package init(object: ObjectReference, verifiedGone: Bool, reason: String? = nil) {
            self.object = object
            self.verifiedGone = verifiedGone
            self.reason = reason
        }
    }

    /// One captured exchange, as a line of the evidence index.
    package struct EvidenceFile: Hashable, Sendable {
        package var id: EvidenceID
        /// Relative to the run's folder: `evidence/0007-worker1-vf-table.txt`.
        package var path: String
        package init(id: EvidenceID, path: String) {
            self.id = id
            self.path = path
        }
    }

    /// `vlan-201-20261124T063001Z-4f2a`: folder name and label value.
    package var id: String
    package var scenario: String
    /// The scenario's file as given on the command line.
    package var scenarioFile: String
    package var toolVersion: String
    /// Server URL and context, without credentials; nil when there was no connection.
    package var cluster: String?
    /// Nil at a true site.
    package var lab: LabKind?
    /// Lines that belong in the header of each report: `--insecure-host-keys`, overrides.
    package var headerNotes: [String]
    package var started: Timestamp
    package var ended: Timestamp
    package var ending: Ending
    /// One sentence; nil when the run finished.
    package var stopReason: String?
    /// In the order of the chain: by check, then by subject.
    package var findings: [Finding]
    package var chains: [PodChain]
    package var diagnoses: [Diagnosis]
    /// Lints of the scenario itself.
    package var notes: [Note]
    package var created: [CreatedObject]
    /// True when `--keep` left the objects on purpose.
    package var kept: Bool
    package var evidence: [EvidenceFile]

    package init(
        id: String, scenario: String, scenarioFile: String, toolVersion: String, cluster: String? = nil, lab: LabKind? = nil,
        headerNotes: [String] = [], started: Timestamp, ended: Timestamp, ending: Ending = .finished, stopReason: String? = nil,
        findings: [Finding] = [], chains: [PodChain] = [], diagnoses: [Diagnosis] = [], notes: [Note] = [],
        created: [CreatedObject] = [], kept: Bool = false, evidence: [EvidenceFile] = []
    ) {
        self.id = id
        self.scenario = scenario
        self.scenarioFile = scenarioFile
        self.toolVersion = toolVersion
        self.cluster = cluster
        self.lab = lab
        self.headerNotes = headerNotes
        self.started = started
        self.ended = ended
        self.ending = ending
        self.stopReason = stopReason
        self.findings = findings
        self.chains = chains
        self.diagnoses = diagnoses
        self.notes = notes
        self.created = created
        self.kept = kept
        self.evidence = evidence
    }

    /// Objects that could not be verified gone; empty when `kept`.
    package var leftovers: [ObjectReference] { kept ? [] : created.filter { !$0.verifiedGone }.map(\.object) }
}
