internal import Facts

extension JournalEntry {
    /// One line without its line feed.
    func line(at time: Timestamp) -> String {
        let head: [JSONValue.Member] = [.init("entry", .string(name)), .init("time", .string(time.description))]
        return JSONValue.object(head + members).compactText
    }

    private var name: String {
        switch self {
        case .runStarted: "run-started"
        case .intent: "intent"
        case .created: "created"
        case .notCreated: "not-created"
        case .deleted: "deleted"
        case .verifiedGone: "verified-gone"
        case .finished: "finished"
        }
    }

    private var members: [JSONValue.Member] {
        switch self {
        case .runStarted(let start): start.members
        case .intent(let object): object.members
        case .created(let object, let uid): object.members + [.init("uid", .string(uid))]
        case .notCreated(let object, let reason): object.members + [.init("reason", .string(reason))]
        case .deleted(let object, let uid): object.members + [.init("uid", .string(uid))]
        case .verifiedGone(let object, let uid): object.members + [.init("uid", uid.map { .string($0) } ?? .null)]
        case .finished(let exitCode): [.init("exitCode", .integer(exitCode))]
        }
    }

    /// - Returns: nil for anything that is not a whole entry of ours.
    init?(_ value: JSONValue) {
        if let entry = Self.aboutTheRun(value) ?? Self.aboutAnObject(value) {
            self = entry
        } else {
            return nil
        }
    }

    /// Nil when the value is none of the entries about the whole run.
    private static func aboutTheRun(_ value: JSONValue) -> JournalEntry? {
        switch value["entry"]?.text {
        case "run-started": RunStart(value).map(JournalEntry.runStarted)
        case "finished": (value["exitCode"]?.int).flatMap(Int32.init(exactly:)).map(JournalEntry.finished)
        default: nil
        }
    }

    /// Nil when the value is none of the entries about an object, or lacks what such an entry has.
    private static func aboutAnObject(_ value: JSONValue) -> JournalEntry? {
        guard let object = JournalObject(value) else { return nil }
        let uid = value["uid"]?.text
        switch value["entry"]?.text {
        case "intent": return .intent(object)
        case "created": return uid.map { .created(object, uid: $0) }
        case "not-created": return .notCreated(object, reason: value["reason"]?.text ?? "")
        case "deleted": return uid.map { .deleted(object, uid: $0) }
        case "verified-gone": return .verifiedGone(object, uid: uid)
        default: return nil
        }
    }

    static func time(_ value: JSONValue) -> Timestamp? { (value["time"]?.text).flatMap { Timestamp($0) } }
}

extension JournalObject {
    fileprivate var members: [JSONValue.Member] {
        [
            .init("apiVersion", .string(apiVersion)), .init("kind", .string(kind)), .init("resource", .string(resource)),
            .init("namespace", namespace.map { .string($0) } ?? .null), .init("name", .string(name)),
        ]
    }

    fileprivate init?(_ value: JSONValue) {
        guard let apiVersion = value["apiVersion"]?.text, let kind = value["kind"]?.text, let resource = value["resource"]?.text,
            let name = value["name"]?.text
        else { return nil }
        self.init(apiVersion: apiVersion, kind: kind, resource: resource, namespace: value["namespace"]?.text, name: name)
    }
}

extension RunStart {
    fileprivate var members: [JSONValue.Member] {
        func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
        return [
            .init("schema", "plumbline.journal/v1"), .init("id", .string(id)), .init("scenario", .string(scenario)),
            .init("scenarioFile", .string(scenarioFile)), .init("toolVersion", .string(toolVersion)),
            .init("server", optional(server)), .init("context", optional(context)), .init("namespace", optional(namespace)),
            .init("kubeconfigs", .array(kubeconfigs.map(JSONValue.string))), .init("sshConfig", optional(sshConfig)),
            .init("workingDirectory", optional(workingDirectory)), .init("keeps", .bool(keeps)),
        ]
    }

    fileprivate init?(_ value: JSONValue) {
        guard value["schema"]?.text == "plumbline.journal/v1", let id = value["id"]?.text,
            let scenario = value["scenario"]?.text, let scenarioFile = value["scenarioFile"]?.text,
            let toolVersion = value["toolVersion"]?.text
        else { return nil }
        self.init(
            id: id, scenario: scenario, scenarioFile: scenarioFile, toolVersion: toolVersion, server: value["server"]?.text,
            context: value["context"]?.text, namespace: value["namespace"]?.text,
            kubeconfigs: value["kubeconfigs"]?.elements?.compactMap(\.text) ?? [], sshConfig: value["sshConfig"]?.text,
            workingDirectory: value["workingDirectory"]?.text, keeps: value["keeps"]?.bool ?? false)
    }
}
