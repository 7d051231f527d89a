internal import Facts
internal import Transports

extension KubernetesClient {
    /// One object.
    ///
    /// - Throws: `KubernetesFailure`; kind `notFound` when the API says that there is none.
    package func get(_ path: ResourcePath, deadline: Duration? = nil) async throws(KubernetesFailure) -> KubernetesObject {
        let operation = Operation(verb: .get, path: path)
        return try object(try await send(APICall(operation: operation, method: "GET"), deadline: deadline), operation)
    }

    /// Reads a collection page by page; no more than one page is held here.
    ///
    /// - Parameters:
    ///   - onPage: called for every page in order; see `KubernetesPage.isFirst`.
    ///   - deadline: for each page.
    /// - Returns: the version that the list shows, to watch from.
    @discardableResult
    package func list(
        _ collection: ResourcePath, labelSelector: String? = nil, fieldSelector: String? = nil, pageSize: Int = 500,
        deadline: Duration? = nil, onPage: (KubernetesPage) -> Void
    ) async throws(KubernetesFailure) -> String {
        let operation = Operation(verb: .list, path: collection)
        let selectors = Self.selectors(labelSelector, fieldSelector)
        var token: String?
        var startsLeft = 3
        while true {
            var query = selectors
            query.append(("limit", String(pageSize)))
            if let token { query.append(("continue", token)) }
            let response: HTTPResponse
            do throws(KubernetesFailure) {
                response = try await send(APICall(operation: operation, method: "GET", query: query), deadline: deadline)
            } catch {
                // The rest of an expired list belongs to another version; only a new start gives one picture.
                guard error.kind == .gone, startsLeft > 1 else { throw error }
                startsLeft -= 1
                token = nil
                continue
            }
            let page = try KubernetesListReader.read(response.body, isFirst: token == nil) { seen in
                .notUnderstood(operation, seen, access: access)
            }
            onPage(page.page)
            guard let next = page.continueToken else { return page.page.resourceVersion }
            token = next
        }
    }

    /// A whole collection. For large ones use the form that hands over pages.
    package func list(
        _ collection: ResourcePath, labelSelector: String? = nil, fieldSelector: String? = nil, deadline: Duration? = nil
    ) async throws(KubernetesFailure) -> KubernetesList {
        var items: [KubernetesObject] = []
        let version = try await list(collection, labelSelector: labelSelector, fieldSelector: fieldSelector, deadline: deadline) {
            page in
            if page.isFirst { items = [] }
            items += page.items
        }
        return KubernetesList(items: items, resourceVersion: version)
    }

    static func selectors(_ label: String?, _ field: String?) -> [(name: String, value: String)] {
        [("labelSelector", label), ("fieldSelector", field)].compactMap { item in item.1.map { (item.0, $0) } }
    }

    /// The object in an answer.
    func object(_ response: HTTPResponse, _ operation: Operation) throws(KubernetesFailure) -> KubernetesObject {
        let json: JSONValue
        do throws(JSONSyntaxError) {
            json = try JSONValue(parsing: response.body)
        } catch {
            throw .notUnderstood(operation, "the answer is no JSON at \(error)", access: access)
        }
        guard json["kind"]?.text != nil, json["apiVersion"]?.text != nil else {
            throw .notUnderstood(operation, "the answer has no kind and apiVersion", access: access)
        }
        return KubernetesObject(raw: response.body, json: json, warnings: WarningHeader.texts(response.headers))
    }
}
