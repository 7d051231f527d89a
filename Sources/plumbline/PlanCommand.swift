internal import ArgumentParser
internal import Checks
internal import Dialects
internal import Facts
internal import Plans
internal import Scenarios

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Says what a run would create, ask and wait for; contacts nothing.")

    @Argument(help: "A scenario file.")
    var file: String

    @Option(help: "Checks to run, as in run-scenario.")
    var only: String?

    @Option(name: [.customShort("n"), .long], help: "The namespace of objects that name none.")
    var namespace: String?

    func run() throws {
        let loaded = try ScenarioFiles.load(file, namespace: namespace, fallbackNamespace: "default")
        let selector = try only.map { text -> CheckSelector in
            do throws(CheckSelectorError) { return try CheckSelector(text) } catch { throw ValidationError(error.description) }
        }
        Console.out(PlanText(Plan(loaded.scenario, selector: selector)).text)
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
            lines.append("  Lease \(plan.scenario.namespace)/plumbline-\(plan.scenario.name)")
        }
        lines += plan.objects.map { object in
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
