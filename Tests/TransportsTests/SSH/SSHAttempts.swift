import SSHPeer

@testable import Transports

/// What a command on `node` comes to where it does not succeed; nil where it does.
func failure(
    _ connections: SSHConnections, _ command: String = "true", deadline: Duration = .seconds(20)
) async -> SSHFailure? {
    do throws(SSHFailure) {
        _ = try await connections.run(command, on: "node", deadline: deadline)
        return nil
    } catch {
        return error
    }
}

/// Its sentence, over connections that are closed again.
func sentence(_ daemon: SSHDaemon) async -> String? {
    let connections = daemon.connections()
    let failure = await TransportsTests.failure(connections)
    await connections.closeAll()
    return failure?.description
}
