internal import Documents
internal import Facts

/// A pod is attached to something, by interfaces that are free to be named.
enum AttachmentRule: ScenarioRule {
    static func check(_ scenario: Scenario, _ draft: Draft) {
        for pod in scenario.pods where !pod.reference.name.isEmpty {
            if pod.attachments.isEmpty, !pod.places.has("attach") {
                let how = pod.places.has("manifest") ? "the annotation \(AnnotationKeys.networks)" : "'attach'"
                draft.report(
                    "no-attachment", at: pod.places["name"],
                    "pod '\(pod.reference.name)' asks for no network, so there is nothing to judge",
                    suggestion: "say its networks by \(how)")
            } else if pod.attachments.isEmpty, draft.ledger.isClean {
                draft.report(
                    "no-attachment", at: pod.places["attach"],
                    "pod '\(pod.reference.name)' is attached to no network of the scenario")
            }
            for attachment in pod.attachments where ["lo", "eth0"].contains(attachment.interface.printed) {
                draft.report(
                    "interface", at: attachment.places["interface"],
                    "'\(attachment.interface)' is taken in every pod; an attachment needs a name of its own",
                    suggestion: "write net1")
            }
        }
    }
}
