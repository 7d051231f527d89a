internal import ArgumentParser
internal import Checks
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
            Console.err("\(path): the scenario could not be read: \(error.reason)\n")
            throw ExitCode(64)
        }
        switch Scenario.load(file: path, text: text, options: options, reading: read) {
        case .success(let loaded): return loaded
        case .failure(let problems):
            Console.err("\(problems)\n")
            throw ExitCode(64)
        }
    }

    static func read(_ path: String) throws(UnreadableFile) -> String {
        guard let stream = fopen(path, "r") else { throw UnreadableFile(reason: String(cString: strerror(errno))) }
        fclose(stream)
        do {
            return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        } catch {
            // What could be opened and not read: a folder, a broken disk.
            throw UnreadableFile(reason: error.localizedDescription)
        }
    }
}
