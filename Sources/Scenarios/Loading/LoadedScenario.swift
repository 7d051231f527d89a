package import Documents

/// What comes of reading a scenario that is in order.
package struct LoadedScenario: Hashable, Sendable {
    package let scenario: Scenario
    /// Sorted by place.
    package let notes: [ScenarioNote]
}

/// Why a file that a scenario names could not be had.
package struct UnreadableFile: Error, Hashable, Sendable {
    /// To follow "could not be read:", such as `No such file or directory`.
    package let reason: String

    package init(reason: String) { self.reason = reason }
}

/// What a scenario is read with besides its text.
package struct ScenarioOptions: Hashable, Sendable {
    /// `--namespace`; counts before the scenario's own. Nil when not given.
    package var namespace: String?
    /// The kubeconfig context's namespace, else `default`; counts where neither the command line nor the scenario says one.
    package var fallbackNamespace: String
    /// The ids of all checks there are. Empty: ids are not looked at beyond their form.
    package var knownChecks: [String]

    package init(namespace: String? = nil, fallbackNamespace: String = "default", knownChecks: [String] = []) {
        self.namespace = namespace
        self.fallbackNamespace = fallbackNamespace
        self.knownChecks = knownChecks
    }
}

extension Scenario {
    /// Reads a scenario with all that it extends and all manifests that it names.
    ///
    /// - Parameters:
    ///   - file: how the operator names it; paths inside are relative to it.
    ///   - text: its text.
    ///   - reading: gives the text of another file by its path, or says why it cannot.
    /// - Returns: the resolved scenario with its notes, or everything that is wrong, in every file, sorted by place.
    package static func load(
        file: String, text: String, options: ScenarioOptions = ScenarioOptions(),
        reading: (_ path: String) throws(UnreadableFile) -> String
    ) -> Result<LoadedScenario, ProblemList> {
        withoutActuallyEscaping(reading) { reading in
            let loader = ScenarioLoader(options: options, reading: reading)
            let scenario = loader.load(file: file, text: text)
            guard let scenario, loader.ledger.isClean else { return .failure(ProblemList(loader.ledger.problems)) }
            return .success(LoadedScenario(scenario: scenario, notes: loader.draft.notes))
        }
    }
}
