package import Facts

/// `spec.nodeName=worker1,status.phase!=Failed`: what a list's objects must say in some of their fields.
///
/// Only the fields that a true server indexes can be named; another one is refused with its sentence.
package struct FieldSelector: Hashable, Sendable {
    struct Requirement: Hashable, Sendable {
        let field: String
        let value: String
        let isEqual: Bool
    }

    let requirements: [Requirement]

    package static let everything = FieldSelector(requirements: [])

    init(requirements: [Requirement]) { self.requirements = requirements }

    /// Reads the text of a `fieldSelector` parameter for objects of this kind.
    ///
    /// - Throws: 400 for a text that is no selector and for a field that this kind does not offer.
    package init(_ text: String, kind: ResourceKind) throws(StoreRefusal) {
        var requirements: [Requirement] = []
        for part in text.split(separator: ",") {
            guard let equals = part.firstIndex(of: "=") else {
                throw .badRequest("invalid selector: '\(text)'; can't understand '\(part)'")
            }
            let isUnequal = part[..<equals].hasSuffix("!")
            let field = String(isUnequal ? part[..<equals].dropLast() : part[..<equals])
            var value = part[part.index(after: equals)...]
            if value.hasPrefix("=") { value = value.dropFirst() }
            guard Self.fields(of: kind).contains(field) else {
                throw .badRequest(
                    "Unable to find \"\(kind.apiVersion), Resource=\(kind.plural)\" that match label selector \"\", field"
                        + " selector \"\(text)\": field label not supported: \(field)")
            }
            requirements.append(Requirement(field: field, value: String(value), isEqual: !isUnequal))
        }
        self.requirements = requirements
    }

    package func matches(_ object: JSONValue) -> Bool {
        requirements.allSatisfy { (Self.value(of: $0.field, in: object) == $0.value) == $0.isEqual }
    }

    /// The only name that can match, where the selector says one: such a list needs no search.
    var name: String? { requirements.first { $0.field == "metadata.name" && $0.isEqual }?.value }

    private static func fields(of kind: ResourceKind) -> Set<String> {
        let everywhere: Set<String> = kind.isNamespaced ? ["metadata.name", "metadata.namespace"] : ["metadata.name"]
        switch kind {
        case .pods:
            return everywhere.union([
                "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork",
                "status.phase", "status.podIP", "status.podIPs", "status.nominatedNodeName",
            ])
        case .nodes: return everywhere.union(["spec.unschedulable"])
        case .namespaces: return everywhere.union(["status.phase"])
        case .secrets: return everywhere.union(["type"])
        case .events:
            let object = ["kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath"]
            return everywhere.union(object.map { "involvedObject." + $0 })
                .union(["reason", "reportingComponent", "source", "type"])
        case .resourceSlices: return everywhere.union(["spec.nodeName", "spec.driver"])
        default: return everywhere
        }
    }

    /// The field as text; a missing one is empty, or false for the two that are booleans.
    private static func value(of field: String, in object: JSONValue) -> String {
        let path = (field == "source" ? "source.component" : field).split(separator: ".").map(String.init)
        switch object.value(at: path[...]) {
        case .string(let text)?: return text
        case .bool(let value)?: return value ? "true" : "false"
        case .number(let text)?: return text
        default: return field == "spec.unschedulable" || field == "spec.hostNetwork" ? "false" : ""
        }
    }
}
