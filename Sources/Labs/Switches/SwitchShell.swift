package import Facts

/// The command line of a simulated switch, in the words of its platform: one command, its output, no prompt, no paging.
package struct SwitchShell: Sendable {
    private let view: SwitchView

    /// - Parameters:
    ///   - now: site time at which the command begins; `start` is the wall clock at site time zero.
    /// - Returns: nil when the site has no such switch.
    package init?(of name: DeviceName, in state: FabricState, at now: Duration, start: Timestamp) {
        guard let view = SwitchView(of: name, in: state, at: now, start: start) else { return nil }
        self.view = view
    }

    package func run(_ line: String) -> CommandAnswer {
        switch view.device.site.platform {
        case .junos: JunosShell(view: view).run(line)
        case .eos: EOSShell(view: view).run(line)
        case .nxos: NXOSShell(view: view).run(line)
        case .ios: IOSShell(view: view).run(line)
        case .sonic: SONiCShell(view: view).run(line)
        case .cumulus: CumulusShell(view: view).run(line)
        case .os10: OS10Shell(view: view).run(line)
        case .srlinux: SRLinuxShell(view: view).run(line)
        case .linux: LinuxSwitchShell(view: view).run(line)
        }
    }

    /// The platforms that a simulated switch can speak.
    package static let spoken = Platform.allCases
}
