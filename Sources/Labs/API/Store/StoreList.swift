package import Facts

/// One page of a list, all objects as they were at one moment.
package struct StoreList: Sendable {
    package let items: [JSONValue]
    /// The store's counter at that moment: watch from here.
    package let resourceVersion: Int
    /// The last object of this page; nil when no page follows.
    let last: ObjectKey?
    /// How many objects follow this page; nil with a selector, as on a true server, and on the last page.
    let remaining: Int?
}

/// What a list is to hold.
package struct ListQuery: Sendable {
    /// Nil: all namespaces.
    package var namespace: String?
    package var labels: LabelSelector = .everything
    package var fields: FieldSelector = .everything
    /// At most so many objects; nil or 0: all.
    package var limit: Int?
    /// Objects after this one only.
    var after: ObjectKey?
    /// The state at this version instead of the present one.
    var at: Int?

    package init(namespace: String? = nil, labels: LabelSelector = .everything, fields: FieldSelector = .everything) {
        self.namespace = namespace
        self.labels = labels
        self.fields = fields
    }

    func matches(_ object: JSONValue) -> Bool {
        (labels.requirements.isEmpty || labels.matches((object.value(at: "metadata", "labels") ?? .null).textMembers))
            && fields.matches(object)
    }
}
