package import Dialects
package import Facts

// Questions to pods, by exec without a shell.

extension PodAddressesRequest: CommandProbing {
    package var containerName: String? { container }
    package var isOfWholePod: Bool { true }
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        let interfaces = interfaces
        var commands = [PodCommands.interfaceFile, PodCommands.routeFile, PodCommands.addressFile, PodCommands.address6File]
        for interface in interfaces { commands.append(try PodCommands.interfaceAttributes(interface)) }
        return [
            Attempt([PodCommands.addresses]) { exchanges throws(DialectError) in try IPAddr.read(try exchanges[0].soleText()) },
            Attempt(commands) { exchanges throws(DialectError) in
                let outputs = exchanges.map { CommandOutput($0) }
                return try PodInterfaceFiles.read(
                    .init(
                        interfaces: outputs[0], routes: outputs[1], trie: outputs[2], inet6: outputs[3],
                        attributes: Array(zip(interfaces, outputs.dropFirst(4)).map { (interface: $0, output: $1) })))
            },
        ]
    }
}

extension PodDeviceLinkRequest: CommandProbing {
    package var containerName: String? { container }
    package var isOfWholePod: Bool { true }
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        let interface = interface
        return [
            Attempt([try PodCommands.deviceLink(interface)]) { exchanges throws(DialectError) in
                try PodDeviceLink.read(CommandOutput(exchanges[0]), interface: interface)
            },
            Attempt([try PodCommands.deviceEvent(interface)]) { exchanges throws(DialectError) in
                try PodDeviceLink.read(event: CommandOutput(exchanges[0]), interface: interface)
            },
        ]
    }
}

extension PodEnvironmentRequest: CommandProbing {
    package var containerName: String? { container }
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        let resource = resource
        return [
            Attempt([try PodCommands.environment(resource)]) { exchanges throws(DialectError) in
                try PodEnvironment.read(CommandOutput(exchanges[0]), resource: resource)
            }
        ]
    }
}

extension PodNeighboursRequest: CommandProbing {
    package var containerName: String? { container }
    package var isOfWholePod: Bool { true }
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        [PodCommands.neighbours, PodCommands.neighbourList].map { command in
            Attempt([command]) { exchanges throws(DialectError) in try NeighbourTable.read(try exchanges[0].soleText()) }
        }
    }
}

extension PingRequest: CommandProbing {
    package var containerName: String? { container }
    package var isOfWholePod: Bool { true }
    package var adviceWhenRefused: String? {
        "the container may not send raw packets: was NET_RAW dropped from its capabilities?"
    }
    /// One second a lost answer, and one to spare.
    package var extraTime: Duration { .seconds(count + 1) }
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        let request = self
        return [
            Attempt([try PodCommands.ping(destination, out: interface, count: count)]) { exchanges throws(DialectError) in
                // busybox prints its title on standard output before the error text on the other stream.
                let text = exchanges[0].text + (exchanges[0].errorOutput.isEmpty ? "" : "\n" + exchanges[0].errorText)
                do throws(DialectError) {
                    return try Ping.readOne(text)
                } catch {
                    // No route is an answer about the path: nothing could even be sent.
                    guard case .unreachable = error else { throw error }
                    return PingResult(destination: request.destination, sent: 0, received: 0, lossPercent: 100)
                }
            }
        ]
    }
}
