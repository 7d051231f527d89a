internal import Facts

extension APIHandler {
    /// Accepts or refuses a command in a container, in the order in which a true server looks.
    ///
    /// - Source: the recordings `exec-err-*`, `exec-*-nostreams`, `exec-post-upgrade`, `exec-noupgrade`, `rbac-exec-*`.
    func exec(_ request: APIRequest, resource: RequestTarget.Resource) async throws(StoreRefusal) -> APIAnswer {
        let name = resource.name ?? ""
        // 1.36 asks for `create` as well when the request is a GET, and gives no reason.
        let question = Authorizer.Question(verb: "create", resource: "pods/exec", namespace: resource.namespace, name: name)
        let isAllowed = await Authorizer(store: store, mode: configuration.authorization).allows(request.user, question)
        await configuration.audit?.note(question, isAllowed: isAllowed, by: request.user)
        if !isAllowed {
            throw .forbidden(.pods, name, "")
        }
        let pod = try await store.get(.pods, namespace: resource.namespace, name: name)
        let container = try Self.container(of: pod, asked: request.parameter("container"))
        guard let node = pod.text(at: "spec", "nodeName"), !node.isEmpty else {
            throw .badRequest("pod \(name) does not have a host assigned")
        }
        guard (try? await store.get(.nodes, name: node)) != nil else { throw .notFound(.pods, node) }
        if let why = await runtime.whyUnreachable(node: node) {
            throw StoreRefusal(code: 500, reason: nil, message: "error dialing backend: " + why)
        }
        guard Self.wantsUpgrade(request) else { throw .badRequest("Upgrade request required") }
        if ["stdin", "stdout", "stderr"].allSatisfy({ !request.flag($0) }) {
            return .text("you must specify at least 1 of stdin, stdout, stderr", status: 400)
        }
        if request.method != "GET" { return Self.bare("bad method", status: 405) }
        if case .missing = Self.state(of: container, in: pod) {
            return .text("container not found (\"\(container)\")", status: 500)
        }
        guard let channel = ExecChannel(offered: request.words("sec-websocket-protocol")) else {
            return Self.bare("", status: 403)
        }
        return APIAnswer(
            status: 101,
            content: .exec(
                ExecSession(
                    channel: channel, namespace: resource.namespace ?? "default", pod: name, container: container,
                    argv: request.parameters("command"), wantsStdin: request.flag("stdin"), wantsStdout: request.flag("stdout"),
                    wantsStderr: request.flag("stderr"), isTerminal: request.flag("tty"), runtime: runtime)))
    }

    func log(_ request: APIRequest, resource: RequestTarget.Resource) async throws(StoreRefusal) -> APIAnswer {
        let name = resource.name ?? ""
        let pod = try await store.get(.pods, namespace: resource.namespace, name: name)
        let container = try Self.container(of: pod, asked: request.parameter("container"))
        guard let node = pod.text(at: "spec", "nodeName"), !node.isEmpty else {
            return .text("", type: "text/plain")
        }
        if let why = await runtime.whyUnreachable(node: node) {
            throw StoreRefusal(
                code: 500, reason: "InternalError",
                message:
                    "Internal error occurred: Get \"https://\(node):10250/containerLogs/\(resource.namespace ?? "")/\(name)/\(container)\""
                    + ": \(why)")
        }
        guard let log = await runtime.logs(namespace: resource.namespace ?? "default", pod: name, container: container) else {
            throw .badRequest("container \"\(container)\" in pod \"\(name)\" is waiting to start: ContainerCreating")
        }
        var lines = log.split(separator: "\n", omittingEmptySubsequences: false)
        if let tail = request.parameter("tailLines").flatMap(Int.init) {
            let isClosed = lines.last == ""
            lines = Array(lines.suffix(tail + (isClosed ? 1 : 0)))
        }
        return .text(lines.joined(separator: "\n"), type: "text/plain")
    }

    private static func bare(_ text: String, status: Int) -> APIAnswer {
        APIAnswer(status: status, headers: [("Connection", "close")], content: .bytes(Array(text.utf8), type: ""))
    }

    private static func wantsUpgrade(_ request: APIRequest) -> Bool {
        request.words("connection").contains { $0.lowercased() == "upgrade" }
            && request.header("upgrade")?.lowercased() == "websocket"
    }

    /// - Throws: 400 for a name that the pod does not have, and for none where it has several.
    private static func container(of pod: JSONValue, asked: String?) throws(StoreRefusal) -> String {
        let pod_ = pod.text(at: "metadata", "name") ?? ""
        let names = ["containers", "initContainers", "ephemeralContainers"].map { list in
            (pod.value(at: "spec", list)?.elements ?? []).compactMap { $0.text(at: "name") }
        }
        guard let asked, !asked.isEmpty else {
            guard names[0].count == 1 else {
                throw .badRequest(
                    "a container name must be specified for pod \(pod_), choose one of: [\(names[0].joined(separator: " "))]")
            }
            return names[0][0]
        }
        guard names.joined().contains(asked) else { throw .badRequest("container \(asked) is not valid for pod \(pod_)") }
        return asked
    }

    private enum ContainerState {
        case running
        case missing
    }

    private static func state(of container: String, in pod: JSONValue) -> ContainerState {
        let all = ["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"].flatMap {
            pod.value(at: "status", $0)?.elements ?? []
        }
        let status = all.first { $0.text(at: "name") == container }
        return status?.value(at: "state", "running") == nil ? .missing : .running
    }
}
