/// Who may do what with a site's API.
package struct SiteAccess: Sendable {
    /// True: the site's user is `plumbline`, who may do only what roles in the cluster say. False: he may do everything.
    package var enforcesRoles: Bool
    /// Takes note of the rights that are used; nil: nobody does.
    package var log: AccessLog?

    package init(enforcesRoles: Bool = false, log: AccessLog? = nil) {
        self.enforcesRoles = enforcesRoles
        self.log = log
    }
}
