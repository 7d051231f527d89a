/// The spellings of interface kinds on EOS, NX-OS, IOS, SONiC, OS10 and SR Linux, each with the one used for comparing.
///
/// - Source: the short and long names that these systems print for one port in their own tables (`show mac
///   address-table` and `show interfaces`).
enum InterfaceKinds {
    /// The canonical spelling of a lower-case kind; nil where it is not one of these and stands for itself (`ge-`, `swp`).
    static func canonical(_ kind: Substring) -> String? { spellings[String(kind)] }

    private static let kinds: [(canonical: String, others: [String])] = [
        ("ethernet", ["eth", "et", "e", "ethernet-"]),
        ("fastethernet", ["fa", "fas", "fast"]),
        ("gigabitethernet", ["gi", "gig", "gigabit", "gigabiteth"]),
        ("twogigabitethernet", ["tw", "twogig"]),
        ("fivegigabitethernet", ["fi", "fivegig"]),
        ("tengigabitethernet", ["te", "ten", "tengig", "tengige", "tengigabit", "tengigabiteth"]),
        ("twentyfivegige", ["twe", "tf", "twentyfivegigabitethernet", "twentyfivegig"]),
        ("fortygigabitethernet", ["fo", "forty", "fortygige", "fortygig", "fortygigabiteth"]),
        ("fiftygige", ["fif", "fiftygigabitethernet", "fiftygig"]),
        ("hundredgige", ["hu", "hun", "hundredgigabitethernet", "hundredgig"]),
        ("twohundredgige", ["two", "twohundredgigabitethernet"]),
        ("fourhundredgige", ["fou", "f", "fourhundredgigabitethernet"]),
        ("port-channel", ["po", "portchannel", "port-ch"]),
        ("vlan", ["vl", "vla"]),
        ("loopback", ["lo", "loop"]),
        ("management", ["ma", "mgmt", "mgmteth"]),
        ("tunnel", ["tu", "tun"]),
        ("vxlan", ["vx"]),
        ("peerethernet", ["pet", "peereth"]),
    ]

    private static let spellings: [String: String] = {
        var table: [String: String] = [:]
        for kind in kinds {
            table[kind.canonical] = kind.canonical
            for other in kind.others { table[other] = kind.canonical }
        }
        return table
    }()
}
