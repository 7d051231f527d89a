import Foundation

@testable import Labs

/// A certificate whose time was over in 2020, made by the `openssl` program, which needs its little authority for that.
enum ExpiredCertificate {
    static func issue(_ name: String, usage: String, by authority: Certificates.Pair) async throws -> Certificates.Pair {
        let folder = FileManager.default.temporaryDirectory.appending(path: "plumbline-expired-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(authority.certificatePEM.utf8).write(to: folder.appending(path: "ca.pem"))
        try Data(authority.keyPEM.utf8).write(to: folder.appending(path: "ca.key"))
        let configuration = """
            [ca]
            default_ca = own
            [own]
            database = index.txt
            new_certs_dir = .
            serial = serial
            default_md = sha256
            policy = any
            unique_subject = no
            [any]
            commonName = supplied
            [extensions]
            subjectAltName = IP:127.0.0.1
            extendedKeyUsage = \(usage)
            basicConstraints = CA:FALSE
            """
        try Data(configuration.utf8).write(to: folder.appending(path: "ca.cnf"))
        let script = """
            set -e
            : > index.txt; echo 01 > serial
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -batch -subj '/CN=\(name)' -keyout key.pem -out request.pem
            openssl ca -batch -notext -config ca.cnf -extensions extensions -cert ca.pem -keyfile ca.key -in request.pem \\
                -startdate 20200101000000Z -enddate 20200102000000Z -out certificate.pem
            """
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script]
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        func text(_ file: String) throws -> String { try String(contentsOf: folder.appending(path: file), encoding: .utf8) }
        return Certificates.Pair(certificatePEM: try text("certificate.pem"), keyPEM: try text("key.pem"))
    }
}
