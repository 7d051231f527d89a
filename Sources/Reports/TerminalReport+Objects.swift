internal import Facts
internal import Verdicts

extension TerminalReport {
    /// What was made in the cluster, what of it was seen gone, and what is left with the command that removes it.
    var objects: [String] {
        guard !record.created.isEmpty else { return [] }
        var lines = [style.paint("Objects in the cluster", .bold)]
        lines += style.wrapped("  created  ", listed(record.created.map(\.object)))
        let gone = record.created.filter(\.verifiedGone).map(\.object)
        if !gone.isEmpty {
            lines += style.wrapped("  removed  ", gone.count == record.created.count ? "all, seen gone" : listed(gone))
        }
        let left = record.created.filter { !$0.verifiedGone }.map(\.object)
        if record.kept {
            if !left.isEmpty { lines += style.wrapped("  kept     ", "\(listed(left)), as asked (--keep)") }
        } else if !left.isEmpty {
            let mark = style.paint("  left     ", .red)
            lines += style.wrapped(mark, headWidth: 11, "\(listed(left)) could not be verified gone")
            for object in record.created where !object.verifiedGone {
                guard let reason = object.reason else { continue }
                lines += style.wrapped("           ", "\(object.object): \(reason)")
            }
        }
        if !left.isEmpty { lines += style.wrapped("           ", "plumbline cleanup --run \(record.id) removes what is left") }
        return lines
    }

    private func listed(_ objects: [ObjectReference]) -> String {
        let shown = objects.prefix(20).map(\.description).joined(separator: ", ")
        return objects.count > 20 ? "\(shown) and \(objects.count - 20) more" : shown
    }

    var reports: [String] {
        guard places.folder != nil || !places.files.isEmpty else { return [] }
        var lines = [style.paint("Reports", .bold)]
        lines += places.files.map { "  " + PlainText.line($0) }
        if let folder = places.folder, !record.evidence.isEmpty {
            let count = record.evidence.count
            lines.append("  \(PlainText.line(folder))/evidence/ (\(count) \(count == 1 ? "exchange" : "exchanges"))")
        }
        return lines
    }
}
