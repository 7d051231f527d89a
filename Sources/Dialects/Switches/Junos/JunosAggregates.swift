internal import Facts

/// Which ports Junos bundles: from `show interfaces terse` (`aenet --> ae0.0`), where static and LACP bundles are alike, and
/// from `show lacp interfaces`; text, XML and JSON.
enum JunosAggregates {
    static let expectation = TableExpectation(platform: .junos, table: "list of aggregated interfaces")

    /// One port in one aggregate.
    struct Membership: Equatable, Sendable {
        let aggregate: InterfaceName
        let member: Aggregate.Member
        var protocolName: String?
    }

    static func read(_ text: String) throws(DialectError) -> Reading<Aggregate> {
        let parts: Reading<Membership>
        switch try Payload.find(in: text) {
        case .xml(let tree): parts = try readFields(tree, form: "xml")
        case .json(let tree): parts = try readFields(tree, form: "json")
        case .text(let lines) where lines.contains(where: { PlatformMark.fold($0.text).hasPrefix("aggregated interface:") }):
            parts = try TableWalk.read(lines, JunosLACPGrammar(), expecting: expectation)
        case .text(let lines): parts = try TableWalk.read(lines, JunosBundleGrammar(), expecting: expectation)
        }
        return Reading(rows: joined(parts.rows), unread: parts.unread, statedEmpty: parts.statedEmpty, form: parts.form)
    }

    /// One entry an aggregate, in the order in which they come first. A port with several units is one member.
    private static func joined(_ parts: [Membership]) -> [Aggregate] {
        var found: [Aggregate] = []
        for part in parts {
            let place = found.firstIndex { $0.interface == part.aggregate } ?? found.count
            if place == found.count { found.append(Aggregate(interface: part.aggregate, protocolName: part.protocolName)) }
            if let index = found[place].members.firstIndex(where: { $0.interface == part.member.interface }) {
                found[place].members[index].active = found[place].members[index].active ?? part.member.active
            } else {
                found[place].members.append(part.member)
            }
        }
        return found
    }

    private static func readFields(_ tree: FieldTree, form: String) throws(DialectError) -> Reading<Membership> {
        var rows = FieldRows<Membership>(tree: tree, form: form)
        for bundle in tree.descendants(named: ["lacp-interface-information"]) {
            guard let name = bundle.first("lag-lacp-header")?.value("aggregate-name") else {
                rows.doubt(bundle)
                continue
            }
            let states = bundle.all("lag-lacp-state").filter { $0.value("lacp-role") != "Partner" }
            for entry in states.isEmpty ? bundle.all("lag-lacp-protocol") : states {
                guard let port = entry.value("name") else {
                    rows.doubt(entry)
                    continue
                }
                let active = entry.value("lacp-distributing").map { $0 == "Yes" }
                rows.append(
                    Membership(
                        aggregate: InterfaceName(name), member: .init(interface: InterfaceName(port), active: active),
                        protocolName: "LACP"))
            }
        }
        for unit in tree.descendants(named: ["logical-interface"]) {
            for bundle in unit.descendants(named: ["ae-bundle-name"]) {
                guard let name = unit.value("name") else {
                    rows.doubt(unit)
                    continue
                }
                rows.append(membership(of: Substring(name), in: Substring(bundle.joinedText)))
            }
        }
        let isTable = ["lacp-interface-information-list", "interface-information"].contains { tree.number(of: $0) != nil }
        return try rows.reading(isTable: isTable, expecting: expectation)
    }

    /// Units are left out: the port is bundled, not the unit.
    static func membership(of unit: Substring, in bundle: Substring) -> Membership {
        Membership(
            aggregate: InterfaceName(withoutUnit(bundle)), member: .init(interface: InterfaceName(withoutUnit(unit))))
    }

    private static func withoutUnit(_ name: Substring) -> Substring {
        name.utf8.lastIndex(of: 0x2e).map { name[..<$0] } ?? name
    }
}

/// The bundled ports in `show interfaces terse`; all other interfaces are passed over.
struct JunosBundleGrammar: TableGrammar {
    private var interfaces = JunosInterfaceGrammar()
    private var sawInterface = false
    private var last: InterfaceState?

    var form: String { "text" }
    /// Descriptions do not say what is bundled.
    var statesEmpty: Bool { sawInterface && !interfaces.isDescriptions }
    var emptyIsSilent: Bool { true }
    static var hasOneAddressARow: Bool { false }

    static func isAsked(by command: Substring) -> Bool { JunosInterfaceGrammar.isAsked(by: command) }
    static func mayTell(_ line: Substring) -> Bool { line.words.contains("aenet") }

    mutating func meaning(of line: Substring, after _: JunosAggregates.Membership?) -> LineMeaning<JunosAggregates.Membership> {
        switch interfaces.meaning(of: line, after: last) {
        case .row(let state):
            sawInterface = true
            last = state
        case .amends(let state): last = state
        case .heading: return .heading
        case .furniture: return .furniture
        case .unknown: return .unknown
        }
        let words = line.words
        guard let place = words.firstIndex(of: "aenet") else { return .furniture }
        guard let unit = last?.interface, place + 2 < words.count, words[place + 1] == "-->",
            JunosInterface.isLogical(words[place + 2])
        else { return .unknown }
        return .row(JunosAggregates.membership(of: Substring(unit.printed), in: words[place + 2]))
    }
}

/// `show lacp interfaces [extensive]`: the actor's line of each port says whether it distributes.
struct JunosLACPGrammar: TableGrammar {
    private var aggregate: InterfaceName?
    private var sawTitle = false
    /// The rows of the bundle named last have begun.
    private var isOpen = false

    var form: String { "text/lacp" }
    var statesEmpty: Bool { sawTitle }
    var emptyIsSilent: Bool { true }
    static var hasOneAddressARow: Bool { false }

    static func isAsked(by command: Substring) -> Bool { command.lowercased().contains("lacp") }
    static func mayTell(_ line: Substring) -> Bool { line.words.contains("Actor") }

    mutating func meaning(of line: Substring, after last: JunosAggregates.Membership?) -> LineMeaning<JunosAggregates.Membership>
    {
        let words = line.words
        guard let first = words.first else { return .furniture }
        let folded = PlatformMark.fold(line)
        if folded.hasPrefix("aggregated interface:"), words.count == 3, JunosInterface.isPhysical(words[2]) {
            aggregate = InterfaceName(words[2])
            sawTitle = true
            isOpen = false
            return .heading
        }
        if folded.hasPrefix("lacp state") {
            // Another bundle's, whose title is lost.
            if isOpen { aggregate = nil }
            isOpen = true
            return .furniture
        }
        if folded.hasPrefix("lacp ") || folded.hasPrefix("priority identifier") { return .furniture }
        guard JunosInterface.isPhysical(first), words.count >= 3, let aggregate else { return .unknown }
        let flags = words.dropFirst(2).prefix(6)
        let isState = words.count >= 10 && flags.allSatisfy { $0 == "Yes" || $0 == "No" }
        guard isState && (words[1] == "Actor" || words[1] == "Partner") || Self.isProtocolLine(folded) else { return .unknown }
        // Every line tells that the port is in the bundle, the actor's alone that it distributes.
        let active = isState && words[1] == "Actor" ? words[4] == "Yes" : nil
        return .row(
            .init(aggregate: aggregate, member: .init(interface: InterfaceName(first), active: active), protocolName: "LACP"))
    }

    /// The table of the machines' states, and that of the systems' identifiers.
    private static func isProtocolLine(_ folded: String) -> Bool {
        [" periodic ", "collecting distributing", " detached", " waiting", " attached", " actor ", " partner "].contains {
            (folded + " ").contains($0)
        }
    }
}
