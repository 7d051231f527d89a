package import Facts

/// One object as the API's paths name it: enough to ask for it and to delete it without any other knowledge.
package struct JournalObject: Hashable, Sendable, CustomStringConvertible {
    /// `v1`, `k8s.cni.cncf.io/v1`.
    package let apiVersion: String
    package let kind: String
    /// The plural of the path: `pods`, `network-attachment-definitions`.
    package let resource: String
    /// Nil for cluster-scoped objects.
    package let namespace: String?
    package let name: String

    package init(apiVersion: String, kind: String, resource: String, namespace: String?, name: String) {
        self.apiVersion = apiVersion
        self.kind = kind
        self.resource = resource
        self.namespace = namespace
        self.name = name
    }

    package func reference(uid: String? = nil) -> ObjectReference {
        ObjectReference(kind: kind, namespace: namespace, name: name, uid: uid)
    }

    /// `Pod default/sriov-pod-201-1`.
    package var description: String { reference().description }
}

/// What a later clean-up needs to know of a run to reach the same cluster. No secret is in it: files are named, not copied.
package struct RunStart: Hashable, Sendable {
    package var id: String
    package var scenario: String
    /// As given on the command line.
    package var scenarioFile: String
    package var toolVersion: String
    /// The API server's URL; nil when there was no connection yet.
    package var server: String?
    /// The kubeconfig context in use; nil inside a cluster.
    package var context: String?
    package var namespace: String?
    /// Kubeconfig files as given, absolute where the run could make them so; empty inside a cluster.
    package var kubeconfigs: [String]
    /// The ssh configuration as given; nil for the user's own.
    package var sshConfig: String?
    /// The working directory that relative paths are relative to.
    package var workingDirectory: String?
    /// True when `--keep` leaves the objects on purpose.
    package var keeps: Bool

    package init(
        id: String, scenario: String, scenarioFile: String, toolVersion: String, server: String? = nil, context: String? = nil,
        namespace: String? = nil, kubeconfigs: [String] = [], sshConfig: String? = nil, workingDirectory: String? = nil,
        keeps: Bool = false
    ) {
        self.id = id
        self.scenario = scenario
        self.scenarioFile = scenarioFile
        self.toolVersion = toolVersion
        self.server = server
        self.context = context
        self.namespace = namespace
        self.kubeconfigs = kubeconfigs
        self.sshConfig = sshConfig
        self.workingDirectory = workingDirectory
        self.keeps = keeps
    }
}

/// One line of the journal.
package enum JournalEntry: Hashable, Sendable {
    case runStarted(RunStart)
    /// Written before the POST is sent.
    case intent(JournalObject)
    /// The server answered 201.
    case created(JournalObject, uid: String)
    /// The server said no, so that there is no object of ours: 403, 409, 422.
    case notCreated(JournalObject, reason: String)
    /// A delete was accepted.
    case deleted(JournalObject, uid: String)
    /// The object of this UID was seen gone, or never found where only the intent was known.
    case verifiedGone(JournalObject, uid: String?)
    /// The run is over and its reports are written.
    case finished(exitCode: Int32)
}
