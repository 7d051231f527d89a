import Documents
import Testing

/// Which word was meant.
struct SpellingTests {
    @Test(
        "A swap of neighbours is one edit, and more than the limit is none",
        arguments: [
            ("vlan", "vlan", 0), ("vlna", "vlan", 1), ("vlam", "vlan", 1), ("vln", "vlan", 1), ("vllan", "vlan", 1),
            ("nvla", "vlan", 2), ("VLAN", "vlan", 0), ("", "ab", 2), ("sriov-pod201-2", "sriov-pod-201-2", 1),
            ("switch", "node", nil), ("", "abc", nil),
        ] as [(String, String, Int?)])
    func distances(left: String, right: String, distance: Int?) {
        #expect(Spelling.distance(left, right) == distance)
        #expect(Spelling.distance(right, left) == distance)
    }

    @Test(
        "The nearest known word is meant, or one with the same beginning",
        arguments: [
            ("nmae", "name"), ("networks", "network"), ("net", "network"), ("nodeName", "node"), ("vf", nil), ("xyz", nil),
            ("ip", nil),
        ] as [(String, String?)])
    func nearest(word: String, meant: String?) {
        #expect(Spelling.nearest(to: word, among: ["name", "network", "node", "vlan"]) == meant)
    }
}
