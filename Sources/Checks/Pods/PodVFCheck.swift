package import Facts
package import Verdicts

/// Fault 13: which VF the pod has, that it is one of the expected PF, and that no other pod has it too.
package struct PodVFCheck: Check {
    package static let id: CheckID = "pod.vf"
    package static let title = "the pod has a VF of the expected PF to itself"
    package static let moment = Moment.plumbed
    package static let blockedBy: [CheckID] = ["pod.deploy", "pod.netstatus", "pf.present", "vf.count"]

    let target: PodTarget
    /// All attachments of the scenario, to see that no two share a VF.
    let all: [PodTarget]
    package init(target: PodTarget, all: [PodTarget]) {
        self.target = target
        self.all = all
    }
    package var subject: Subject { target.subject }
    package var related: Set<Subject> { target.related }
    package var location: String? { target.location }

    package func needs(known facts: FactBook) -> [Need] { PodVF.needs(target, facts) }

    package func judge(_ facts: FactBook) throws(Judgement) -> Judgement {
        let identity = try PodVF.resolve(target, facts)
        let place = "VF \(identity.index) of \(identity.node) \(identity.pf)"
        let claims = PodVF.claims(target, facts)
        if let other = claims.dropFirst().first(where: { $0.1 != claims[0].1 }) {
            return Judgement(
                .fail, code: "VFWitnessesDisagree",
                sentence:
                    "\(target.pod.name): \(claims[0].0.rawValue) names \(claims[0].1), \(other.0.rawValue) names \(other.1)",
                expected: claims[0].1.description, seen: other.1.description,
                next:
                    "kubectl exec -n \(target.pod.namespace) \(target.pod.name) -- readlink -f /sys/class/net/\(target.interface)/device"
            )
        }
        for other in all where other != target {
            let sibling: PodVF
            do {
                sibling = try PodVF.resolve(other, facts)
            } catch { continue }
            if sibling.node == identity.node, sibling.pf == identity.pf, sibling.index == identity.index {
                return Judgement(
                    .fail, code: "VFShared",
                    sentence: "\(target.pod.name): \(place) is also that of \(other.pod.name) \(other.interface)",
                    expected: "a VF to itself", seen: "shared with \(other.pod.name)")
            }
        }
        let notes =
            identity.witness == .mac
            ? [
                Note(
                    code: "vf-by-mac",
                    sentence: "\(target.pod.name): its VF is known by its MAC only, which is the weakest witness")
            ] : []
        return Judgement(
            .pass, code: "VFFound",
            sentence:
                "\(target.pod.name): \(place)\(identity.pciAddress.map { " at \($0)" } ?? ""), named by \(identity.witness.rawValue)",
            expected: "a VF of \(identity.pf)", seen: "VF \(identity.index)", notes: notes)
    }
}
