package import Facts

/// A right that a scenario needs in the cluster, and what for.
package struct NeededRight: Hashable, Sendable {
    /// Without a name.
    package let right: AccessRight
    /// The objects that it is needed for, sorted; empty where RBAC cannot tell objects apart by name, or any may be met.
    package let names: [String]
    /// What asks for it, to be read after "for": `the wait for pods`.
    package let purpose: String
    /// True when nothing is created without it: what is made has to be seen, and removed again.
    package let guardsCreation: Bool

    package init(_ right: AccessRight, names: [String] = [], for purpose: String, guardsCreation: Bool = false) {
        self.right = right
        self.names = names
        self.purpose = purpose
        self.guardsCreation = guardsCreation
    }

    /// The rights to ask for one by one: one for each name, or the one for all.
    var byName: [AccessRight] {
        guard !names.isEmpty else { return [right] }
        return names.map { name in
            var named = right
            named.name = name
            return named
        }
    }

    /// What a review of it came to.
    enum Standing {
        case granted
        /// The names that it is not granted for; empty: for none.
        case missing([String])
        case unknown(ProbeFailure)
        /// Not everything is asked yet.
        case open
    }

    /// Asked first for all names at once, since most callers have it so; then, where that is not granted, name by name.
    func needs(known facts: FactBook) -> [AccessRequest] {
        guard names.count > 1 else { return byName.map { AccessRequest(right: $0) } }
        let whole = AccessRequest(right: right)
        guard let answer = facts.answer(whole, at: .baseline), !answer.isAllowed else { return [whole] }
        return [whole] + byName.map { AccessRequest(right: $0) }
    }

    func standing(_ facts: FactBook) -> Standing {
        var missing: [String] = []
        if names.count > 1, facts.answer(AccessRequest(right: right), at: .baseline)?.isAllowed == true { return .granted }
        for right in byName {
            guard let observation = facts.latest(AccessRequest(right: right), at: .baseline) else {
                let whole = facts.latest(AccessRequest(right: self.right), at: .baseline)
                return whole?.failure.map { .unknown($0) } ?? .open
            }
            switch observation.result {
            case .success(let answer): if !answer.isAllowed { missing.append(right.name ?? "") }
            case .failure(let failure): return .unknown(failure)
            }
        }
        return missing.isEmpty ? .granted : .missing(missing == [""] || missing.count == names.count ? [] : missing)
    }
}
