package import Facts

/// The routes of a host: `ip route` of iproute2 and busybox as text and JSON, `route -n` and `netstat -rn`.
package enum IPRoute {
    /// All routes in the order of the output.
    ///
    /// Text prints nothing where there is no route, which is `DialectError.nothingPrinted`.
    /// - Source: iproute2 `ip/iproute.c` (`print_route`), busybox `libiproute/iproute.c`, which leaves out protocol and next
    ///   hops; `fixtures/nodes/routes`.
    package static func read(_ text: String) throws(DialectError) -> Reading<RouteEntry> {
        let lines = TextLines(text)
        var draft = TableDraft<RouteEntry>(expected: "`ip route` or `route -n`", own: [.ipRoute])
        if JSONDocuments.isJSON(lines) {
            draft.takeElements(try JSONDocuments(lines)) { jsonRow($0) }
            return try draft.finish(lines, form: "json")
        }
        if let layout = lines.lazy.compactMap({ RouteTableLine.layout($0.trimmed) }).first {
            readTable(lines, layout, into: &draft)
            return try draft.finish(lines, form: "text/route-n")
        }
        readText(lines, into: &draft)
        return try draft.finish(lines, form: "text")
    }

    private static func readTable(_ lines: TextLines, _ first: RouteTableLine.Layout, into draft: inout TableDraft<RouteEntry>) {
        // IPv4 and IPv6 may follow one another, each with a header of its own.
        var layout = first
        let startsRow = { (line: TextLine) in
            line.words.first.map { $0 == "default" || IPAddress($0) != nil || IPPrefix($0) != nil } == true
        }
        var scan = RowScan<RouteEntry>(
            lines,
            isFurniture: { line in
                if let next = RouteTableLine.layout(line.trimmed) {
                    layout = next
                    return true
                }
                return line.trimmed.hasPrefix("Kernel IP")
            }, startsRow: startsRow, row: { RouteTableLine.row($0, layout) })
        scan.dropCutRow(lines) { row, _, others in others.contains { $0.interface == row.interface } }
        draft.take(scan)
        draft.statedEmpty = scan.sawFurniture && lines.endsWithNewline
    }

    private enum Piece: Equatable {
        case route(RouteEntry)
        case hop(RouteEntry.NextHop)
    }

    private static func readText(_ lines: TextLines, into draft: inout TableDraft<RouteEntry>) {
        // `-o` puts a route with its next hops on one line.
        let parts = lines.flatMap { line in
            line.text.split(separator: "\\").map { TextLine(number: line.number, text: $0) }
        }
        let startsRow = { (line: TextLine) in
            guard let first = line.words.first else { return false }
            return first == "nexthop" || RouteLine.types.contains(first) || RouteLine.isDestination(first)
        }
        var scan = RowScan<Piece>(
            parts, isFurniture: { $0.indent > 0 && $0.words.first == "cache" }, startsRow: startsRow
        ) { text in
            var cursor = WordCursor(text)
            if cursor.take("nexthop") { return RouteLine.hop(&cursor).map { .hop($0) } }
            return RouteLine.route(&cursor).map { .route($0) }
        }
        // A line of IPv4 ends with a blank, so one without it was cut, unless the capture lost the blanks of all lines.
        let keepsBlanks = scan.lines.contains { $0.text.utf8.last == 0x20 }
        scan.dropCutRow(lines) { _, line, others in
            !others.isEmpty && (!keepsBlanks || line.text.utf8.last == 0x20 || line.words.last == "medium")
        }
        draft.unread += scan.unread
        var last: (line: Int, isRoute: Bool) = (0, false)
        for (piece, line) in zip(scan.rows, scan.lines) {
            switch piece {
            case .route(let route): draft.rows.append(route)
            case .hop(let hop):
                // A next hop belongs to the route right above; where that line was not read, so is this one.
                let isOrphan = draft.rows.isEmpty || scan.unread.contains { $0.number >= last.line && $0.number < line.number }
                guard !isOrphan, draft.rows[draft.rows.count - 1].gateway == nil else {
                    draft.leaveUnread(line)
                    continue
                }
                draft.rows[draft.rows.count - 1].nextHops.append(hop)
            }
            last = (line.number, true)
        }
        // Some route of a table goes out of an interface. Destinations alone are lines of another one.
        if draft.rows.allSatisfy({ $0.interface == nil && $0.nextHops.isEmpty && $0.type == "unicast" }) {
            draft.rows = []
            for line in scan.lines { draft.leaveUnread(line) }
        }
    }

    /// Nil when the element has no destination, or is a neighbour.
    private static func jsonRow(_ value: JSONValue) -> RouteEntry? {
        // `ip -j neigh` has a `dst` too.
        guard value["lladdr"] == nil, value["state"] == nil, let destination = value["dst"]?.text,
            RouteLine.isDestination(Substring(destination))
        else { return nil }
        var entry = RouteEntry(destination: destination, type: value["type"]?.text ?? "unicast")
        entry.gateway = (value["gateway"] ?? value["via"]?["host"])?.text.flatMap { IPAddress($0) }
        entry.interface = value["dev"]?.text.map { InterfaceName($0) }
        entry.source = value["prefsrc"]?.text.flatMap { IPAddress($0) }
        entry.metric = value["metric"]?.looseInt
        entry.origin = value["protocol"]?.text
        entry.scope = value["scope"]?.text
        entry.table = value["table"]?.text
        entry.mtuBytes = value["metrics"]?.listed.compactMap { $0["mtu"]?.looseInt }.first
        entry.flags = value["flags"]?.listed.compactMap(\.text) ?? []
        entry.nextHops = (value["nexthops"]?.listed ?? []).map { hop in
            RouteEntry.NextHop(
                gateway: (hop["gateway"] ?? hop["via"]?["host"])?.text.flatMap { IPAddress($0) },
                interface: hop["dev"]?.text.map { InterfaceName($0) }, weight: hop["weight"]?.looseInt)
        }
        return entry
    }
}
