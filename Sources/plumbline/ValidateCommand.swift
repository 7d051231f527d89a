internal import ArgumentParser
internal import Checks
internal import Documents
internal import Facts
internal import Scenarios
internal import Verdicts

struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Reads scenarios and says everything that is wrong with them; contacts nothing.",
        discussion: "Exit codes: 0 all are in order; 64 at least one is not.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        /// One JSON object a problem or note.
        case json
        /// Workflow commands that GitHub shows as annotations.
        case github
    }

    @Argument(help: "Scenario files.")
    var files: [String]

    @Option(name: [.customShort("n"), .long], help: "The namespace of objects that name none.")
    var namespace: String?

    @Option(name: [.customShort("o"), .long], help: "What stdout gets: text, json or github.")
    var output: Format = .text

    func run() throws {
        var isInOrder = true
        for file in files {
            let options = ScenarioOptions(namespace: namespace, knownChecks: CheckCatalogue.ids.map(\.description))
            let text: String
            do throws(UnreadableFile) {
                text = try ScenarioFiles.read(file)
            } catch {
                Console.err(ScenarioFiles.unreadable(file, error))
                isInOrder = false
                continue
            }
            switch Scenario.load(file: file, text: text, options: options, reading: ScenarioFiles.read) {
            case .success(let loaded):
                for note in loaded.notes { Console.out(line(note) + "\n") }
                if output == .text {
                    Console.out(
                        "\(file): in order: \(counted(loaded.scenario.nodes.count, "node")), "
                            + "\(counted(loaded.scenario.networks.count, "network")), \(counted(loaded.scenario.pods.count, "pod"))\n"
                    )
                }
            case .failure(let list):
                isInOrder = false
                for problem in list.problems { Console.out(line(problem) + "\n") }
                if output == .text { Console.err("\(file): \(counted(list.problems.count, "problem"))\n") }
            }
        }
        if !isInOrder { throw ExitCode(ExitStatus.usage.rawValue) }
    }

    private func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

    private func line(_ problem: Problem) -> String {
        switch output {
        case .text: "\(problem)"
        case .json: json("error", problem.code, problem.mark, problem.sentence, suggestion: problem.suggestion)
        case .github:
            github("error", problem.mark, problem.code, problem.sentence + (problem.suggestion.map { " (\($0))" } ?? ""))
        }
    }

    private func line(_ note: ScenarioNote) -> String {
        switch output {
        case .text: "\(note)"
        case .json: json("note", note.code, note.mark, note.sentence, suggestion: nil)
        case .github: github("notice", note.mark, note.code, note.sentence)
        }
    }

    private func json(_ severity: String, _ code: String, _ mark: Mark, _ sentence: String, suggestion: String?) -> String {
        let value: JSONValue = [
            "severity": .string(severity), "code": .string(code), "file": .string(mark.file), "line": .integer(mark.line),
            "column": .integer(mark.column), "sentence": .string(sentence), "suggestion": suggestion.map { .string($0) } ?? .null,
        ]
        return value.compactText
    }

    /// `%`, line ends, and in properties `:` and `,` mean something to GitHub and are escaped.
    private func github(_ level: String, _ mark: Mark, _ title: String, _ sentence: String) -> String {
        func escaped(_ text: String, property: Bool) -> String {
            text.map { character in
                switch character {
                case "%": "%25"
                case "\r": "%0D"
                case "\n": "%0A"
                case ":" where property: "%3A"
                case "," where property: "%2C"
                default: String(character)
                }
            }.joined()
        }
        return "::\(level) file=\(escaped(mark.file, property: true)),line=\(mark.line),col=\(mark.column),"
            + "title=\(escaped(title, property: true))::\(escaped(sentence, property: false))"
    }
}

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Prints the JSON Schema of scenarios, for editors.")

    func run() {
        Console.out(ScenarioSchema.json(knownChecks: CheckCatalogue.ids.map(\.description)).prettyText + "\n")
    }
}
