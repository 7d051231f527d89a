/// What happens while a run goes on. Reporters listen; the run never prints.
package enum RunEvent: Sendable {
    case started(id: String, scenario: String, cluster: String?, lab: LabKind?, headerNotes: [String])
    /// A phase begins: `preflight`, `deploy`, `verify`, `clean up`, `teardown`.
    case phase(String)
    /// An object was made or deleted: "created Pod default/sriov-pod-201-1".
    case action(String)
    /// A wait's state changed: what is waited for and what was seen last. One event per change, not per try.
    case waiting(what: String, lastSeen: String, elapsed: Duration, deadline: Duration)
    /// A finding is final.
    case found(Finding)
    case note(Note)
    /// The whole record, at the end of every run, however it ended.
    case finished(RunRecord)
}
