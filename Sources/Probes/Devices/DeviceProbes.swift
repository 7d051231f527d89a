package import Dialects
package import Facts

// Questions to switches and gateways: each platform's dialect gives the ways to ask, best first.

extension VLANTableRequest: CommandProbing {
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        site.platform(of: device).map { SwitchDialects.vlans($0).map(Attempt.init(device:)) } ?? []
    }
}

extension FDBRequest: CommandProbing {
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        guard let platform = site.platform(of: device) else { return [] }
        return try SwitchDialects.fdb(platform, vlanName: vlanName, vlanID: vlanID).map(Attempt.init(device:))
    }
}

extension DeviceNeighboursRequest: CommandProbing {
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        site.platform(of: device).map { SwitchDialects.neighbours($0).map(Attempt.init(device:)) } ?? []
    }
}

extension InterfaceStatesRequest: CommandProbing {
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        site.platform(of: device).map { SwitchDialects.interfaces($0).map(Attempt.init(device:)) } ?? []
    }
}

extension SpanningTreeRequest: CommandProbing {
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        site.platform(of: device).map { SwitchDialects.spanningTree($0).map(Attempt.init(device:)) } ?? []
    }
}

extension AggregatesRequest: CommandProbing {
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        site.platform(of: device).map { SwitchDialects.aggregates($0).map(Attempt.init(device:)) } ?? []
    }
}

extension TrunksRequest: CommandProbing {
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        site.platform(of: device).map { SwitchDialects.trunks($0).map(Attempt.init(device:)) } ?? []
    }
}

extension LLDPRequest: CommandProbing {
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        site.platform(of: device).map { SwitchDialects.lldp($0).map(Attempt.init(device:)) } ?? []
    }
}

extension DeviceIPv6NeighboursRequest: CommandProbing {
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        site.platform(of: device).map { SwitchDialects.ipv6Neighbours($0).map(Attempt.init(device:)) } ?? []
    }
}

extension SiteMap {
    func platform(of device: DeviceName) -> Platform? { devices[device]?.platform }
}

extension Attempt {
    /// A device's answer is one text, whichever stream it came on.
    init<Record: Sendable>(device way: Try<Record>) where Answer == Reading<Record> {
        let read = way.read
        self.init([way.command]) { exchanges throws(DialectError) in
            let exchange = exchanges[0]
            return try read(exchange.output.isEmpty ? exchange.errorText : exchange.text)
        }
    }
}
