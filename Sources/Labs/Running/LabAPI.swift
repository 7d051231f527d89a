/// What stands behind a site's API, for those who run the site themselves.
package struct LabAPI: Sendable {
    package let store: ObjectStore
    /// Planted and counted while the site is up.
    package let faults: APIFaults
}
