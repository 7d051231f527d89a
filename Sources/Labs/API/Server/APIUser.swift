/// Who a request comes from, as the server found out: by client certificate, by token, or not at all.
package struct APIUser: Hashable, Sendable {
    /// The certificate's common name, or the name that belongs to the token.
    package let name: String
    /// The certificate's organisations, or the token's groups; `system:authenticated` is added by the server.
    package let groups: [String]

    package init(name: String, groups: [String] = []) {
        self.name = name
        self.groups = groups
    }

    package static let anonymous = APIUser(name: "system:anonymous", groups: ["system:unauthenticated"])

    /// May do what roles say that somebody binds to this user, and nothing else.
    package static let operatorUser = APIUser(name: "plumbline")

    /// May do everything, whatever the roles say.
    package static let administrator = APIUser(name: "kubernetes-admin", groups: ["system:masters"])
}
