internal import Glibc

/// The known_hosts files of a run, each read once.
actor SSHKnownHostsFiles {
    /// What is known about one endpoint.
    struct Known: Sendable {
        let hosts: KnownHosts
        /// Under which names to look: `[host]:port` where the port is not 22.
        let names: [String]
        /// The same without the port; empty where that is no other name.
        let namesWithoutPort: [String]
        /// Files that were read.
        let files: [String]

        /// ssh takes a key that is listed without a port for every port of the host, but does not call it changed.
        func matchesWithoutPort(key: [UInt8], type: String) -> Bool {
            !namesWithoutPort.isEmpty && hosts.judge(key: key, type: type, names: namesWithoutPort) == .known
        }
    }

    private var read: [[String]: (hosts: KnownHosts, files: [String])] = [:]

    func lines(of endpoint: SSHEndpoint) -> Known {
        let paths = endpoint.userKnownHostsFiles + endpoint.globalKnownHostsFiles
        let (hosts, files) = read[paths] ?? load(paths)
        if let alias = endpoint.hostKeyAlias {
            return Known(hosts: hosts, names: [alias], namesWithoutPort: [], files: files)
        }
        guard endpoint.port != 22 else {
            return Known(hosts: hosts, names: [endpoint.hostName], namesWithoutPort: [], files: files)
        }
        return Known(
            hosts: hosts, names: ["[\(endpoint.hostName)]:\(endpoint.port)"], namesWithoutPort: [endpoint.hostName],
            files: files)
    }

    private func load(_ paths: [String]) -> (hosts: KnownHosts, files: [String]) {
        var hosts = KnownHosts()
        var files: [String] = []
        for path in paths {
            guard let bytes = SSHFile.read(path) else { continue }
            hosts.add(String(decoding: bytes, as: UTF8.self), file: path)
            files.append(path)
        }
        read[paths] = (hosts, files)
        return (hosts, files)
    }
}
