internal import Facts

/// Who writes, and how.
package struct WriteOptions: Sendable {
    package enum Origin: Sendable {
        /// A request over HTTP: its `status` is dropped where the kind keeps it apart, and the object is validated.
        case client
        /// The site itself (kubelet, scheduler, seeding): written as given.
        case site
    }

    /// What is done with members that the type does not have.
    enum FieldValidation: Sendable {
        case ignore
        case warn
        case strict
    }

    enum Operation: Sendable {
        case update
        /// Owners are settled before the store sees the object.
        case apply
    }

    /// Who is named in `metadata.managedFields`.
    package var fieldManager: String
    package var origin: Origin
    /// Everything is done and answered, nothing is kept.
    package var isDryRun: Bool
    var fieldValidation = FieldValidation.ignore
    var operation = Operation.update
    /// `status` or nil.
    var subresource: String?

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

/// An object as it was stored, and what its writer is to be warned of.
struct Written: Sendable {
    let object: JSONValue
    let warnings: [String]
    /// False: it existed before.
    var isNew = false
}
