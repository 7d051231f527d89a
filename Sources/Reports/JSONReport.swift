package import Facts
package import Verdicts

/// A run as `run.json`: every key always there, null where there is nothing to say, times to the millisecond. The schema is
/// `fixtures/schemas/run.v1.schema.json`; a key is added within a version, changed or taken away only with a new one.
package enum JSONReport {
    /// The value of the key `schema`.
    package static let schema = "plumbline.run/v1"

    /// The file's text, ended by a line feed.
    package static func text(_ record: RunRecord) -> String { value(record).prettyText + "\n" }

    package static func value(_ record: RunRecord) -> JSONValue {
        let status = record.exitStatus
        return [
            "schema": .string(schema),
            "id": .string(record.id),
            "scenario": .string(record.scenario),
            "scenarioFile": .string(record.scenarioFile),
            "toolVersion": .string(record.toolVersion),
            "cluster": optional(record.cluster),
            "isLab": .bool(record.lab != nil), "lab": record.lab.map { .string($0.rawValue) } ?? .null,
            "headerNotes": .array(record.headerNotes.map(JSONValue.string)),
            "started": .string(record.started.description),
            "ended": .string(record.ended.description),
            "seconds": .number(record.ended.since(record.started).secondsText),
            "ending": .string(record.ending.rawValue),
            "stopReason": optional(record.stopReason),
            "exitCode": .integer(status.rawValue),
            "verdict": .string(status.word),
            "counts": counts(VerdictCounts(record)),
            "findings": .array(record.findings.map(finding)),
            "chains": .array(record.chains.map(chain)),
            "diagnoses": .array(record.diagnoses.map(diagnosis)),
            "notes": .array(record.notes.map(note)),
            "created": .array(record.created.map(created)),
            "kept": .bool(record.kept),
            "evidence": .array(
                record.evidence.sorted { $0.id < $1.id }.map { ["id": .integer($0.id.number), "path": .string($0.path)] }),
        ]
    }

    static func finding(_ finding: Finding) -> JSONValue {
        [
            "check": .string(finding.key.check.text),
            "subject": subject(finding.key.subject),
            "title": .string(finding.title),
            "verdict": .string(finding.verdict.rawValue),
            "sentence": .string(finding.sentence),
            "judgement": finding.judgement.map(judgement) ?? .null,
            "blockedBy": .array(finding.blockedBy.map(key)),
            "skipReason": optional(finding.skipReason),
            "moment": .string(finding.moment.rawValue),
            "seconds": .number(finding.duration.secondsText),
            "attempts": .integer(finding.attempts),
            "isPrerequisite": .bool(finding.isPrerequisite),
            "location": optional(finding.location),
        ]
    }

    static func note(_ note: Note) -> JSONValue { ["code": .string(note.code), "sentence": .string(note.sentence)] }

    private static func judgement(_ judgement: Judgement) -> JSONValue {
        [
            "verdict": .string(judgement.verdict.rawValue),
            "code": .string(judgement.code),
            "sentence": .string(judgement.sentence),
            "expected": optional(judgement.expected),
            "seen": optional(judgement.seen),
            "next": optional(judgement.next),
            "notes": .array(judgement.notes.map(note)),
            "evidence": evidence(judgement.evidence),
            "mayChange": .bool(judgement.mayChange),
        ]
    }

    private static func key(_ key: Finding.Key) -> JSONValue {
        ["check": .string(key.check.text), "subject": subject(key.subject)]
    }

    /// A pod's namespace stands apart; a NAD's name is `namespace/name`, as scenarios write it.
    private static func subject(_ subject: Subject) -> JSONValue {
        var namespace: String?
        var name = subject.description
        if case .pod(let reference) = subject {
            namespace = reference.namespace
            name = reference.name
        }
        return ["kind": .string(subject.kind), "namespace": optional(namespace), "name": .string(name)]
    }

    private static func chain(_ chain: PodChain) -> JSONValue {
        [
            "namespace": .string(chain.pod.namespace),
            "pod": .string(chain.pod.name),
            "node": optional(chain.node?.text),
            "interface": optional(chain.interface?.printed),
            "address": optional(chain.address?.description),
            "mac": optional(chain.mac?.description),
            "pf": optional(chain.pf?.printed),
            "vf": chain.vfIndex.map { .integer($0) } ?? .null,
            "pciAddress": optional(chain.pciAddress?.description),
            "vlanId": chain.vlan.map { .integer($0.number) } ?? .null,
            "device": optional(chain.device?.text),
            "port": optional(chain.port?.printed),
            "links": .array(
                chain.links.map {
                    [
                        "witness": .string($0.witness), "text": .string($0.text), "verdict": .string($0.verdict.rawValue),
                    ]
                }),
        ]
    }

    private static func diagnosis(_ diagnosis: Diagnosis) -> JSONValue {
        [
            "code": .string(diagnosis.code),
            "cause": key(diagnosis.cause),
            "sentence": .string(diagnosis.sentence),
            "ruledOut": .array(diagnosis.ruledOut.map(JSONValue.string)),
            "next": optional(diagnosis.next),
            "consequences": .array(diagnosis.consequences.map(key)),
            "evidence": evidence(diagnosis.evidence),
        ]
    }

    private static func created(_ created: RunRecord.CreatedObject) -> JSONValue {
        let members: [JSONValue.Member] = [
            .init("kind", .string(created.object.kind)),
            .init("namespace", optional(created.object.namespace)),
            .init("name", .string(created.object.name)),
            .init("uid", optional(created.object.uid)),
            .init("verifiedGone", .bool(created.verifiedGone)),
        ]
        return .object(members + (created.reason.map { [JSONValue.Member("reason", .string($0))] } ?? []))
    }

    private static func counts(_ counts: VerdictCounts) -> JSONValue {
        [
            "pass": .integer(counts.passed), "fail": .integer(counts.failed), "inconclusive": .integer(counts.inconclusive),
            "skipped": .integer(counts.skipped), "notes": .integer(counts.notes),
        ]
    }

    private static func evidence(_ ids: [EvidenceID]) -> JSONValue { .array(ids.map { .integer($0.number) }) }

    private static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}
