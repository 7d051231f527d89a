internal import Documents
internal import Foundation

/// One kubeconfig as written, with its place for relative paths and for sentences.
struct KubeconfigFile {
    let path: String
    let root: DocumentNode

    /// - Throws: `KubernetesFailure` when the file cannot be read or is no kubeconfig, with line and column.
    init(path: String) throws(KubernetesFailure) {
        let text = String(decoding: try LocalFile.read(path, what: "kubeconfig"), as: UTF8.self)
        try self.init(path: path, text: text)
    }

    init(path: String, text: String) throws(KubernetesFailure) {
        self.path = path
        let node: DocumentNode
        do throws(ProblemList) {
            node = try DocumentFile(file: path, text: text).only()
        } catch {
            throw .configuration("this kubeconfig cannot be read: \(error.problems.first?.headline ?? path)")
        }
        guard node.members != nil else {
            throw .configuration(
                "\(node.mark): expected a kubeconfig (a mapping with clusters, users and contexts), found \(node.kind)")
        }
        root = node
    }

    /// The entries of `clusters`, `users` or `contexts`: each a name and, under `key`, its content.
    func entries(_ list: String, _ key: String) -> [KubeconfigEntry] {
        (root[list]?.elements ?? []).compactMap { element in
            guard let name = element["name"]?.text, let content = element[key] else { return nil }
            return KubeconfigEntry(name: name, content: content, file: self)
        }
    }

    /// A path in the file is relative to the file's own folder.
    func resolve(_ other: String) -> String {
        if other.hasPrefix("/") { return other }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        return folder.appendingPathComponent(other).standardized.path
    }
}

/// One named cluster, user or context.
struct KubeconfigEntry {
    let name: String
    let content: DocumentNode
    let file: KubeconfigFile

    func text(_ key: String) -> String? {
        guard let text = content[key]?.text, !text.isEmpty else { return nil }
        return text
    }

    /// Bytes given inline as base64 (`KEY-data`), else in a file; the inline ones win, as in client-go.
    func bytes(_ key: String, what: String) throws(KubernetesFailure) -> [UInt8]? {
        if let inline = text(key + "-data") {
            guard let data = Data(base64Encoded: inline, options: .ignoreUnknownCharacters), !data.isEmpty else {
                throw .configuration(
                    "\(mark(key + "-data")): \(what) of '\(name)': expected base64 text, found something else")
            }
            return Array(data)
        }
        guard let path = text(key) else { return nil }
        return try LocalFile.read(file.resolve(path), what: "\(what) of '\(name)' in \(file.path)")
    }

    func mark(_ key: String) -> Mark { content[key]?.mark ?? content.mark }
}
