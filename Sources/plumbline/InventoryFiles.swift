internal import ArgumentParser
internal import Documents
internal import Foundation
internal import Scenarios
internal import Transports

/// Reads an Ansible inventory and the `group_vars` and `host_vars` beside it.
enum InventoryFiles {
    /// How the hosts of an inventory are reached, by name. What it does not say is left to the ssh configuration.
    ///
    /// - Throws: `ExitCode(64)` after the problems were printed to stderr, all of them.
    static func hosts(_ path: String) throws -> [String: SSHHostOptions] {
        let text: String
        do throws(UnreadableFile) {
            text = try ScenarioFiles.read(path)
        } catch {
            Console.err("\(path): the inventory could not be read: \(error.reason)\n")
            throw ExitCode(64)
        }
        let folder = URL(filePath: path).deletingLastPathComponent().path
        do throws(ProblemList) {
            let inventory = try AnsibleInventory(file: path, text: text) { groups, hosts in
                groups.flatMap { files("\(folder)/group_vars/\($0)", .group($0)) }
                    + hosts.flatMap { files("\(folder)/host_vars/\($0)", .host($0)) }
            }
            return inventory.hosts.mapValues(options)
        } catch {
            Console.err("\(error)\n")
            throw ExitCode(64)
        }
    }

    /// `NAME`, `NAME.yml`, `NAME.yaml`, and the files of a folder NAME by their names. One that cannot be read is said and passed over.
    private static func files(_ path: String, _ subject: AnsibleInventory.VariableFile.Subject) -> [AnsibleInventory.VariableFile]
    {
        var isFolder: ObjCBool = false
        var paths = [path + ".yml", path + ".yaml", path + ".json"]
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            let names = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
            paths += names.sorted().filter { name in [".yml", ".yaml", ".json"].contains { name.hasSuffix($0) } }.map {
                "\(path)/\($0)"
            }
        } else {
            paths.insert(path, at: 0)
        }
        return paths.filter { FileManager.default.fileExists(atPath: $0) }.compactMap { file in
            do throws(UnreadableFile) {
                return .init(subject, file: file, text: try ScenarioFiles.read(file))
            } catch {
                Console.err("\(file): passed over, it could not be read: \(error.reason)\n")
                return nil
            }
        }
    }

    private static func options(_ host: AnsibleHost) -> SSHHostOptions {
        var options = SSHHostOptions(
            hostName: host.address, port: host.port, user: host.user,
            identityFile: host.privateKeyFile.map { NSString(string: $0).expandingTildeInPath }, proxyJump: host.proxyJump)
        options.proxyCommand = host.proxyCommand
        return options
    }
}
