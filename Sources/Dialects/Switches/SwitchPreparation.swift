package import Facts

/// What is typed first into a device's shell, where it has no exec channel: a wide line, so that nothing is wrapped, and no pager.
///
/// - Source: the command references of Junos (`set cli screen-length`), EOS, NX-OS and IOS (`terminal length`, `terminal width`)
///   and SR Linux (`environment cli-engine`); none of them is written to a configuration.
package enum SwitchPreparation {
    /// In the order in which they are sent. Empty for a platform whose command line is a Unix shell behind an exec channel, where no
    /// shell is ever opened.
    package static func commands(_ platform: Platform) -> [DeviceCommand] {
        switch platform {
        case .junos: [wide("set cli screen-width 511"), unpaged("set cli screen-length 0")]
        case .eos, .nxos, .ios: [wide("terminal width 511"), unpaged("terminal length 0")]
        case .os10: [unpaged("terminal length 0")]
        case .srlinux:
            [
                prepared("environment cli-engine type basic", "a prompt and answers without drawing"),
                prepared("environment complete-on-space false", "lines that are taken as they are typed"),
            ]
        case .sonic, .cumulus, .linux: []
        }
    }

    private static func wide(_ line: String) -> DeviceCommand { prepared(line, "lines that are not wrapped") }
    private static func unpaged(_ line: String) -> DeviceCommand { prepared(line, "answers without a pager") }

    private static func prepared(_ line: String, _ purpose: String) -> DeviceCommand {
        DeviceCommand(
            host: .device, text: line, purpose: "\(purpose), in a shell only, where there is no exec channel",
            sideEffects: "none because it holds for this terminal session and ends with it")
    }
}
