internal import Facts

extension MACAddress {
    /// Reads only the notation that Linux prints, two digits a group: a cut address (`56:7f:f1:5e:ac:5`) is none.
    init?(linux word: some StringProtocol) {
        guard word.utf8.count == 17 else { return nil }
        for (index, byte) in word.utf8.enumerated() where index % 3 == 2 {
            guard byte == 0x3a else { return nil }
        }
        self.init(word)
    }
}
