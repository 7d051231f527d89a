package import Facts
internal import Foundation

extension KubernetesClient {
    /// The annotation by which this client recognises what it created itself, should an answer be lost.
    package static let creationMark = "plumbline/creation"

    /// Creates an object by POST; never touches one that exists.
    ///
    /// A creation whose answer is lost (a reset, a 503) is sent again: the object carries a mark of this one call, so an object that is
    /// then found to exist already is known to be ours or not.
    ///
    /// - Parameters:
    ///   - body: with `metadata.name`.
    ///   - dryRun: the server checks and admits, and stores nothing.
    /// - Throws: `KubernetesFailure`; kind `alreadyExists` when an object of that name exists that this call did not make.
    package func create(
        _ body: JSONValue, in collection: ResourcePath, dryRun: Bool = false, deadline: Duration? = nil
    ) async throws(KubernetesFailure) -> KubernetesObject {
        let mark = UUID().uuidString.lowercased()
        let marked = dryRun ? body : Self.marked(body, mark)
        let name = body["metadata"]?["name"]?.text ?? ""
        let operation = Operation(verb: .create, path: collection.named(name))
        var query = [(name: "fieldManager", value: fieldManager)]
        if dryRun { query.append(("dryRun", "All")) }
        do throws(KubernetesFailure) {
            let call = APICall(
                operation: Operation(verb: .create, path: collection), method: "POST", query: query, body: marked)
            let response = try await send(call, deadline: deadline)
            return try object(response, operation)
        } catch {
            guard error.kind == .alreadyExists, !dryRun else { throw error }
            let existing = try await get(collection.named(name), deadline: deadline)
            guard existing.annotation(Self.creationMark) == mark else { throw error }
            return existing
        }
    }

    private static func marked(_ body: JSONValue, _ mark: String) -> JSONValue {
        var body = body
        body.update("metadata") { $0.update("annotations") { $0.update(creationMark) { $0 = .string(mark) } } }
        return body
    }

    /// Merges a patch into an object of a built-in kind, or into one of its subresources.
    ///
    /// - Parameter patch: with `metadata.uid`, so that an object that was made anew under the same name is left alone (422, its UID is
    ///   immutable). It may be sent twice: the same patch changes nothing the second time.
    package func patch(
        _ path: ResourcePath, strategic patch: JSONValue, deadline: Duration? = nil
    ) async throws(KubernetesFailure) -> KubernetesObject {
        let operation = Operation(verb: .patch, path: path)
        let call = APICall(
            operation: operation, method: "PATCH", query: [("fieldManager", fieldManager)], body: patch,
            contentType: "application/strategic-merge-patch+json")
        return try object(try await send(call, deadline: deadline), operation)
    }

    /// Asks for an object to be deleted, bound to its UID: one that was made anew under the same name is left alone.
    ///
    /// - Parameter gracePeriodSeconds: `nil` leaves it to the object.
    /// - Returns: whether there was such an object. False when it is gone already, or another now has its name.
    @discardableResult
    package func delete(
        _ path: ResourcePath, uid: String, gracePeriodSeconds: Int? = nil, deadline: Duration? = nil
    ) async throws(KubernetesFailure) -> Bool {
        var options: JSONValue = [
            "apiVersion": "v1", "kind": "DeleteOptions", "preconditions": ["uid": .string(uid)],
            "propagationPolicy": "Background",
        ]
        if let gracePeriodSeconds { options.update("gracePeriodSeconds") { $0 = .integer(gracePeriodSeconds) } }
        do throws(KubernetesFailure) {
            let call = APICall(operation: Operation(verb: .delete, path: path), method: "DELETE", body: options)
            _ = try await send(call, deadline: deadline)
            return true
        } catch {
            if error.kind == .notFound || error.kind == .conflict { return false }
            throw error
        }
    }
}

extension JSONValue {
    /// Changes the value of one member; a missing member begins as an empty object and is added at the end.
    mutating func update(_ key: String, _ change: (inout JSONValue) -> Void) {
        var members = members ?? []
        if let index = members.firstIndex(where: { $0.key == key }) {
            change(&members[index].value)
        } else {
            var value = JSONValue.object([])
            change(&value)
            members.append(Member(key, value))
        }
        self = .object(members)
    }
}
