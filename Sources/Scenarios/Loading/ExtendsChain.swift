internal import Documents

/// Follows `extends` and lays each file over the one it extends.
struct ExtendsChain {
    private static let maximumLength = 8

    let files: ScenarioFiles
    let ledger: Ledger

    /// The merged document of a file; nil when it, or what it extends, is no scenario at all, which has been reported.
    func merged(_ file: DocumentFile, above: [String] = []) -> DocumentNode? {
        guard let root = document(of: file), SchemaVersion.check(root, ledger) else { return nil }
        guard let member = root.member(ScenarioKeys.extends.name), let path = member.value.text else { return root }
        let chain = above + [file.source.file]
        let base = RelativePath.resolve(path, from: file.source.file)
        guard !chain.contains(base) else {
            let loop = (chain.drop { $0 != base } + [base]).joined(separator: " → ")
            ledger.report("loop", at: member.value.mark, "a scenario cannot extend itself: \(loop)")
            return nil
        }
        guard chain.count < Self.maximumLength else {
            ledger.report("loop", at: member.value.mark, "more than \(Self.maximumLength) scenarios extend one another")
            return nil
        }
        guard let below = files.file(base, namedAt: member.value.mark).flatMap({ merged($0, above: chain) }) else { return nil }
        return Overlay.merged(below, under: root, as: .record(ScenarioKeys.shape))
    }

    private func document(of file: DocumentFile) -> DocumentNode? {
        let start = file.source.mark(line: 1, column: 1)
        guard let first = file.documents.first else {
            if file.problems.isEmpty { ledger.report("empty", at: start, "\(file.source.file) holds no scenario") }
            return nil
        }
        for (index, other) in file.documents.enumerated().dropFirst() {
            ledger.report(
                "documents", at: other.mark, "a scenario file holds one document; this is number \(index + 1)",
                suggestion: "give each scenario a file of its own")
        }
        return first
    }
}
