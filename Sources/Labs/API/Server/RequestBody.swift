internal import Facts

/// Reads what requests carry.
enum RequestBody {
    /// - Throws: 400 when the body is no object, in JSON, YAML or protobuf.
    static func object(_ request: APIRequest) throws(StoreRefusal) -> JSONValue {
        if request.body.starts(with: ProtobufReader.prefix) {
            guard let object = ProtobufReader.object(request.body) else {
                throw .badRequest("the protobuf body is of a kind, or in a form, that the lab's API cannot read; send JSON")
            }
            return object
        }
        let value: JSONValue
        do {
            value = try JSONValue(parsing: request.body)
        } catch {
            if request.contentType.hasSuffix("yaml"),
                let value = RequestYAML.value(String(decoding: request.body, as: UTF8.self)),
                value.members != nil
            {
                return value
            }
            throw .badRequest("couldn't get version/kind; json parse error: \(error)")
        }
        guard value.members != nil else {
            throw .badRequest("couldn't get version/kind; json parse error: expected an object")
        }
        return value
    }

    /// - Throws: 422 for another value than `All`.
    static func isDryRun(_ request: APIRequest) throws(StoreRefusal) -> Bool {
        let values = request.parameters("dryRun")
        guard let odd = values.first(where: { $0 != "All" }) else { return !values.isEmpty }
        throw .invalid(
            group: "meta.k8s.io", kind: "CreateOptions", name: "",
            [
                FieldProblem(
                    reason: "FieldValueNotSupported", field: "dryRun",
                    message: "Unsupported value: \"\(odd)\": supported values: \"All\"")
            ])
    }
}

/// How a client wants something deleted: from the body, where there is one, else from the query.
struct DeleteWish {
    var preconditions = DeletePreconditions()
    var graceSeconds: Int?
    var isDryRun = false

    init(_ request: APIRequest) throws(StoreRefusal) {
        graceSeconds = request.parameter("gracePeriodSeconds").flatMap(Int.init)
        isDryRun = try RequestBody.isDryRun(request)
        guard !request.body.isEmpty else { return }
        let body = try RequestBody.object(request)
        if let grace = body["gracePeriodSeconds"]?.int { graceSeconds = grace }
        if let values = body["dryRun"]?.elements, !values.isEmpty { isDryRun = true }
        preconditions = DeletePreconditions(
            uid: body.text(at: "preconditions", "uid"), resourceVersion: body.text(at: "preconditions", "resourceVersion"))
    }
}
