import Documents
import Facts
import Foundation
import Scenarios
import Testing

/// Whatever is done to a scenario, it is either in order or told what is wrong, at a place in one of its files.
struct MutationTests {
    private static let files = [
        "scenarios/vlan-201.yaml", "scenarios/vlan-201-manifests.yaml", "fixtures/schemas/scenario.example.yaml",
    ]
    private static let manifests = [
        "scenarios/manifests/sriov-nad-201.yaml", "scenarios/manifests/sriov-pod-201-1.yaml",
    ]
    private static let schema = SchemaValidator(root: ScenarioSchema.json(knownChecks: testChecks))
    private static let values: [JSONValue] = [
        .null, true, 1, 99_999, "", "on", "a b\nc", "10.1.0.2", [], ["x": "y"], ["x"],
    ]

    private func load(_ path: String, _ text: String, replacing other: String? = nil, with otherText: String = "") -> Result<
        LoadedScenario, ProblemList
    > {
        Scenario.load(file: path, text: text, options: .init(knownChecks: testChecks)) { asked throws(UnreadableFile) in
            asked == other ? otherText : try Repository.text(asked)
        }
    }

    /// Every problem points into a text that was read; nil problems: the scenario is in order.
    @discardableResult
    private func look(_ result: Result<LoadedScenario, ProblemList>, _ what: String) -> [Problem] {
        guard case .failure(let list) = result else { return [] }
        #expect(!list.problems.isEmpty, "\(what): refused without a reason")
        for problem in list.problems {
            #expect(problem.mark.line >= 1 && problem.mark.column >= 1, "\(what): \(problem)")
            #expect(!problem.sentence.isEmpty && !problem.sentence.contains("\n"), "\(what): \(problem)")
            #expect(problem.sourceLine != nil, "\(what): \(problem)")
        }
        return list.problems
    }

    private func tree(_ path: String) throws -> JSONValue {
        JSONValue(try DocumentFile(file: path, text: try Repository.text(path)).only())
    }

    @Test(
        "Every value in turn is taken out or replaced; the schema is no stricter than the reader, and the reader than it",
        arguments: files)
    func values(path: String) throws {
        let tree = try tree(path)
        let isOverlay = tree["extends"] != nil
        for (number, step) in tree.paths.enumerated() {
            // Of the long example each place has some of the values, in turn.
            let values = isOverlay ? (0..<4).map { Self.values[(number * 4 + $0) % Self.values.count] } : Self.values
            for value in [nil] + values {
                let what = "\(path) with \(value as Any) at \(step)"
                let text = tree.changing(step) { _ in value }.prettyText
                let file = DocumentFile(file: path, text: text)
                let misfits = Self.schema.misfits(try file.only())
                let problems = look(load(path, text), what)
                if problems.isEmpty { #expect(misfits == [], "\(what)") }
                // What an overlay says may be taken from what it extends, and a null takes away.
                if !misfits.isEmpty, !isOverlay { #expect(!problems.isEmpty, "\(what): \(misfits)") }
            }
        }
    }

    @Test("Every key in turn is misspelt, and that is told at the key", arguments: files)
    func misspelt(path: String) throws {
        let tree = try tree(path)
        let free: Set<String> = ["labels", "nodeSelector"]
        for step in tree.paths {
            guard case .key(let key)? = step.last, !step.dropLast().contains(where: { free.contains($0.name) }) else { continue }
            let text = tree.renaming(step, to: key + "q").prettyText
            let problems = look(load(path, text), "\(path) with \(key)q")
            let lines = text.split(separator: "\n")
            #expect(
                problems.contains { problem in
                    problem.sentence.contains("'\(key)q'") && problem.mark.file == path
                        && lines[problem.mark.line - 1].contains("\"\(key)q\"")
                        || problem.code == "missing-key" && step.count == 1
                }, "\(path) with \(key)q: \(problems)")
        }
    }

    @Test("Every value of a manifest in turn is taken out or replaced by something else", arguments: manifests)
    func manifestValues(path: String) throws {
        let scenario = "scenarios/vlan-201-manifests.yaml"
        let text = try Repository.text(scenario)
        let tree = try tree(path)
        for step in tree.paths {
            for value in [nil] + Self.values {
                let changed = tree.changing(step) { _ in value }.prettyText
                look(load(scenario, text, replacing: path, with: changed), "\(path) with \(value as Any) at \(step)")
            }
        }
    }

    @Test("Every value inside the NAD's configuration likewise")
    func configurationValues() throws {
        let scenario = "scenarios/vlan-201-manifests.yaml"
        let text = try Repository.text(scenario)
        let path = "scenarios/manifests/sriov-nad-201.yaml"
        let nad = try tree(path)
        let config = try JSONValue(parsing: nad["spec"]?["config"]?.text ?? "")
        for step in config.paths {
            for value in [nil] + Self.values {
                let inner = JSONValue.string(config.changing(step) { _ in value }.prettyText)
                let changed = nad.changing([.key("spec"), .key("config")]) { _ in inner }.prettyText
                look(load(scenario, text, replacing: path, with: changed), "config with \(value as Any) at \(step)")
            }
        }
    }

    @Test("Lines are dropped, doubled, swapped and cut, and letters fall in between", arguments: files + manifests)
    func letters(path: String) throws {
        var random = SplitMix(seed: 0x2011)
        let scenario = Self.manifests.contains(path) ? "scenarios/vlan-201-manifests.yaml" : path
        let whole = try Repository.text(path)
        let scenarioText = try Repository.text(scenario)
        let letters: [Unicode.Scalar] = [
            ":", "-", "{", "}", "[", "]", "\"", "'", "#", "&", "*", "!", "|", ">", "%", "@", "`", ",", "?", " ", "\t", "\n", "\r",
            "\0", "\u{85}",
            "\u{feff}", "\u{e000}", "é", "😀", "0", "<",
        ]
        for round in 0..<300 {
            var scalars = Array(whole.unicodeScalars)
            for _ in 0...random.below(3) {
                let index = random.below(scalars.count)
                switch random.below(4) {
                case 0: scalars.remove(at: index)
                case 1: scalars.insert(letters[random.below(letters.count)], at: index)
                case 2: scalars[index] = letters[random.below(letters.count)]
                default: scalars.removeSubrange(index..<min(scalars.count, index + random.below(60)))
                }
                if scalars.isEmpty { scalars = ["x"] }
            }
            let text = String(String.UnicodeScalarView(scalars))
            let result = path == scenario ? load(path, text) : load(scenario, scenarioText, replacing: path, with: text)
            look(result, "\(path), round \(round)")
        }
    }
}

extension TreeStep {
    /// The key's name; empty for a position.
    var name: String {
        if case .key(let name) = self { return name }
        return ""
    }
}

/// A random sequence that is the same on every machine.
struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// 0..<limit; 0 when the limit is 0.
    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return limit > 0 ? Int((mixed ^ (mixed >> 31)) % UInt64(limit)) : 0
    }
}
