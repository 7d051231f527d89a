internal import Documents
internal import Facts

/// A kind of object that a scenario may name by a manifest.
enum ManifestKind: Sendable {
    case pod
    case networkAttachmentDefinition

    var kind: String {
        switch self {
        case .pod: "Pod"
        case .networkAttachmentDefinition: "NetworkAttachmentDefinition"
        }
    }

    var apiVersion: String {
        switch self {
        case .pod: "v1"
        case .networkAttachmentDefinition: "k8s.cni.cncf.io/v1"
        }
    }
}

/// One object of a manifest file.
struct ManifestObject {
    let node: DocumentNode
    let source: SourceText
    let kind: ManifestKind

    var name: DocumentNode? { node["metadata"]?["name"] }
    var namespace: DocumentNode? { node["metadata"]?["namespace"] }

    func annotation(_ key: String) -> DocumentNode? { node["metadata"]?["annotations"]?[key] }
}

/// Finds the object that an entry of a scenario means in the file that it names.
struct ManifestFinder {
    let draft: Draft
    let files: ScenarioFiles

    /// - Parameters:
    ///   - path: as written at `mark`.
    ///   - name: which object, where the entry says it.
    ///   - namespace: likewise.
    /// - Returns: the object, with a name; nil when there is none or no single one, which is reported.
    func object(_ kind: ManifestKind, path: String, namedAt mark: Mark, name: String?, namespace: String?) -> ManifestObject? {
        let path = RelativePath.resolve(path, from: mark.file)
        guard let file = files.file(path, namedAt: mark) else { return nil }
        let objects = file.documents.filter { $0["kind"]?.text == kind.kind }
            .map { ManifestObject(node: $0, source: file.source, kind: kind) }
        if objects.isEmpty {
            // A file that is not YAML has been reported at its own place.
            if file.problems.isEmpty || !file.documents.isEmpty { reportNone(kind, in: file, at: mark) }
            return nil
        }
        let matching = objects.filter { object in
            (name == nil || object.name?.text == name)
                && (namespace == nil || object.namespace.map { $0.text == namespace } ?? true)
        }
        guard let object = matching.first, matching.count == 1 else {
            reportChoice(kind, objects, matching: matching.count, name: name, in: path, at: mark)
            return nil
        }
        return isNamed(object) ? object : nil
    }

    private func reportNone(_ kind: ManifestKind, in file: DocumentFile, at mark: Mark) {
        let kinds = file.documents.map { $0["kind"]?.text ?? "an object without a kind" }
        let seen = kinds.isEmpty ? "it is empty" : "it holds \(kinds.joined(separator: ", "))"
        draft.report("manifest-kind", at: mark, "\(file.source.file) holds no \(kind.kind); \(seen)")
    }

    private func reportChoice(
        _ kind: ManifestKind, _ objects: [ManifestObject], matching: Int, name: String?, in path: String, at mark: Mark
    ) {
        let names = objects.map { $0.name?.text ?? "(without a name)" }
        let known = names.joined(separator: ", ")
        if matching > 1 {
            let sentence = "\(path) holds \(matching) objects of the kind \(kind.kind) that could be meant: \(known)"
            draft.report("manifest-choice", at: mark, sentence, suggestion: "say which by 'name'")
        } else {
            draft.report(
                "reference", at: mark, "\(path) holds no \(kind.kind) '\(name ?? "")' as this entry asks; it has \(known)",
                suggestion: name.flatMap { Spelling.suggestion(for: $0, among: names) })
        }
    }

    private func isNamed(_ object: ManifestObject) -> Bool {
        if let version = object.node["apiVersion"], version.text != object.kind.apiVersion {
            draft.report(
                "manifest", at: version.mark,
                "a \(object.kind.kind) has the apiVersion '\(object.kind.apiVersion)'; \(version.kind) was seen")
        } else if object.node["apiVersion"] == nil {
            draft.report(
                "manifest", at: object.node.mark, "this \(object.kind.kind) has no apiVersion: \(object.kind.apiVersion)")
        }
        guard let name = object.name, let text = name.text, CharacterRules.isSubdomain(text) else {
            draft.report(
                "manifest", at: object.name?.mark ?? object.node.mark,
                "a \(object.kind.kind) needs a name of lower case letters, digits, '-' and '.' under metadata")
            return false
        }
        if let namespace = object.namespace, !CharacterRules.isLabel(namespace.text ?? "") {
            draft.report("manifest", at: namespace.mark, "a namespace's name is expected here; \(namespace.kind) was seen")
            return false
        }
        return true
    }
}
