internal import Facts

/// What the containers of a node's pods lack.
package struct ContainerLimits: Hashable, Sendable {
    /// Programs that the pods' images do not have; ephemeral containers bring their own image, and have all.
    package var missingPrograms: Set<String> = []
    /// The pods' images hold nothing but their own program.
    package var hasNoPrograms = false
    /// No container gets NET_RAW, whatever it asks for.
    package var withholdsRaw = false

    package init() {}

    /// Whether the pods' images have this program.
    package func has(_ program: String) -> Bool {
        !hasNoPrograms && !missingPrograms.contains(program.split(separator: "/").last.map(String.init) ?? program)
    }
}

/// What one container of a sandbox is allowed.
package struct ContainerRights: Hashable, Sendable {
    package var mayOpenRawSockets: Bool
    /// Added to a running pod, with an image of its own.
    package var isEphemeral: Bool

    /// - Parameter container: as in a pod's `spec.containers`.
    /// - Source: Kubernetes API, `SecurityContext`; containerd's default set of capabilities, which holds NET_RAW.
    init(_ container: JSONValue, isEphemeral: Bool = false) {
        self.isEphemeral = isEphemeral
        let context = container["securityContext"]
        func has(_ list: String, _ names: [String]) -> Bool {
            (context?.value(at: "capabilities", list)?.elements ?? []).contains { names.contains($0.text ?? "") }
        }
        let names = ["ALL", "NET_RAW", "CAP_NET_RAW"]
        mayOpenRawSockets = context?["privileged"] == true || has("add", names) || !has("drop", names)
    }
}
