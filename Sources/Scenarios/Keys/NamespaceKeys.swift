internal import Documents

/// The keys of `spec.createNamespace`.
enum NamespaceKeys {
    static let podSecurity = Key(
        "podSecurity", Form<NamespaceTemplate.PodSecurity>.choice("a Pod Security level"),
        "The level that the namespace enforces; pods that ping with NET_RAW need privileged. Left out, the cluster's default counts."
    )
    static let labels = Key("labels", .textMap, "Labels of the namespace beside those of the run.")

    static let shape = Shape("createNamespace", "'createNamespace'", [podSecurity.description, labels.description])
    static let form = Form<NamespaceTemplate>.record(shape) { fields in
        NamespaceTemplate(podSecurity: fields[podSecurity], labels: fields[labels] ?? [:], places: Places(fields))
    }
}
