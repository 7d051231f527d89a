internal import Facts

/// Takes a list's answer apart.
enum KubernetesListReader {
    static func read(
        _ body: [UInt8], isFirst: Bool, complaint: (String) -> KubernetesFailure
    ) throws(KubernetesFailure) -> (page: KubernetesPage, continueToken: String?) {
        let json: JSONValue
        do throws(JSONSyntaxError) {
            json = try JSONValue(parsing: body)
        } catch {
            throw complaint("the answer is no JSON at \(error)")
        }
        // `items` is null in an empty list of some aggregated servers.
        guard json["kind"]?.text?.hasSuffix("List") == true, let items = json["items"],
            let version = json["metadata"]?["resourceVersion"]?.text
        else { throw complaint("the answer is no list: it lacks kind, items or metadata.resourceVersion") }
        let objects = (items.elements ?? []).map { KubernetesObject(raw: Array($0.compactText.utf8), json: $0) }
        let token = json["metadata"]?["continue"]?.text
        let page = KubernetesPage(
            items: objects, resourceVersion: version, isFirst: isFirst, remaining: json["metadata"]?["remainingItemCount"]?.int)
        return (page, token?.isEmpty == false ? token : nil)
    }
}
