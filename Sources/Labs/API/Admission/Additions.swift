internal import Facts

/// What the server itself, and its controllers, put on a new object.
///
/// - Source: objects in the recordings whose fields are in nobody's `managedFields`.
struct Additions {
    let kind: ResourceKind
    /// For conditions that are set at once.
    let time: String
    /// For the volume with the pod's token.
    let suffix: String

    func make(to object: inout JSONValue) {
        switch kind {
        case .pods: PodAdditions(suffix: suffix).make(to: &object)
        case .namespaces:
            object.setDefault("spec", "finalizers", to: ["kubernetes"])
            object.setDefault("status", "phase", to: "Active")
        case .customResourceDefinitions: establish(&object)
        default: break
        }
    }

    /// A definition is established at once here.
    private func establish(_ object: inout JSONValue) {
        guard (object.value(at: "status", "conditions")?.elements ?? []).isEmpty else { return }
        func condition(_ type: String, _ reason: String, _ message: String) -> JSONValue {
            [
                "type": .string(type), "status": "True", "lastTransitionTime": .string(time), "reason": .string(reason),
                "message": .string(message),
            ]
        }
        object.set(
            "status", "conditions",
            to: [
                condition("NamesAccepted", "NoConflicts", "no conflicts found"),
                condition("Established", "InitialNamesAccepted", "the initial names have been accepted"),
            ])
        object.set("status", "acceptedNames", to: object.value(at: "spec", "names") ?? [:])
        let stored = (object.value(at: "spec", "versions")?.elements ?? []).filter { $0["storage"] == true }
        object.set("status", "storedVersions", to: .array(stored.compactMap { $0["name"] }))
    }
}
