internal import Facts

/// Faults of the ways in: what cannot be looked at, though it works.
enum AccessFaults {
    static let all = [
        Fault("host-down", at: [.host], "nothing listens on the host's SSH port") { place, state in
            state.setAccess(.refused, at: place)
        },
        Fault("host-silent", at: [.host], "the host takes SSH connections and never says a word") { place, state in
            state.setAccess(.silent, at: place)
        },
        Fault("host-key-changed", at: [.host], "the host shows another key than known_hosts has") { place, state in
            state.setAccess(.changedKey, at: place)
        },
        Fault("login-refused", at: [.host], "the host does not take the client's key") { place, state in
            state.setAccess(.noLogin, at: place)
        },
        Fault("commands-hang", at: [.host], "the host takes the login and answers no command") { place, state in
            state.setAccess(.hangs, at: place)
        },
        Fault("exec-forbidden", at: [.cluster], "the API answers 403 to every exec") { _, state in
            state.apiFaults.append(.init(.forbidden, at: .every(verb: nil, resource: "pods/exec")))
        },
        Fault("pod-create-forbidden", at: [.cluster], "the API answers 403 to every creation of a pod") { _, state in
            state.apiFaults.append(.init(.forbidden, at: .every(verb: "create", resource: "pods")))
        },
    ]
}

/// How a host's SSH is out of order.
package enum HostAccess: Hashable, Sendable {
    case refused, silent, changedKey, noLogin, hangs
}

extension FabricState {
    fileprivate mutating func setAccess(_ kind: HostAccess, at place: FaultPlace) {
        if case .host(let name) = place { access[name] = kind }
    }
}
