internal import Foundation
internal import Subprocess
internal import SystemPackage

/// What the guests are made of: a QEMU with the igb device, a kernel, and an image with the guests' programs. Fetched from
/// Debian's packages the first time, kept for the next.
struct GuestParts: Sendable {
    /// The folder that holds them, in the user's cache.
    let folder: String

    var kernel: String { folder + "/vmlinuz" }
    var image: String { folder + "/initrd" }
    var program: String { folder + "/qemu/usr/bin/qemu-system-x86_64" }

    /// Folders in which QEMU looks for its firmware.
    var dataFolders: [String] { [folder + "/qemu/usr/share/qemu", folder + "/qemu/usr/share/seabios"] }

    /// What QEMU needs in its environment: libraries that the system may lack.
    var environment: [String: String] {
        let libraries = ["/qemu/usr/lib/x86_64-linux-gnu", "/qemu/lib/x86_64-linux-gnu"].map { folder + $0 }
        return [
            "LD_LIBRARY_PATH": libraries.joined(separator: ":"), "QEMU_MODULE_DIR": libraries[0] + "/qemu",
        ]
    }

    /// Looks for the parts and fetches them when they are not there yet, which takes most of a minute.
    ///
    /// - Throws: `LabError` with the sentence that tells what is missing.
    static func ready() async throws -> GuestParts {
        let script = program(PackageResources.fetch_sh)
        let text = String(decoding: script, as: UTF8.self)
        // Another version of the script makes other parts.
        let parts = GuestParts(folder: cacheFolder + "/emulation-" + Hex.stable(text, count: 12))
        if FileManager.default.fileExists(atPath: parts.folder + "/complete") { return parts }
        FileHandle.standardError.write(Data("plumbline-lab: fetching the guests' parts into \(parts.folder)\n".utf8))
        try await run(script, [parts.folder])
        return parts
    }

    /// `ip` and `bridge` of another Debian release, with what they need, as a tar archive.
    ///
    /// - Throws: `LabError` with the sentence that tells what is missing.
    static func iproute2(of suite: String) async throws -> [UInt8] {
        let folder = cacheFolder + "/iproute2"
        try await run(program(PackageResources.iproute2_sh), [folder, suite])
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(suite).tar") else {
            throw LabError("\(folder)/\(suite).tar cannot be read")
        }
        return Array(data)
    }

    private static func program(_ script: [UInt8]) -> [UInt8] {
        Array("set -euo pipefail\n".utf8) + PackageResources.apt_sh + script
    }

    private static func run(_ script: [UInt8], _ arguments: [String]) async throws {
        let result = try await Subprocess.run(
            .name("bash"), arguments: Arguments(["-s"] + arguments), input: .array(script), output: .discarded,
            error: .string(limit: 1 << 16))
        guard result.terminationStatus.isSuccess else {
            let last = result.standardError.split(separator: "\n").last.map(String.init) ?? "nothing was said"
            throw LabError("the guests' parts cannot be had: \(last)")
        }
    }

    /// `$PLUMBLINE_CACHE`, else `plumbline` in the user's cache folder.
    private static var cacheFolder: String {
        let environment = ProcessInfo.processInfo.environment
        if let folder = environment["PLUMBLINE_CACHE"], !folder.isEmpty { return folder }
        if let folder = environment["XDG_CACHE_HOME"], !folder.isEmpty { return folder + "/plumbline" }
        return NSHomeDirectory() + "/.cache/plumbline"
    }
}
