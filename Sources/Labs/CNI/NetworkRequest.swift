package import Facts

/// One network that a pod asks for by annotation `k8s.v1.cni.cncf.io/networks`.
///
/// - Source: network-attachment-definition-client types; Multus reads a comma list and a JSON list.
package struct NetworkRequest: Hashable, Sendable {
    package var namespace: String
    package var name: String
    /// `net1`, by position when the request names none.
    package var interface: String
    package var addresses: [String]
    package var mac: MACAddress?

    /// Reads the annotation; an empty text or list asks for nothing.
    ///
    /// - Throws: `CNIFailure` as Multus words it.
    package static func read(_ text: String, in namespace: String) throws(CNIFailure) -> [NetworkRequest] {
        var requests: [NetworkRequest] = []
        if text.contains(where: { "[{\"".contains($0) }) {
            let value: JSONValue
            do { value = try JSONValue(parsing: text) } catch {
                throw CNIFailure(
                    "parsePodNetworkAnnotation: failed to parse pod Network Attachment Selection Annotation JSON format: \(error)"
                )
            }
            for element in value.elements ?? [] {
                requests.append(
                    NetworkRequest(
                        namespace: element["namespace"]?.text ?? namespace, name: element["name"]?.text ?? "",
                        interface: element["interface"]?.text ?? "",
                        addresses: (element["ips"]?.elements ?? []).compactMap(\.text),
                        mac: element["mac"]?.text.flatMap { MACAddress($0) }))
            }
        } else {
            for part in text.split(separator: ",") {
                let item = part.filter { $0 != " " && $0 != "\n" }
                let halves = item.split(separator: "@", maxSplits: 1)
                let path = (halves.first ?? "").split(separator: "/")
                guard let name = path.last else { continue }
                requests.append(
                    NetworkRequest(
                        namespace: path.count == 2 ? String(path[0]) : namespace, name: String(name),
                        interface: halves.count == 2 ? String(halves[1]) : "", addresses: [], mac: nil))
            }
        }
        for index in requests.indices where requests[index].interface.isEmpty { requests[index].interface = "net\(index + 1)" }
        return requests
    }
}
