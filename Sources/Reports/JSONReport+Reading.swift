package import Facts
package import Verdicts

extension JSONReport {
    /// The record in a `run.json` of this version. Times come back to the millisecond; what is derived (counts, exit code,
    /// sentences) is derived anew.
    ///
    /// - Throws: `RunDocumentError` naming the place, also for JSON that is cut off.
    package static func record(parsing text: String) throws(RunDocumentError) -> RunRecord {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: text)
        } catch {
            throw RunDocumentError(
                place: "line \(error.line), column \(error.column)", expected: error.expected, seen: "other text")
        }
        return try record(value)
    }

    package static func record(_ value: JSONValue) throws(RunDocumentError) -> RunRecord {
        let document = JSONCursor(value: value, place: "")
        let written = try document["schema"].text()
        guard written == schema else { throw document["schema"].mismatch("\"\(schema)\", the version that this build reads") }
        return RunRecord(
            id: try document["id"].text(), scenario: try document["scenario"].text(),
            scenarioFile: try document["scenarioFile"].text(), toolVersion: try document["toolVersion"].text(),
            cluster: try document["cluster"].optionalText(), lab: try labKind(document),
            headerNotes: try document["headerNotes"].array { cursor throws(RunDocumentError) in try cursor.text() },
            started: try time(document["started"]), ended: try time(document["ended"]),
            ending: try document["ending"].parsed("how the run ended") { RunRecord.Ending(rawValue: $0) },
            stopReason: try document["stopReason"].optionalText(), findings: try document["findings"].array(readFinding),
            chains: try document["chains"].array(readChain), diagnoses: try document["diagnoses"].array(readDiagnosis),
            notes: try document["notes"].array(readNote), created: try document["created"].array(readCreated),
            kept: try document["kept"].bool(), evidence: try document["evidence"].array(readEvidenceFile))
    }

    /// Documents from before there were emulated sites say `isLab` only.
    private static func labKind(_ document: JSONCursor) throws(RunDocumentError) -> LabKind? {
        guard try document["isLab"].bool() else { return nil }
        return try document["lab"].optional { cursor throws(RunDocumentError) in
            try cursor.parsed("simulated or emulated") { LabKind(rawValue: $0) }
        } ?? .simulated
    }

    private static func time(_ cursor: JSONCursor) throws(RunDocumentError) -> Timestamp {
        try cursor.parsed("an RFC 3339 time") { Timestamp($0) }
    }

    private static func verdict(_ cursor: JSONCursor) throws(RunDocumentError) -> Verdict {
        let known = Verdict.allCases.map(\.rawValue).joined(separator: ", ")
        return try cursor.parsed("one of \(known)") { Verdict(rawValue: $0) }
    }

    private static func readFinding(_ cursor: JSONCursor) throws(RunDocumentError) -> Finding {
        Finding(
            key: try readKey(cursor), title: try cursor["title"].text(), verdict: try verdict(cursor["verdict"]),
            judgement: try cursor["judgement"].optional(readJudgement), blockedBy: try cursor["blockedBy"].array(readKey),
            skipReason: try cursor["skipReason"].optionalText(),
            moment: try cursor["moment"].parsed("a moment") { Moment(rawValue: $0) },
            duration: try cursor["seconds"].duration(), attempts: try cursor["attempts"].int(),
            isPrerequisite: try cursor["isPrerequisite"].bool(), location: try cursor["location"].optionalText())
    }

    private static func readJudgement(_ cursor: JSONCursor) throws(RunDocumentError) -> Judgement {
        Judgement(
            try verdict(cursor["verdict"]), code: try cursor["code"].text(), sentence: try cursor["sentence"].text(),
            expected: try cursor["expected"].optionalText(), seen: try cursor["seen"].optionalText(),
            next: try cursor["next"].optionalText(), notes: try cursor["notes"].array(readNote),
            evidence: try cursor["evidence"].array(readEvidenceID), mayChange: try cursor["mayChange"].bool())
    }

    private static func readKey(_ cursor: JSONCursor) throws(RunDocumentError) -> Finding.Key {
        Finding.Key(check: CheckID(try cursor["check"].text()), subject: try readSubject(cursor["subject"]))
    }

    private static func readSubject(_ cursor: JSONCursor) throws(RunDocumentError) -> Subject {
        let name = try cursor["name"].text()
        switch try cursor["kind"].text() {
        case "cluster": return .cluster
        case "node": return .node(NodeName(name))
        case "network": return .network(name)
        case "device": return .device(DeviceName(name))
        case "pod": return .pod(PodReference(namespace: try cursor["namespace"].text(), name: name))
        default: throw cursor["kind"].mismatch("cluster, node, network, pod or device")
        }
    }

    private static func readChain(_ cursor: JSONCursor) throws(RunDocumentError) -> PodChain {
        var chain = PodChain(
            pod: PodReference(namespace: try cursor["namespace"].text(), name: try cursor["pod"].text()),
            node: try cursor["node"].optionalText().map { NodeName($0) },
            interface: try cursor["interface"].optionalText().map { InterfaceName($0) },
            pf: try cursor["pf"].optionalText().map { InterfaceName($0) },
            device: try cursor["device"].optionalText().map { DeviceName($0) },
            port: try cursor["port"].optionalText().map { InterfaceName($0) })
        chain.address = try cursor["address"].optional { value throws(RunDocumentError) in
            try value.parsed("an IP address") { IPAddress($0) }
        }
        chain.mac = try cursor["mac"].optional { value throws(RunDocumentError) in
            try value.parsed("a MAC address") { MACAddress($0) }
        }
        chain.pciAddress = try cursor["pciAddress"].optional { value throws(RunDocumentError) in
            try value.parsed("a PCI address") { PCIAddress($0) }
        }
        chain.vfIndex = try cursor["vf"].optional { value throws(RunDocumentError) in try value.int() }
        chain.vlan = try cursor["vlanId"].optional { value throws(RunDocumentError) in
            guard let vlan = VLANID(try value.int()) else { throw value.mismatch("a VLAN id") }
            return vlan
        }
        chain.links = try cursor["links"].array { link throws(RunDocumentError) in
            PodChain.Link(
                witness: try link["witness"].text(), text: try link["text"].text(), verdict: try verdict(link["verdict"]))
        }
        return chain
    }

    private static func readDiagnosis(_ cursor: JSONCursor) throws(RunDocumentError) -> Diagnosis {
        Diagnosis(
            code: try cursor["code"].text(), cause: try readKey(cursor["cause"]), sentence: try cursor["sentence"].text(),
            ruledOut: try cursor["ruledOut"].array { sentence throws(RunDocumentError) in try sentence.text() },
            next: try cursor["next"].optionalText(), consequences: try cursor["consequences"].array(readKey),
            evidence: try cursor["evidence"].array(readEvidenceID))
    }

    private static func readNote(_ cursor: JSONCursor) throws(RunDocumentError) -> Note {
        Note(code: try cursor["code"].text(), sentence: try cursor["sentence"].text())
    }

    private static func readCreated(_ cursor: JSONCursor) throws(RunDocumentError) -> RunRecord.CreatedObject {
        let object = ObjectReference(
            kind: try cursor["kind"].text(), namespace: try cursor["namespace"].optionalText(), name: try cursor["name"].text(),
            uid: try cursor["uid"].optionalText())
        return .init(object: object, verifiedGone: try cursor["verifiedGone"].bool(), reason: try cursor["reason"].optionalText())
    }

    private static func readEvidenceID(_ cursor: JSONCursor) throws(RunDocumentError) -> EvidenceID {
        EvidenceID(try cursor.int())
    }

    private static func readEvidenceFile(_ cursor: JSONCursor) throws(RunDocumentError) -> RunRecord.EvidenceFile {
        .init(id: EvidenceID(try cursor["id"].int()), path: try cursor["path"].text())
    }
}
