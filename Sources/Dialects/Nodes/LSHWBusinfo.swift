package import Facts

/// `lshw -c network`, also with `-businfo`, `-short` and `-json`.
package enum LSHWBusinfo {
    private static let classes: Set<Substring> = [
        "network", "bridge", "bus", "communication", "display", "disk", "generic", "input", "memory", "multimedia", "power",
        "printer", "processor", "storage", "system", "tape", "volume",
    ]

    /// One row a device: `Bus info`, `Device`, `Class`, `Description`; a blank column is left out.
    ///
    /// Device is blank for a VF in a pod or given to vfio; Bus info is blank for a virtual interface, and with `-short`.
    /// - Source: the seed; `fixtures/nodes/igb/lshw-businfo.txt`; lshw `print.cc`; `fixtures/nodes/virtio/lshw*`.
    package static func read(_ text: String) throws(DialectError) -> Reading<PCIDevice> {
        let lines = TextLines(text)
        var draft = TableDraft<PCIDevice>(expected: "`lshw -c network`, best with -businfo", own: [.lshw])
        if JSONDocuments.isJSON(lines) {
            try LSHWTree.readJSON(lines, into: &draft)
            return try draft.finish(lines, form: "json")
        }
        if lines.contains(where: { LSHWTree.isNode($0.trimmed) }) {
            LSHWTree.readText(lines, into: &draft)
            return try draft.finish(lines, form: "text/tree")
        }
        let startsRow = { (line: TextLine) in
            // A row without a bus begins behind its blank column.
            line.indent >= 8 || line.words.first.map { $0.utf8.contains(0x40) || $0.hasPrefix("/") } == true
        }
        let isOurs = lines.contains { line in
            isHeader(line.trimmed) || row(line.text).map { $0["Bus info"] != nil || $0["H/W path"] != nil } == true
        }
        var scan = RowScan<PCIDevice>(lines, isFurniture: isFurniture, startsRow: startsRow) { text in
            // Without a header some row must say where its device is: a class's word stands in many a sentence.
            isOurs ? row(text) : nil
        }
        scan.dropCutRow(lines) { row, _, others in others.contains { $0["Description"] == row["Description"] } }
        draft.take(scan)
        draft.statedEmpty = scan.sawFurniture && lines.endsWithNewline
        let isShort = lines.contains { $0.text.hasPrefix("H/W path") }
        return try draft.finish(lines, form: isShort ? "text/short" : "text")
    }

    private static func isFurniture(_ line: TextLine) -> Bool {
        let text = line.trimmed
        return isHeader(text) || text.utf8.allSatisfy { $0 == 0x3d } || text.hasPrefix("WARNING:")
    }

    private static func isHeader(_ text: Substring) -> Bool { text.hasPrefix("Bus info") || text.hasPrefix("H/W path") }

    /// The class is the first word that is one, at most the third: column positions do not survive a paste, words do.
    private static func row(_ line: Substring) -> PCIDevice? {
        let words = line.words
        guard let position = words.prefix(3).firstIndex(where: { classes.contains($0) }) else { return nil }
        var fields: [PCIDevice.Field] = []
        for word in words[..<position] {
            let isBus = word.utf8.contains(0x40) && word.utf8.contains(0x3a) || word.hasPrefix("virtio@")
            if word.hasPrefix("/"), fields.isEmpty {
                fields.append(.init("H/W path", String(word)))
            } else if isBus, fields.isEmpty {
                guard !word.hasPrefix("pci@") || PCIAddress(word.dropFirst(4)) != nil else { return nil }
                fields.append(.init("Bus info", String(word)))
            } else if fields.last?.key != "Device" {
                fields.append(.init("Device", String(word)))
            } else {
                return nil
            }
        }
        fields.append(.init("Class", String(words[position])))
        if position + 1 < words.count {
            fields.append(.init("Description", String(line[words[position + 1].startIndex...].trimmedBlanks)))
        }
        return PCIDevice(fields: fields)
    }
}
