internal import Foundation

extension Lab {
    /// What a command needs in its environment so that `kubectl`, `ssh` and `plumbline` reach this site.
    ///
    /// - Throws: when the `ssh` wrapper cannot be written.
    package func environment() throws -> [String: String] {
        let folder = directory + "/bin"
        let manager = FileManager.default
        if !manager.fileExists(atPath: folder) {
            try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let wrapper = "#!/bin/sh\nexec /usr/bin/ssh -F '\(sshConfiguration)' \"$@\"\n"
            try wrapper.write(toFile: folder + "/ssh", atomically: false, encoding: .utf8)
            try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/ssh")
        }
        // The scenario that fits this site, for sites that no scenario in `scenarios/` was written for.
        let scenario = directory + "/scenario.yaml"
        if let text = SiteScenario.text(for: site) { try text.write(toFile: scenario, atomically: false, encoding: .utf8) }
        // The programs that were built with this one come before installed ones of the same name.
        let programs = ((Bundle.main.executablePath ?? "") as NSString).deletingLastPathComponent
        let path = programs + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
        var environment = [
            "PATH": folder + ":" + path, "KUBECONFIG": kubeconfig, "PLUMBLINE_SSH_CONFIG": sshConfiguration,
            "PLUMBLINE_LAB_ADMIN_KUBECONFIG": administratorKubeconfig,
        ]
        if manager.fileExists(atPath: scenario) { environment["PLUMBLINE_LAB_SCENARIO"] = scenario }
        return environment
    }
}

extension Lab {
    /// How long the site kept somebody waiting: first in all (overlaps once), then system by system.
    package func waits() async -> [(system: String, time: Duration)] {
        var waits = [(system: "all", time: await ledger.total())]
        for system in await ledger.systems { waits.append((system, await ledger.total(of: system))) }
        return waits
    }
}
