internal import Facts

/// Finds what is wrong with a pod's specification.
enum PodValidation {
    static func problems(ofSpec spec: JSONValue, at path: String) -> [FieldProblem] {
        let containers = spec["containers"]?.elements ?? []
        var problems: [FieldProblem] = []
        if containers.isEmpty { problems.append(.required(path + ".containers")) }
        let volumes = Set((spec["volumes"]?.elements ?? []).compactMap { $0.text(at: "name") })
        var names: Set<String> = []
        for (list, items) in [("containers", containers), ("initContainers", spec["initContainers"]?.elements ?? [])] {
            for (index, container) in items.enumerated() {
                let place = "\(path).\(list)[\(index)]"
                problems += self.problems(of: container, at: place, volumes: volumes)
                if let name = container.text(at: "name"), !name.isEmpty, !names.insert(name).inserted {
                    problems.append(
                        FieldProblem(
                            reason: "FieldValueDuplicate", field: place + ".name", message: "Duplicate value: \"\(name)\""))
                }
            }
        }
        if let policy = spec.text(at: "restartPolicy"), !["Always", "OnFailure", "Never"].contains(policy) {
            problems.append(
                FieldProblem(
                    reason: "FieldValueNotSupported", field: path + ".restartPolicy",
                    message: "Unsupported value: \"\(policy)\": supported values: \"Always\", \"Never\", \"OnFailure\""))
        }
        return problems
    }

    private static func problems(of container: JSONValue, at path: String, volumes: Set<String>) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if (container.text(at: "name") ?? "").isEmpty { problems.append(.required(path + ".name")) }
        if (container.text(at: "image") ?? "").isEmpty { problems.append(.required(path + ".image")) }
        for (index, mount) in (container["volumeMounts"]?.elements ?? []).enumerated() {
            guard let name = mount.text(at: "name"), !volumes.contains(name) else { continue }
            problems.append(
                FieldProblem(
                    reason: "FieldValueNotFound", field: "\(path).volumeMounts[\(index)].name", message: "Not found: \"\(name)\"")
            )
        }
        return problems + resourceProblems(of: container["resources"] ?? [:], at: path + ".resources")
    }

    /// Devices are given out whole, and exactly as many as are asked for.
    private static func resourceProblems(of resources: JSONValue, at path: String) -> [FieldProblem] {
        let limits = (resources["limits"] ?? [:]).textMembers
        let requests = (resources["requests"] ?? [:]).textMembers
        var problems: [FieldProblem] = []
        for (list, amounts) in [("limits", limits), ("requests", requests)] {
            for (name, amount) in amounts.sorted(by: { $0.key < $1.key }) where isExtended(name) {
                guard let quantity = Quantity(amount), !quantity.isWhole else { continue }
                problems.append(.invalid("\(path).\(list)[\(name)]", "\"\(amount)\"", "must be an integer"))
            }
        }
        for (name, request) in requests.sorted(by: { $0.key < $1.key }) {
            guard let asked = Quantity(request) else { continue }
            if isExtended(name) {
                guard let limit = limits[name].flatMap({ Quantity($0) }) else {
                    problems.append(.required(path + ".limits", "Limit must be set for non overcommitable resources"))
                    continue
                }
                if limit.milli != asked.milli {
                    problems.append(
                        .invalid(path + ".requests", "\"\(request)\"", "must be equal to \(name) limit of \(limit.text)"))
                }
            } else if let limit = limits[name].flatMap({ Quantity($0) }), asked.milli > limit.milli {
                problems.append(
                    .invalid(
                        path + ".requests", "\"\(request)\"", "must be less than or equal to \(name) limit of \(limit.text)"))
            }
        }
        return problems
    }

    static func isExtended(_ name: String) -> Bool {
        name.contains("/") && !name.hasPrefix("kubernetes.io/") && !name.contains(".kubernetes.io/")
    }

    /// Of a stored pod's specification hardly anything may change.
    static func problems(of pod: JSONValue, replacing stored: JSONValue) -> [FieldProblem] {
        func fixed(_ pod: JSONValue) -> JSONValue {
            var spec = pod["spec"] ?? [:]
            for list in ["containers", "initContainers"] {
                let stripped = (spec[list]?.elements ?? []).map { $0.filteringMembers { $0.key != "image" } }
                if !stripped.isEmpty { spec.set(list, to: .array(stripped)) }
            }
            for key in ["activeDeadlineSeconds", "tolerations", "ephemeralContainers"] { spec.remove(key) }
            return spec
        }
        var problems: [FieldProblem] = []
        if fixed(pod) != fixed(stored) {
            problems.append(
                .forbidden(
                    "spec",
                    "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
                        + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
                        + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)"))
        }
        let before = stored.value(at: "spec", "tolerations")?.elements ?? []
        let after = pod.value(at: "spec", "tolerations")?.elements ?? []
        if !before.allSatisfy(after.contains) {
            problems.append(
                .forbidden("spec.tolerations", "existing toleration can not be modified except its tolerationSeconds"))
        }
        return problems
    }
}
