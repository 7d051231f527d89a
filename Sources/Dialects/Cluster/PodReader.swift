package import Facts

/// A pod of the API.
package enum PodReader {
    private static let networks = "k8s.v1.cni.cncf.io/networks"
    private static let networkStatus = "k8s.v1.cni.cncf.io/network-status"
    /// Written by Multus up to 3.8.
    private static let olderNetworkStatus = "k8s.v1.cni.cncf.io/networks-status"

    /// - Throws: `DialectError` when the object is no pod or has no name or UID.
    /// - Source: `fixtures/cluster/kubernetes-1.36/*pod*.json`.
    package static func read(_ object: JSONValue) throws(DialectError) -> PodState {
        try APIObject.check(object, kind: "Pod")
        let metadata = object["metadata"]
        guard let name = metadata?["name"]?.text, let uid = metadata?["uid"]?.text else {
            throw .incomplete(expected: "a pod with name and UID", saw: object.compactText)
        }
        let status = object["status"]
        let annotations = APIObject.strings(metadata?["annotations"])
        return PodState(
            reference: PodReference(namespace: metadata?["namespace"]?.text ?? "default", name: name), uid: uid,
            phase: status?["phase"]?.text, reason: status?["reason"]?.text, message: status?["message"]?.text,
            node: object["spec"]?["nodeName"]?.text.map { NodeName($0) }, labels: APIObject.strings(metadata?["labels"]),
            startTime: APIObject.time(status?["startTime"]), creationTime: APIObject.time(metadata?["creationTimestamp"]),
            deletionTime: APIObject.time(metadata?["deletionTimestamp"]),
            conditions: status?["conditions"]?.elements?.compactMap(condition) ?? [], containers: containers(object),
            networksAnnotation: annotations[networks],
            networkStatusAnnotation: annotations[networkStatus] ?? annotations[olderNetworkStatus],
            requests: requests(object["spec"]), claims: claims(object))
    }

    /// The pods of a list.
    package static func readList(_ object: JSONValue) throws(DialectError) -> [PodState] {
        try APIObject.check(object, kind: "PodList")
        guard let items = object["items"]?.elements else {
            throw .incomplete(expected: "a list of pods", saw: object.compactText)
        }
        var pods: [PodState] = []
        for item in items { pods.append(try read(item)) }
        return pods
    }

    private static func condition(_ value: JSONValue) -> PodState.Condition? {
        guard let type = value["type"]?.text, let status = value["status"]?.text else { return nil }
        return PodState.Condition(
            type: type, status: status, reason: value["reason"]?.text, message: value["message"]?.text)
    }

    private static func containers(_ object: JSONValue) -> [PodState.Container] {
        let statuses = object["status"]?["containerStatuses"]?.elements ?? []
        let specified = object["spec"]?["containers"]?.elements ?? []
        return specified.compactMap { spec in
            guard let name = spec["name"]?.text else { return nil }
            var container = PodState.Container(name: name, image: spec["image"]?.text)
            if let status = statuses.first(where: { $0["name"]?.text == name }) { fill(&container, status) }
            return container
        }
    }

    private static func fill(_ container: inout PodState.Container, _ status: JSONValue) {
        container.ready = status["ready"]?.bool ?? false
        container.restartCount = status["restartCount"]?.int ?? 0
        if let state = status["state"]?.members?.first {
            container.state = state.key
            container.reason = state.value["reason"]?.text
            container.message = state.value["message"]?.text
        }
        container.lastExitCode =
            status["state"]?["terminated"]?["exitCode"]?.int ?? status["lastState"]?["terminated"]?["exitCode"]?.int
        for resource in status["allocatedResourcesStatus"]?.elements ?? [] {
            guard let name = resource["name"]?.text else { continue }
            container.allocatedDevices[ResourceName(name)] =
                resource["resources"]?.elements?.compactMap { $0["resourceID"]?.text } ?? []
        }
    }

    /// A claim made from a template has its name in the status only; one that the pod needs none for has none.
    ///
    /// - Source: kubernetes/api `core/v1/types.go`, `PodResourceClaim`, `PodResourceClaimStatus` and
    ///   `PodExtendedResourceClaimStatus`.
    private static func claims(_ object: JSONValue) -> [String] {
        let own = object["spec"]?["resourceClaims"]?.elements ?? []
        let made = object["status"]?["resourceClaimStatuses"]?.elements ?? []
        let names = (own + made).compactMap { claim in
            // The API's first version had the name in `source`.
            claim["resourceClaimName"]?.text ?? claim["source"]?["resourceClaimName"]?.text
        }
        let extended = object["status"]?["extendedResourceClaimStatus"]?["resourceClaimName"]?.text
        return Set(names + (extended.map { [$0] } ?? [])).sorted()
    }

    /// Extended resources only: their names have a domain. Where only a limit is given it is the request too.
    private static func requests(_ spec: JSONValue?) -> [ResourceName: Int] {
        var sum: [ResourceName: Int] = [:]
        for container in spec?["containers"]?.elements ?? [] {
            let limits = APIObject.quantities(container["resources"]?["limits"])
            let requests = APIObject.quantities(container["resources"]?["requests"])
            for (name, count) in limits.merging(requests, uniquingKeysWith: { $1 }) where name.text.contains("/") {
                sum[name, default: 0] += count
            }
        }
        return sum
    }
}
