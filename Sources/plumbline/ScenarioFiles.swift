internal import ArgumentParser
internal import Checks
internal import Documents
internal import Foundation
internal import Scenarios

/// Reads scenarios from disk.
enum ScenarioFiles {
    /// - Throws: `ExitCode(64)` after the problems were printed to stderr, all of them.
    static func load(_ path: String, namespace: String?, fallbackNamespace: String) throws -> LoadedScenario {
        let options = ScenarioOptions(
            namespace: namespace, fallbackNamespace: fallbackNamespace, knownChecks: CheckCatalogue.ids.map { "\($0)" })
        let text: String
        do throws(UnreadableFile) {
            text = try read(path)
        } catch {
            Console.err(unreadable(path, error))
            throw ExitCode(64)
        }
        switch Scenario.load(file: path, text: text, options: options, reading: read) {
        case .success(let loaded): return loaded
        case .failure(let problems):
            Console.err("\(problems)\n")
            throw ExitCode(64)
        }
    }

    /// The sentence for a scenario that is not there or cannot be read, with what to type next.
    static func unreadable(_ path: String, _ error: UnreadableFile) -> String {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        let others = names.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted().map { folder + $0 }
        var next = "expected the path of a scenario file"
        if let near = Spelling.nearest(to: path, among: others) {
            next = "did you mean '\(near)'?"
        } else if !others.isEmpty {
            next += ", such as \(others.prefix(3).joined(separator: ", "))"
        }
        return "\(path): the scenario could not be read: \(error.reason); \(next)\n"
    }

    static func read(_ path: String) throws(UnreadableFile) -> String {
        guard let stream = fopen(path, "r") else { throw UnreadableFile(reason: String(cString: strerror(errno))) }
        fclose(stream)
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw UnreadableFile(reason: "it is a folder")
        }
        do {
            return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        } catch {
            // What could be opened and not read: a broken disk.
            throw UnreadableFile(reason: error.localizedDescription)
        }
    }
}
