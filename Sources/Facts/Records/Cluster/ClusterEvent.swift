/// An event of the API about one object.
///
/// - Source: `GET /api/v1/namespaces/NS/events?fieldSelector=involvedObject.uid=UID`.
package struct ClusterEvent: Hashable, Sendable {
    /// `Normal` or `Warning`.
    package var type: String
    /// `FailedScheduling`, `FailedCreatePodSandBox`, `AddedInterface`, …
    package var reason: String
    package var message: String
    /// The last time it was seen (`lastTimestamp`, else `eventTime`); nil where neither is set.
    package var lastSeen: Timestamp?
    /// 1 where the API gives no count.
    package var count: Int
    /// `kubelet`, `multus`, `default-scheduler`; nil where not said.
    package var source: String?

    package init(type: String, reason: String, message: String, lastSeen: Timestamp? = nil, count: Int = 1, source: String? = nil)
    {
        self.type = type
        self.reason = reason
        self.message = message
        self.lastSeen = lastSeen
        self.count = count
        self.source = source
    }
}
