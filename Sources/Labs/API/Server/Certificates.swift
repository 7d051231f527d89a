internal import Foundation

/// Throwaway keys and certificates for one lab: an authority, the server's, and clients'.
///
/// Made by the `openssl` program, so that the lab needs no library for it. Valid for one day, kept in memory.
package struct Certificates: Sendable {
    package struct Pair: Sendable {
        package let certificatePEM: String
        package let keyPEM: String
    }

    package let authority: Pair

    /// - Throws: `CertificateError` when there is no `openssl` or it does not do what was asked.
    package init() async throws(CertificateError) {
        authority = try await Self.issue(
            subject: "/CN=plumbline-lab-ca", extensions: ["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign"],
            by: nil)
    }

    /// - Parameter names: what clients may call the server: `IP:127.0.0.1`, `DNS:localhost`.
    package func server(
        names: [String] = ["IP:127.0.0.1", "DNS:localhost", "DNS:kubernetes", "DNS:kubernetes.default.svc"]
    ) async throws(CertificateError) -> Pair {
        try await Self.issue(
            subject: "/CN=kube-apiserver",
            extensions: [
                "subjectAltName=" + names.joined(separator: ","), "extendedKeyUsage=serverAuth", "basicConstraints=CA:FALSE",
            ], by: authority)
    }

    package func client(_ user: APIUser) async throws(CertificateError) -> Pair {
        let groups = user.groups.map { "/O=" + $0 }.joined()
        return try await Self.issue(
            subject: groups + "/CN=" + user.name, extensions: ["extendedKeyUsage=clientAuth", "basicConstraints=CA:FALSE"],
            by: authority)
    }

    private static func issue(subject: String, extensions: [String], by authority: Pair?) async throws(CertificateError) -> Pair {
        do {
            let folder = FileManager.default.temporaryDirectory.appending(path: "plumbline-lab-" + UUID().uuidString)
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            defer { try? FileManager.default.removeItem(at: folder) }
            var arguments = [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1", "-batch",
                "-subj", subject, "-keyout", "key.pem", "-out", "certificate.pem",
            ]
            for text in extensions { arguments += ["-addext", text] }
            if let authority {
                try Data(authority.certificatePEM.utf8).write(to: folder.appending(path: "ca.pem"))
                try Data(authority.keyPEM.utf8).write(to: folder.appending(path: "ca.key"))
                arguments += ["-CA", "ca.pem", "-CAkey", "ca.key"]
            }
            try await run(arguments, in: folder)
            return Pair(
                certificatePEM: String(decoding: try Data(contentsOf: folder.appending(path: "certificate.pem")), as: UTF8.self),
                keyPEM: String(decoding: try Data(contentsOf: folder.appending(path: "key.pem")), as: UTF8.self))
        } catch {
            throw CertificateError(subject: subject, cause: "\(error)")
        }
    }

    private static func run(_ arguments: [String], in folder: URL) async throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let errors = Pipe()
        process.standardError = errors
        let status = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        guard status == 0 else {
            let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            throw CertificateError(subject: "openssl", cause: "it exited with \(status) and said: \(text)")
        }
    }
}

/// A certificate that could not be made.
package struct CertificateError: Error, CustomStringConvertible {
    let subject: String
    let cause: String

    package var description: String {
        "The lab's certificate for \(subject) was to be made by the program openssl (3.0 or newer); instead: \(cause)"
    }
}
