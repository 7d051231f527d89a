internal import Facts

/// An ephemeral container that the run may add to a pod of its own whose image lacks a program.
package struct HelperContainer: Hashable, Sendable {
    /// An image with `ip`, `cat` and `ping`.
    package var image: String
    /// As in a container's `imagePullPolicy`; nil: as the cluster does.
    package var pullPolicy: String?
    /// A DNS label that carries the run's id.
    package var name: String
    /// The label that only objects of this run bear: a pod without it is left alone.
    package var labelKey: String
    package var labelValue: String
    /// How long its image may take to be pulled and its command to start.
    package var deadline: Duration

    package init(
        image: String, pullPolicy: String?, runID: String, label: (key: String, value: String), deadline: Duration
    ) {
        self.image = image
        self.pullPolicy = pullPolicy
        self.deadline = deadline
        (labelKey, labelValue) = label
        name = Self.name(runID: runID)
    }

    /// `plumbline-` and the run's id, in lower case; of a long id its end, which is what tells runs apart.
    static func name(runID: String) -> String {
        let id = runID.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        return "plumbline-" + String(id.suffix(63 - 10)).drop { $0 == "-" }
    }

    /// The container as it is added: nothing but NET_RAW, to ping. It ends with its pod.
    ///
    /// - Source: Kubernetes API, `EphemeralContainer`.
    var json: JSONValue {
        var members: [JSONValue.Member] = [.init("name", .string(name)), .init("image", .string(image))]
        if let pullPolicy { members.append(.init("imagePullPolicy", .string(pullPolicy))) }
        members += [
            .init("command", ["sleep", "86400"]),
            .init(
                "securityContext",
                ["allowPrivilegeEscalation": false, "capabilities": ["drop": ["ALL"], "add": ["NET_RAW"]]]),
        ]
        return .object(members)
    }
}
