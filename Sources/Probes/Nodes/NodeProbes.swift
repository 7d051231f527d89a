package import Dialects
package import Facts

// Questions to nodes.

extension KernelStateRequest: CommandProbing {
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        [
            Attempt([NodeCommands.kernelCommandLine, NodeCommands.iommuGroups, NodeCommands.kernelAndMachine]) {
                exchanges throws(DialectError) in
                try KernelStateReader.read(
                    commandLine: CommandOutput(exchanges[0]), groups: CommandOutput(exchanges[1]),
                    kernel: CommandOutput(exchanges[2]))
            }
        ]
    }
}

extension KernelLogRequest: CommandProbing {
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        [Attempt([NodeCommands.kernelLog]) { exchanges throws(DialectError) in try KernelLog.read(try exchanges[0].soleText()) }]
    }
}

extension PhysicalFunctionRequest: CommandProbing {
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        let pf = pf
        return [
            Attempt([try NodeCommands.physicalFunctionFiles(pf), try NodeCommands.physicalFunctionLinks(pf)]) {
                exchanges throws(DialectError) in
                try SysfsFiles.physicalFunction(pf, files: CommandOutput(exchanges[0]), links: CommandOutput(exchanges[1]))
            }
        ]
    }
}

extension VFTableRequest: CommandProbing {
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        let pf = pf
        return [try NodeCommands.linkJSON(pf), try NodeCommands.linkText(pf)].map { command in
            Attempt([command]) { exchanges throws(DialectError) in
                try VFTable.read(try exchanges[0].soleText(), pf: pf)
            }
        }
    }
}

extension VFDevicesRequest: CommandProbing {
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        let pf = pf
        return [
            Attempt([try NodeCommands.vfLinks(pf), try NodeCommands.vfFiles(pf)]) { exchanges throws(DialectError) in
                try SysfsFiles.vfDevices(pf, links: CommandOutput(exchanges[0]), files: CommandOutput(exchanges[1]))
            }
        ]
    }
}

extension LinksRequest: CommandProbing {
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        [NodeCommands.linksJSON, NodeCommands.linksText].map { command in
            Attempt([command]) { exchanges throws(DialectError) in try IPLink.read(try exchanges[0].soleText()) }
        }
    }
}

extension PCIDevicesRequest: CommandProbing {
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        [
            Attempt([NodeCommands.pciDevices]) { exchanges throws(DialectError) in
                LSPCI.network(try LSPCI.read(try exchanges[0].soleText()))
            }
        ]
    }
}

extension NetworkHardwareRequest: CommandProbing {
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        [
            Attempt([NodeCommands.networkHardware]) { exchanges throws(DialectError) in
                try LSHWBusinfo.read(try exchanges[0].soleText())
            }
        ]
    }
}

extension CNIInstallationRequest: CommandProbing {
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        let request = self
        return [
            Attempt([
                try NodeCommands.cniConfiguration(configurationFolder), try NodeCommands.cniBinary(binaryPath),
                try NodeCommands.cniBinaryHeader(binaryPath), try NodeCommands.cniVersion(binaryPath),
                NodeCommands.kernelAndMachine,
            ]) { exchanges throws(DialectError) in
                let outputs = exchanges.map { CommandOutput($0) }
                return try CNIInstallationReader.read(
                    request, folder: outputs[0], binary: outputs[1], header: outputs[2], versions: outputs[3], kernel: outputs[4])
            }
        ]
    }
}

extension DeviceAllocationsRequest: CommandProbing {
    package func attempts(_ site: SiteMap) throws(CommandRefusal) -> [Attempt<Answer>] {
        [
            Attempt([NodeCommands.kubeletCheckpoint]) { exchanges throws(DialectError) in
                try KubeletCheckpoint.read(try exchanges[0].soleText())
            }
        ]
    }
}

extension CommandOutput {
    init(_ exchange: Exchange) {
        let status: Int? = if case .exit(let code) = exchange.outcome { code } else { nil }
        self.init(exchange.text, errors: exchange.errorText, exitStatus: status)
    }
}

extension Exchange {
    /// What a reader of one text is given: standard output, or the error text where nothing else came, so that a reader can
    /// tell 'no such device' and 'not found' from an empty table.
    func soleText() throws(DialectError) -> String { output.isEmpty && !errorOutput.isEmpty ? errorText : text }
}
