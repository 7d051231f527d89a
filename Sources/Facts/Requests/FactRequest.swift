/// One question to one system, with a typed answer. Equal requests are the same question: it is asked once per moment.
package protocol FactRequest: Hashable, Sendable {
    associatedtype Answer: Sendable

    /// Stable and short, in kebab case; it names evidence files: `vf-table`.
    static var kind: String { get }

    /// Who is asked.
    var source: FactSource { get }

    /// What is asked, to be read after "no" or "asks for": `VF table of eno2`.
    var what: String { get }

    /// True when asking again within one moment would only bring the same answer: it is asked again only after it failed.
    static var isSteady: Bool { get }

    /// True for tables that fill by traffic: they are read after everything else of a round, pings above all.
    static var followsTraffic: Bool { get }
}

extension FactRequest {
    /// `worker1: VF table of eno2`.
    package var description: String { "\(source): \(what)" }
}

/// The system that a question goes to.
package enum FactSource: Hashable, Sendable, Comparable, CustomStringConvertible {
    case cluster
    case node(NodeName)
    case pod(PodReference)
    case device(DeviceName)

    package var description: String {
        switch self {
        case .cluster: "cluster"
        case .node(let name): name.text
        case .pod(let reference): "pod \(reference.name)"
        case .device(let name): name.text
        }
    }
}

/// When something was looked at. The same question may be asked at several moments.
package enum Moment: String, Hashable, Sendable, CaseIterable {
    /// Before anything was created.
    case baseline
    /// With the pods running, after traffic was sent.
    case plumbed
    /// After the pods were deleted and seen gone.
    case afterTeardown = "after-teardown"
}

/// A request of any kind together with its moment: what the book is keyed by.
package struct Need: Hashable, Sendable {
    package let request: any FactRequest
    package let moment: Moment

    package init(_ request: some FactRequest, at moment: Moment) {
        self.request = request
        self.moment = moment
    }

    package static func == (left: Need, right: Need) -> Bool {
        left.moment == right.moment && AnyHashable(left.request) == AnyHashable(right.request)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(moment)
        hasher.combine(AnyHashable(request))
    }
}

extension FactRequest {
    package static var isSteady: Bool { false }
    package static var followsTraffic: Bool { false }
}
