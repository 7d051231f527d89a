package import Facts
package import Verdicts

/// A run as NDJSON while it goes on: one object a line, `event` says which. The schema is
/// `fixtures/schemas/event.v1.schema.json`.
package enum EventLines {
    /// The value of the key `schema`, which the first line of each run has.
    package static let schema = "plumbline.event/v1"

    /// One line without its line feed.
    ///
    /// - Parameter time: when it happened.
    package static func line(for event: RunEvent, at time: Timestamp) -> String {
        let head: [JSONValue.Member] = [.init("event", .string(name(event))), .init("time", .string(time.description))]
        return JSONValue.object(head + members(event)).compactText
    }

    /// The lines of a run that is over, made from its record: start, findings, notes and end. Phases, actions and waits are
    /// not kept, and what was found bears the time of the end.
    package static func replayed(_ record: RunRecord) -> [String] {
        let start = RunEvent.started(
            id: record.id, scenario: record.scenario, cluster: record.cluster, lab: record.lab,
            headerNotes: record.headerNotes)
        let told = record.findings.map(RunEvent.found) + record.notes.map(RunEvent.note) + [.finished(record)]
        return [line(for: start, at: record.started)] + told.map { line(for: $0, at: record.ended) }
    }

    private static func name(_ event: RunEvent) -> String {
        switch event {
        case .started: "started"
        case .phase: "phase"
        case .action: "action"
        case .waiting: "waiting"
        case .found: "found"
        case .note: "note"
        case .finished: "finished"
        }
    }

    private static func members(_ event: RunEvent) -> [JSONValue.Member] {
        switch event {
        case .started(let id, let scenario, let cluster, let lab, let headerNotes):
            [
                .init("schema", .string(schema)), .init("id", .string(id)), .init("scenario", .string(scenario)),
                .init("cluster", cluster.map { .string($0) } ?? .null), .init("isLab", .bool(lab != nil)),
                .init("lab", lab.map { .string($0.rawValue) } ?? .null),
                .init("headerNotes", .array(headerNotes.map(JSONValue.string))),
            ]
        case .phase(let name): [.init("phase", .string(name))]
        case .action(let text): [.init("action", .string(text))]
        case .waiting(let what, let lastSeen, let elapsed, let deadline):
            [
                .init("what", .string(what)), .init("lastSeen", .string(lastSeen)),
                .init("elapsedSeconds", .number(elapsed.secondsText)), .init("deadlineSeconds", .number(deadline.secondsText)),
            ]
        case .found(let finding): [.init("finding", JSONReport.finding(finding))]
        case .note(let note): [.init("note", JSONReport.note(note))]
        case .finished(let record): [.init("run", JSONReport.value(record))]
        }
    }
}
