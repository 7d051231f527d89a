internal import Facts

/// The MAC address in a field of a neighbour table: an address, nothing, or words that say that there is none yet.
enum AddressField {
    /// True when the field is missing or says that the entry is unresolved.
    static func isUnresolved(_ field: Field?) -> Bool {
        guard let text = field?.joinedText.lowercased() else { return true }
        return ["", "incomplete", "none", "-", "n/a", "(incomplete)", "<incomplete>"].contains(text)
    }
}
