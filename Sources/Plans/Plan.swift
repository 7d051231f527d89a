package import Checks
package import Facts
package import Scenarios
internal import Verdicts

/// What a run will do, as data: which checks, which objects, which steps in which order, how long each may wait.
package struct Plan: Sendable {
    /// A check with its part in the run.
    package struct PlannedCheck: Sendable {
        package let check: any Check
        /// It runs only because a selected check needs it.
        package let isPrerequisite: Bool
        package let eventually: Wait

        init(_ check: any Check, isPrerequisite: Bool, _ scenario: Scenario) {
            let id = type(of: check).id.text
            let eventually = scenario.eventually(id)
            self.check = check
            self.isPrerequisite = isPrerequisite
            self.eventually = Wait(
                condition: type(of: check).title, every: eventually.every, deadline: eventually.timeout,
                holdFor: scenario.holdFor(id))
        }
    }

    package let scenario: Scenario
    package let suite: CheckSuite
    /// In the order of the chain.
    package let checks: [PlannedCheck]
    /// Checks that the user or the scenario left out, with the reason.
    package let deselected: [(check: any Check, reason: String)]
    /// A namespace of the run's own first, then NADs, then pods, each in the scenario's order.
    package let objects: [PlannedObject]
    package let steps: [Step]
    /// What may be asked of the cluster's API, and what for.
    package let rights: [NeededRight]

    /// - Parameters:
    ///   - selector: `--only`; nil: all checks.
    ///   - creating: false for `preflight` and `observe`, which create nothing.
    package init(_ scenario: Scenario, selector: CheckSelector? = nil, mode: Mode = .run) {
        self.scenario = scenario
        let suite = CheckSuite(scenario)
        self.suite = suite
        var deselected: [(check: any Check, reason: String)] = []
        let offered = suite.checks.filter { check in
            guard let reason = Self.leftOut(type(of: check), scenario, mode) else { return true }
            deselected.append((check, reason))
            return false
        }
        let selected = offered.filter { selector?.selects($0) ?? true }
        let selectedKeys = Set(selected.map(\.key))
        let chosen = selectedKeys.union(CheckSelector.prerequisites(of: selected, among: offered))
        var checks = offered.filter { chosen.contains($0.key) }.map { check in
            PlannedCheck(check, isPrerequisite: !selectedKeys.contains(check.key), scenario)
        }
        deselected += offered.filter { !chosen.contains($0.key) }.map { ($0, "not selected by --only") }
        let needsPods = mode == .run && checks.contains { type(of: $0.check).moment != .baseline }
        objects = needsPods ? Self.objects(scenario) : []
        rights =
            mode == .preflight
            ? Plan(scenario, selector: selector).rights
            : RightsTable(scenario: scenario, objects: objects, checks: Set(checks.map { type(of: $0.check).id })).rights
        let review = RightsCheck(rights: rights, file: scenario.files.first ?? scenario.name)
        let isSelected = selector?.selects(review) ?? true
        if let reason = Self.leftOut(RightsCheck.self, scenario, mode) {
            deselected.insert((review, reason), at: 0)
        } else if !rights.isEmpty, isSelected || !objects.isEmpty {
            // Before anything is created it is asked in any case.
            checks.insert(PlannedCheck(review, isPrerequisite: !isSelected, scenario), at: 0)
        }
        self.checks = checks
        self.deselected = deselected
        steps = Self.steps(scenario, creating: !objects.isEmpty, moments: Set(checks.map { type(of: $0.check).moment }))
    }

    /// Why a check is not even offered to `--only`; nil when it is.
    private static func leftOut(_ check: any Check.Type, _ scenario: Scenario, _ mode: Mode) -> String? {
        scenario.selection(check.id.text)?.skip.map { "left out by the scenario: \($0)" } ?? mode.leavesOut(check.moment)
    }

    /// The namespace that the run makes for itself; nil when it uses those that are there.
    package var madeNamespace: String? { objects.first { $0.reference.kind == "Namespace" }?.reference.name }

    /// Everything that a run creates, in order: a namespace of its own first, then the Lease, then the rest.
    package func objectsWithLease(runID: String, time: String) -> [PlannedObject] {
        guard !objects.isEmpty else { return [] }
        let spaces = objects.filter { $0.reference.kind == "Namespace" }
        let lease = PlannedObject.lease(of: scenario, runID: runID, time: time)
        return spaces + [lease] + objects.filter { $0.reference.kind != "Namespace" }
    }

    private static func objects(_ scenario: Scenario) -> [PlannedObject] {
        let networks = scenario.networks.compactMap { network in
            network.manifest.map { PlannedObject(reference: network.reference.object, manifest: $0) }
        }
        let pods = scenario.pods.compactMap { pod in
            pod.manifest.map { manifest in
                PlannedObject(
                    reference: pod.reference.object, manifest: manifest,
                    nodes: pod.node.map { [$0] } ?? scenario.nodes.map(\.name))
            }
        }
        let space = scenario.namespaceManifest.map {
            PlannedObject(
                reference: ObjectReference(kind: "Namespace", namespace: nil, name: scenario.namespace), manifest: $0)
        }
        return (space.map { [$0] } ?? []) + networks + pods
    }

    private static func steps(_ scenario: Scenario, creating: Bool, moments: Set<Moment>) -> [Step] {
        var steps: [Step] = [.observe(.baseline)]
        if creating {
            steps += [
                .claim, .create,
                .awaitPods(Wait(condition: "every pod is Ready", every: .seconds(2), deadline: scenario.timeouts.podReady)),
            ]
        }
        if moments.contains(.plumbed) { steps.append(.observe(.plumbed)) }
        if creating {
            steps.append(
                .cleanUp(Wait(condition: "every object is gone", every: .seconds(1), deadline: scenario.timeouts.cleanup)))
        }
        if creating, moments.contains(.afterTeardown) { steps.append(.observe(.afterTeardown)) }
        return steps
    }

    /// What is asked at the baseline beside the checks' own needs: what teardown compares with, and the tables that show
    /// whether an address is already in use.
    package var baselineNeeds: [Need] {
        guard !objects.isEmpty else { return [] }
        var needs: [Need] = []
        for node in suite.nodes {
            needs += [
                Need(VFTableRequest(node: node.node, pf: node.pf), at: .baseline),
                Need(VFDevicesRequest(node: node.node, pf: node.pf), at: .baseline),
                Need(LinksRequest(node: node.node), at: .baseline),
            ]
            for uplink in node.uplinks { needs += suite.networks.map { Need($0.fdb(on: uplink.device), at: .baseline) } }
        }
        for gateway in suite.networks.compactMap(\.gateway) {
            guard let device = gateway.device else { continue }
            needs.append(
                gateway.address.isIPv4
                    ? Need(DeviceNeighboursRequest(device: device), at: .baseline)
                    : Need(DeviceIPv6NeighboursRequest(device: device), at: .baseline))
        }
        var seen: Set<Need> = []
        return needs.filter { seen.insert($0).inserted }
    }
}

/// What a command does of the whole.
package enum Mode: String, Hashable, Sendable {
    case run
    /// Only what can be asked before anything is made.
    case preflight
    /// Pods that already run; nothing is created or deleted.
    case observe

    /// Why checks of this moment are left out; nil when they run.
    func leavesOut(_ moment: Moment) -> String? {
        switch (self, moment) {
        case (.preflight, .plumbed), (.preflight, .afterTeardown): "preflight creates nothing to look at"
        case (.observe, .afterTeardown): "observe deletes nothing"
        default: nil
        }
    }
}

/// One step of a run.
package enum Step: Hashable, Sendable {
    /// Ask what the checks of this moment need, in rounds, until they are settled.
    case observe(Moment)
    /// Take the scenario's Lease, so that two runs of it do not overlap.
    case claim
    case create
    case awaitPods(Wait)
    case cleanUp(Wait)
}

/// A wait: for what, how often it is looked at, and when it is given up.
package struct Wait: Hashable, Sendable {
    /// A statement that becomes true: "every pod is Ready".
    package let condition: String
    /// From the start of one look to the start of the next.
    package let every: Duration
    package let deadline: Duration
    /// Once true it has to stay true for this long.
    package let holdFor: Duration

    package init(condition: String, every: Duration, deadline: Duration, holdFor: Duration = .zero) {
        self.condition = condition
        self.every = every
        self.deadline = deadline
        self.holdFor = holdFor
    }
}
