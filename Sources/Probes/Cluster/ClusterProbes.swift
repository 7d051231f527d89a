package import Dialects
package import Facts

// Questions to the API.

extension ClusterNodeRequest: ClusterProbing {
    package var question: ClusterQuestion { .node(node.text) }
    package func read(_ answer: ClusterAnswer) throws(DialectError) -> Answer {
        try answer.lookup { object throws(DialectError) in try NodeReader.read(object) }
    }
}

extension DevicePluginConfigRequest: ClusterProbing {
    package var question: ClusterQuestion { .configMap(namespace: namespace, name: name) }
    package func read(_ answer: ClusterAnswer) throws(DialectError) -> Answer {
        try answer.lookup { object throws(DialectError) in try DevicePluginConfigReader.read(configMap: object) }
    }
}

extension DevicePluginPodsRequest: ClusterProbing {
    package var question: ClusterQuestion { .pods(namespace: namespace) }
    package func read(_ answer: ClusterAnswer) throws(DialectError) -> Answer {
        guard case .list(let objects) = answer else { return [] }
        var pods: [PodState] = []
        for object in objects { pods.append(try PodReading.read(object)) }
        return pods.filter(Self.isDevicePlugin)
    }

    /// Names differ from release to release, labels and images do not.
    ///
    /// - Source: sriov-network-device-plugin's DaemonSet (`app: sriovdp`), the SR-IOV operator's (`app: sriov-device-plugin`).
    private static func isDevicePlugin(_ pod: PodState) -> Bool {
        pod.labels["app"] == "sriovdp" || pod.labels["app"] == "sriov-device-plugin"
            || pod.labels["name"] == "sriov-device-plugin"
            || pod.containers.contains {
                ($0.image ?? "").contains("sriov-network-device-plugin") || ($0.image ?? "").contains("sriov-device-plugin")
            }
    }
}

extension NADRequest: ClusterProbing {
    package var question: ClusterQuestion { .nad(namespace: namespace, name: name) }
    package func read(_ answer: ClusterAnswer) throws(DialectError) -> Answer {
        try answer.lookup { object throws(DialectError) in try NADReader.read(object) }
    }
}

extension AccessRequest: ClusterProbing {
    package var question: ClusterQuestion { .access(right) }
    package func read(_ answer: ClusterAnswer) throws(DialectError) -> Answer {
        guard case .object(let review) = answer, let isAllowed = review["status"]?["allowed"]?.bool else {
            throw .incomplete(expected: "a review with status.allowed", saw: "none")
        }
        let reason = review["status"]?["reason"]?.text ?? review["status"]?["evaluationError"]?.text
        return AccessAnswer(isAllowed: isAllowed, reason: reason?.isEmpty == false ? reason : nil)
    }
}

extension OperatorStateRequest: ClusterProbing {
    package var question: ClusterQuestion { .operatorState(namespace: namespace, node: node.text) }
    package func read(_ answer: ClusterAnswer) throws(DialectError) -> Answer {
        try answer.lookup { object throws(DialectError) in try OperatorStateReader.read(object) }
    }
}

extension OperatorPoliciesRequest: ClusterProbing {
    package var question: ClusterQuestion { .operatorPolicies(namespace: namespace) }
    package func read(_ answer: ClusterAnswer) throws(DialectError) -> Answer {
        try answer.lookupList { object throws(DialectError) in [try OperatorPolicyReader.policy(object)] }
    }
}

extension OperatorNetworkRequest: ClusterProbing {
    package var question: ClusterQuestion { .operatorNetwork(namespace: namespace, name: name) }
    package func read(_ answer: ClusterAnswer) throws(DialectError) -> Answer {
        try answer.lookup { object throws(DialectError) in try OperatorPolicyReader.network(object) }
    }
}

extension DeviceClaimRequest: ClusterProbing {
    package var question: ClusterQuestion { .deviceClaim(namespace: namespace, name: name) }
    package func read(_ answer: ClusterAnswer) throws(DialectError) -> Answer {
        try answer.lookup { object throws(DialectError) in try DeviceClaimReader.claim(object) }
    }
}

extension OfferedDevicesRequest: ClusterProbing {
    package var question: ClusterQuestion { .deviceSlices(node: node.text) }
    package func read(_ answer: ClusterAnswer) throws(DialectError) -> Answer {
        try answer.lookupList { object throws(DialectError) in try DeviceClaimReader.devices(object) }
    }
}

extension PodStateRequest: ClusterProbing {
    package var question: ClusterQuestion { .pod(namespace: pod.namespace, name: pod.name) }
    package func read(_ answer: ClusterAnswer) throws(DialectError) -> Answer {
        try answer.lookup { object throws(DialectError) in try PodReading.read(object) }
    }
}

extension PodEventsRequest: ClusterProbing {
    package var question: ClusterQuestion { .events(namespace: pod.namespace, uid: uid) }
    package func read(_ answer: ClusterAnswer) throws(DialectError) -> Answer {
        guard case .list(let objects) = answer else { return [] }
        var events: [ClusterEvent] = []
        for object in objects { events.append(try EventReader.read(object)) }
        return events.sorted { ($0.lastSeen?.nanoseconds ?? 0) < ($1.lastSeen?.nanoseconds ?? 0) }
    }
}

extension ClusterAnswer {
    fileprivate func lookup<Found>(_ read: (JSONValue) throws(DialectError) -> Found) throws(DialectError) -> Lookup<Found> {
        switch self {
        case .object(let object): .present(try read(object))
        case .list: throw .notThisTable(expected: "one object", line: 1, text: "a list")
        case .absent(let words): .absent(hint: words)
        }
    }

    /// The rows of a list's objects; absent where the server does not know the kind.
    fileprivate func lookupList<Row>(_ read: (JSONValue) throws(DialectError) -> [Row]) throws(DialectError) -> Lookup<[Row]> {
        switch self {
        case .list(let objects):
            var rows: [Row] = []
            for object in objects { rows += try read(object) }
            return .present(rows)
        case .object: throw .notThisTable(expected: "a list", line: 1, text: "one object")
        case .absent(let words): return .absent(hint: words)
        }
    }
}
