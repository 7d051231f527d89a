/// Who writes, and how.
package struct WriteOptions: Sendable {
    package enum Origin: Sendable {
        /// A request over HTTP: its `status` is dropped where the kind keeps it apart, and the object is validated.
        case client
        /// The site itself (kubelet, scheduler, seeding): written as given.
        case site
    }

    /// Who is named in `metadata.managedFields`.
    package var fieldManager: String
    package var origin: Origin
    /// Everything is done and answered, nothing is kept.
    package var isDryRun: Bool

    package init(fieldManager: String = "plumbline-lab", origin: Origin = .site, isDryRun: Bool = false) {
        self.fieldManager = fieldManager
        self.origin = origin
        self.isDryRun = isDryRun
    }
}

/// What must be true of an object for it to be deleted.
package struct DeletePreconditions: Sendable {
    package var uid: String?
    package var resourceVersion: String?

    package init(uid: String? = nil, resourceVersion: String? = nil) {
        self.uid = uid
        self.resourceVersion = resourceVersion
    }
}
