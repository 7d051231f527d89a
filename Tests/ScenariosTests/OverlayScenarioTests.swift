import Documents
import Facts
import Foundation
import Scenarios
import Testing

/// One scenario laid over another.
struct OverlayScenarioTests {
    private static let other = """
        apiVersion: plumbline.dev/v1alpha1
        kind: Scenario
        extends: base/s.yaml
        metadata: {name: small-on-nxos}
        spec:
          devices:
          - {name: leaf1, platform: nxos}
          nodeDefaults: {vfs: 7, vf: {device: 10ca, driver: igbvf}}
          nodes:
          - {name: n1, vfs: null, uplink: {device: leaf1, port: Ethernet1/5}}
          - {name: n2, vf: {driver: iavf}}
          networks:
          - {name: blue, switchVLAN: BLUE, qos: 3}

        """

    private func load(_ text: String, base: String = Draft.minimal) -> Result<LoadedScenario, ProblemList> {
        Draft.load(text, files: ["base/s.yaml": base, "base/t.yaml": base])
    }

    @Test("An overlay says only what differs")
    func differs() throws {
        let scenario = try load(Self.other).get().scenario
        #expect(scenario.name == "small-on-nxos")
        #expect(scenario.devices.map(\.platform) == [.nxos])
        #expect(scenario.nodes.map(\.pf.printed) == ["ens1f0", "ens1f0"])
        #expect(scenario.nodes.map { $0.uplink?.interface.printed } == ["Ethernet1/5", "Ethernet6"])
        #expect(scenario.nodes.map(\.vf.driver) == ["igbvf", "iavf"])
        #expect(scenario.nodes.map(\.vf.device) == ["10ca", "10ca"])
        #expect(scenario.networks.map(\.switchVLAN) == ["BLUE"])
        #expect(scenario.networks.map(\.qos) == [3])
        #expect(scenario.networks.map { $0.vlanID?.number } == [10])
        #expect(scenario.pods.map(\.reference.name) == ["a", "b"])
        #expect(scenario.files == ["s.yaml", "base/s.yaml"])
        #expect(scenario.checks.isEmpty)
    }

    @Test("null takes a key away, and what the defaults say comes in its place")
    func null() throws {
        let scenario = try load(Self.other).get().scenario
        #expect(scenario.nodes.map(\.vfCount) == [7, 7])
    }

    @Test("Each value keeps the place where it was written")
    func places() throws {
        let scenario = try load(Self.other).get().scenario
        #expect(scenario.networks[0].places["qos"].description == "s.yaml:13:41")
        #expect(scenario.networks[0].places["vlan"].description == "base/s.yaml:13:11")
    }

    @Test("What is wrong in the one extended is told at its place there")
    func wrongBelow() {
        let base = Draft.changed(("vlan: 10", "vlan: 5000"))
        guard case .failure(let list) = load(Self.other, base: base) else {
            Issue.record("VLAN 5000 was taken")
            return
        }
        #expect(list.problems.map(\.mark.description) == ["base/s.yaml:13:11"])
        #expect(list.problems.first?.sourceLine == "    vlan: 5000")
    }

    @Test("An overlay that names nothing new adds it")
    func adds() throws {
        let text = Self.other + "  pods:\n  - {name: c, node: n1, attach: [{network: blue, address: 10.1.0.4}]}\n"
        #expect(try load(text).get().scenario.pods.map(\.reference.name) == ["a", "b", "c"])
    }

    @Test("A scenario cannot extend itself, on whatever way round")
    func loops() {
        let text = Self.other.replacingOccurrences(of: "base/s.yaml", with: "a.yaml")
        let back = Self.other.replacingOccurrences(of: "base/s.yaml", with: "./x/../s.yaml")
        let problems = Draft.problems(text, files: ["a.yaml": back])
        #expect(problems.map(\.sentence) == ["a scenario cannot extend itself: s.yaml → a.yaml → s.yaml"])
        #expect(problems.first?.mark.description == "a.yaml:3:10")
        let itself = Self.other.replacingOccurrences(of: "base/s.yaml", with: "s.yaml")
        #expect(Draft.problems(itself).map(\.code) == ["loop"])
    }

    @Test("A file that is not there is told where it is named")
    func missing() {
        let problems = Draft.problems(Self.other)
        #expect(problems.map(\.headline) == ["s.yaml:3:10: error: base/s.yaml could not be read: no such file [unreadable]"])
    }

    @Test(
        "Paths are relative to the file that names them",
        arguments: [
            ("x.yaml", "s.yaml", "x.yaml"), ("./x.yaml", "dir/s.yaml", "dir/x.yaml"),
            ("../x.yaml", "dir/sub/s.yaml", "dir/x.yaml"),
            ("/etc/x.yaml", "dir/s.yaml", "/etc/x.yaml"), ("../x.yaml", "s.yaml", "../x.yaml"),
            ("../x.yaml", "../s.yaml", "../../x.yaml"),
            ("a/./b/../c.yaml", "/r/s.yaml", "/r/a/c.yaml"),
        ])
    func paths(path: String, file: String, resolved: String) {
        var asked: [String] = []
        let text = Self.other.replacingOccurrences(of: "base/s.yaml", with: path)
        _ = Scenario.load(file: file, text: text) { path throws(UnreadableFile) in
            asked.append(path)
            throw UnreadableFile(reason: "none")
        }
        #expect(asked == [resolved])
    }
}
