internal import Facts
internal import Foundation
internal import Transports

/// Gives each request the header fields that prove who asks.
actor CredentialSource {
    private let access: ClusterAccess

    init(_ access: ClusterAccess) { self.access = access }

    /// A certificate that the credentials bring along; `nil` leaves the route's own.
    var clientCertificate: (chain: [UInt8], key: Redacted<[UInt8]>)? { nil }

    /// - Throws: `KubernetesFailure` of kind `configuration` when there is nothing to prove it with.
    func headers() throws(KubernetesFailure) -> HTTPHeaders {
        var headers = HTTPHeaders()
        switch access.credentials {
        case .none: break
        case .token(let token): headers.add("Authorization", "Bearer \(token.secret)")
        case .tokenFile(let path):
            let bytes = try LocalFile.read(path, what: "the token of user '\(access.userName ?? "")' in \(access.origin)")
            let token = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            guard !token.isEmpty else { throw .configuration("the token file \(path) is empty: expected a bearer token") }
            headers.add("Authorization", "Bearer \(token)")
        case .basic(let user, let password):
            headers.add("Authorization", "Basic " + Data("\(user):\(password.secret)".utf8).base64EncodedString())
        }
        addImpersonation(to: &headers)
        return headers
    }

    private func addImpersonation(to headers: inout HTTPHeaders) {
        guard let impersonation = access.impersonation else { return }
        headers.add("Impersonate-User", impersonation.user)
        if let uid = impersonation.uid { headers.add("Impersonate-Uid", uid) }
        for group in impersonation.groups { headers.add("Impersonate-Group", group) }
        for (key, values) in impersonation.extra.sorted(by: { $0.key < $1.key }) {
            for value in values { headers.add("Impersonate-Extra-" + PercentEncoding.encode(key), value) }
        }
    }
}
