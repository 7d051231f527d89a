package import Facts

/// Events of the API.
package enum EventReader {
    /// The events of a list, oldest first; events that never say when come first, in their order.
    ///
    /// - Throws: `DialectError` when the object is no list of events.
    /// - Source: `fixtures/cluster/kubernetes-1.36/events-*.json`: kubelet and Multus set `lastTimestamp`, the scheduler sets
    ///   `eventTime` and, for repeats, `series`.
    package static func readList(_ object: JSONValue) throws(DialectError) -> [ClusterEvent] {
        try APIObject.check(object, kind: "EventList")
        guard let items = object["items"]?.elements else {
            throw .incomplete(expected: "a list of events", saw: object.compactText)
        }
        var events: [ClusterEvent] = []
        for item in items { events.append(try read(item)) }
        let ordered = events.enumerated().sorted { left, right in
            let times = (left.element.lastSeen?.nanoseconds ?? .min, right.element.lastSeen?.nanoseconds ?? .min)
            return times.0 == times.1 ? left.offset < right.offset : times.0 < times.1
        }
        return ordered.map(\.element)
    }

    /// - Throws: `DialectError` when the object is no event.
    package static func read(_ object: JSONValue) throws(DialectError) -> ClusterEvent {
        try APIObject.check(object, kind: "Event")
        guard let reason = object["reason"]?.text else {
            throw .incomplete(expected: "an event with a reason", saw: object.compactText)
        }
        let series = object["series"]
        let component = object["source"]?["component"]?.text ?? ""
        let reporter = object["reportingComponent"]?.text ?? object["reportingController"]?.text ?? ""
        let named = component.isEmpty ? reporter : component
        return ClusterEvent(
            type: object["type"]?.text ?? "Normal", reason: reason, message: (object["message"] ?? object["note"])?.text ?? "",
            lastSeen: APIObject.time(object["lastTimestamp"]) ?? APIObject.time(series?["lastObservedTime"])
                ?? APIObject.time(object["eventTime"]) ?? APIObject.time(object["metadata"]?["creationTimestamp"]),
            count: object["count"]?.int ?? series?["count"]?.int ?? 1, source: named.isEmpty ? nil : named)
    }
}
