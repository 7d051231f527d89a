package import Facts

/// One field of an object that the API gave back otherwise than it was sent: a webhook, a quota or a default range had its say.
///
/// What every server fills in for itself is no change: fields that were not sent, the token volume of the service account, the
/// two tolerations of every pod.
package struct AdmissionChange: Hashable, Sendable, CustomStringConvertible {
    /// `spec.containers[probe].image`
    package let path: String
    /// Nil: it was not sent.
    package let sent: JSONValue?
    /// Nil: it was taken away.
    package let returned: JSONValue?

    package var description: String {
        switch (sent, returned) {
        case (let sent?, let returned?): "\(path) was sent as \(Self.short(sent)) and came back as \(Self.short(returned))"
        case (let sent?, nil): "\(path) was sent as \(Self.short(sent)) and is taken away"
        default: "\(path) was added: \(Self.short(returned ?? .null))"
        }
    }

    private static func short(_ value: JSONValue) -> String {
        let text = value.compactText
        return text.count > 120 ? text.prefix(120) + "…" : text
    }

    /// Everything that differs, in the order of what was sent.
    ///
    /// - Parameters:
    ///   - sent: the body of the request.
    ///   - returned: the object in its answer.
    package static func all(sent: JSONValue, returned: JSONValue) -> [AdmissionChange] {
        changes(sent, returned, path: []) + injected(sent, returned)
    }

    /// Lists of which nothing was sent and which stay empty on a plain server: what stands in them was added.
    private static func injected(_ sent: JSONValue, _ returned: JSONValue) -> [AdmissionChange] {
        ["initContainers", "imagePullSecrets", "nodeSelector"].compactMap { key in
            guard sent["spec"]?[key] == nil, let value = returned["spec"]?[key], !value.saysNothing else { return nil }
            return AdmissionChange(path: "spec.\(key)", sent: nil, returned: value)
        }
    }

    private static func changes(_ sent: JSONValue, _ returned: JSONValue?, path: [String]) -> [AdmissionChange] {
        guard let returned else {
            // The API leaves out what says nothing.
            return sent.saysNothing ? [] : [AdmissionChange(path: path.joined(separator: "."), sent: sent, returned: nil)]
        }
        if let members = sent.members, returned.members != nil {
            return members.flatMap { changes($0.value, returned[$0.key], path: path + [$0.key]) }
                + added(members.map(\.key), to: returned, path: path)
        }
        if let elements = sent.elements, let others = returned.elements {
            return lists(elements, others, path: path)
        }
        guard sent != returned, !Quantity.isSame(sent, returned, path: path) else { return [] }
        return [AdmissionChange(path: path.joined(separator: "."), sent: sent, returned: returned)]
    }

    /// Members that nobody sent, where a server adds none by itself.
    private static func added(_ keys: [String], to returned: JSONValue, path: [String]) -> [AdmissionChange] {
        let parent = path.suffix(2).joined(separator: ".")
        let isOpen =
            ["metadata.labels", "metadata.annotations", "spec.nodeSelector", "resources.limits"].contains(parent)
        guard isOpen else { return [] }
        return (returned.members ?? []).filter { !keys.contains($0.key) && $0.key != creationMark }.map {
            AdmissionChange(path: (path + [$0.key]).joined(separator: "."), sent: nil, returned: $0.value)
        }
    }

    /// The annotation by which the client knows its own creation again.
    private static let creationMark = "plumbline/creation"

    private static func lists(_ sent: [JSONValue], _ returned: [JSONValue], path: [String]) -> [AdmissionChange] {
        guard !sent.isEmpty, sent.allSatisfy({ name(of: $0) != nil }) else {
            guard sent != returned else { return [] }
            guard sent.count == returned.count else {
                let whole = path.joined(separator: ".")
                return [AdmissionChange(path: whole, sent: .array(sent), returned: .array(returned))]
            }
            return zip(sent.indices, zip(sent, returned)).flatMap { index, pair in
                changes(pair.0, pair.1, path: path.dropLast() + ["\(path.last ?? "")[\(index)]"])
            }
        }
        func place(_ name: String) -> [String] { path.dropLast() + ["\(path.last ?? "")[\(name)]"] }
        let kept = sent.flatMap { element -> [AdmissionChange] in
            let name = name(of: element) ?? ""
            return changes(element, returned.first { Self.name(of: $0) == name }, path: place(name))
        }
        let names = Set(sent.compactMap(name(of:)))
        let more = returned.filter { !names.contains(name(of: $0) ?? "") && !isOwn($0, path: path) }
        return kept
            + more.map { AdmissionChange(path: place(name(of: $0) ?? "?").joined(separator: "."), sent: nil, returned: $0) }
    }

    private static func name(of value: JSONValue) -> String? { value["name"]?.text ?? value["key"]?.text }

    /// What admission plugins add that every cluster has.
    private static func isOwn(_ element: JSONValue, path: [String]) -> Bool {
        let name = name(of: element) ?? ""
        switch path.last {
        case "volumes", "volumeMounts": return name.hasPrefix("kube-api-access-")
        case "tolerations":
            return ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"].contains(name)
                && element["effect"]?.text == "NoExecute"
        default: return false
        }
    }
}

extension JSONValue {
    fileprivate var saysNothing: Bool {
        switch self {
        case .null, .bool(false), .object([]), .array([]), .string(""): true
        case .object(let members): members.allSatisfy { $0.value.saysNothing }
        default: false
        }
    }
}

/// Amounts that the API writes in its own way: `1024Mi` comes back as `1Gi`.
///
/// - Source: `k8s.io/apimachinery/pkg/api/resource`, Quantity.
private enum Quantity {
    static func isSame(_ sent: JSONValue, _ returned: JSONValue, path: [String]) -> Bool {
        guard path.contains("resources"), let left = value(sent), let right = value(returned) else { return false }
        return abs(left - right) <= abs(left) * 1e-9
    }

    private static func value(_ json: JSONValue) -> Double? {
        let text: String
        switch json {
        case .number(let number): text = number
        case .string(let string): text = string
        default: return nil
        }
        if let plain = Double(text) { return plain }
        let suffixes: [(String, Double)] = [
            ("Ki", 1_024), ("Mi", 1_048_576), ("Gi", 1_073_741_824), ("Ti", 1_099_511_627_776), ("m", 0.001), ("k", 1e3),
            ("M", 1e6), ("G", 1e9), ("T", 1e12),
        ]
        guard let (suffix, factor) = suffixes.first(where: { text.hasSuffix($0.0) }) else { return nil }
        return Double(text.dropLast(suffix.count)).map { $0 * factor }
    }
}
