internal import ArgumentParser
internal import Checks
internal import Dialects
internal import Facts
internal import Kubernetes
internal import Plans
internal import Runs
internal import Scenarios
internal import Transports
internal import Verdicts

struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Says what a run would create, ask and wait for; contacts nothing without --live.",
        discussion: """
            With --live the cluster is asked which rights there are, and is given every object as a dry run: what would be \
            refused and by whom, and what admission would change. Nothing is created.
            Exit codes: 0; with --live 3 when something is missing, refused or could not be asked.
            """)

    @Argument(help: "A scenario file.")
    var file: String

    @Option(help: "Checks to run, as in run-scenario.")
    var only: String?

    @Flag(help: "Ask the cluster too, by dry run.")
    var live = false

    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        let access = live ? try resolved() : nil
        let loaded = try ScenarioFiles.load(
            file, namespace: connection.namespace, fallbackNamespace: access?.namespace ?? "default")
        let selector = try only.map { text -> CheckSelector in
            do throws(CheckSelectorError) { return try CheckSelector(text) } catch { throw ValidationError(error.description) }
        }
        let plan = Plan(loaded.scenario, selector: selector)
        Console.out(PlanText(plan).text)
        guard let access else { return }
        let now: @Sendable () -> Timestamp = { Timestamp(nanoseconds: Console.nanosecondsNow()) }
        let client = KubernetesClient(access: access, engine: try HTTPEngine(), now: now)
        let report = await Rehearsal(plan, cluster: client, now: now).run()
        Console.out(RehearsalText(report, server: access.server).text)
        if !report.isAccepted { throw ExitCode(ExitStatus.inconclusive.rawValue) }
    }

    private func resolved() throws -> ClusterAccess {
        do throws(KubernetesFailure) {
            return try connection.clusterSettings.resolve()
        } catch {
            Console.err("\(error)\n")
            throw ExitCode(ExitStatus.inconclusive.rawValue)
        }
    }
}

/// A plan for people to read.
struct PlanText {
    let plan: Plan
    init(_ plan: Plan) { self.plan = plan }

    var text: String {
        var lines = ["scenario \(plan.scenario.name), namespace \(plan.scenario.namespace)", ""]
        lines.append("creates, each with the label \(RunLabel.run)=<run>, and deletes again:")
        if plan.objects.isEmpty {
            lines.append("  nothing")
        } else {
            lines += plan.objectsWithLease(runID: "", time: "").map(\.reference).filter {
                ["Namespace", "Lease"].contains($0.kind)
            }
            .map { "  \($0)" }
        }
        lines += plan.objects.filter { $0.reference.kind != "Namespace" }.map { object in
            "  \(object.reference)" + (object.nodes.isEmpty ? "" : " on \(object.nodes.map(\.text).joined(separator: " or "))")
        }
        lines += plan.scenario.pods.compactMap { pod in
            pod.ephemeral.map {
                "  an ephemeral container (\($0.image)) in \(pod.reference), only where its own image lacks ip or ping"
            }
        }
        lines += ["", "steps:"] + plan.steps.map { "  " + Self.words($0) }
        lines += ["", "checks (\(plan.checks.count)):"]
        lines += plan.checks.map { planned in
            let wait = planned.eventually
            let part = planned.isPrerequisite ? " (prerequisite)" : ""
            return "  \(planned.check.key)\(part): \(type(of: planned.check).title); until \(wait.deadline), every \(wait.every)"
                + (wait.holdFor > .zero ? ", held for \(wait.holdFor)" : "")
        }
        lines += plan.deselected.map { "  \($0.check.key): left out, \($0.reason)" }
        lines += ["", "rights in the cluster (\(plan.rights.count)), which 'plumbline rbac' prints as roles:"]
        lines += plan.rights.map { needed in
            let names = needed.names.count > 5 ? needed.names.prefix(5) + ["…"] : needed.names[...]
            return "  \(needed.right)" + (names.isEmpty ? "" : " (\(names.joined(separator: ", ")))") + "  # \(needed.purpose)"
        }
        lines += ["", "commands that can be sent, and why each is free of side effects:"]
        lines += CommandCatalogue.all.filter(isUsed).map { form in
            "  \(form.host.rawValue) \(form.platform): \(form.text)  # \(form.purpose); \(form.sideEffects)"
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func isUsed(_ form: CommandForm) -> Bool {
        form.host != .device || plan.scenario.devices.contains { $0.platform.rawValue == form.platform }
    }

    private static func words(_ step: Step) -> String {
        switch step {
        case .observe(let moment): "look (\(moment.rawValue))"
        case .claim: "take the Lease, so that two runs of this scenario do not overlap"
        case .create: "create the objects, by POST"
        case .awaitPods(let wait): "wait until \(wait.condition), at most \(wait.deadline)"
        case .cleanUp(let wait): "delete what was created, by UID, and wait until \(wait.condition), at most \(wait.deadline)"
        }
    }
}
