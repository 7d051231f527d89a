internal import Facts
internal import LabRuns
import Testing

@Suite("The seed's site, end to end", .serialized)
struct SeedTests {
    /// As the seed's author pasted them.
    static let rows = [
        ["worker1", "1", "56:7f:f1:5e:ac:52", "192.168.201.2", "ge-0/0/9.0"],
        ["worker2", "2", "0a:43:80:e7:80:15", "192.168.201.3", "ge-0/0/1.0"],
        ["worker3", "7", "a2:1f:bc:be:1c:7e", "192.168.201.4", "ge-0/0/19.0"],
    ]

    @Test(arguments: ["scenarios/vlan-201.yaml", "scenarios/vlan-201-manifests.yaml"])
    func everyCheckPassesAndTheIdentitiesAreTheSeeds(scenario: String) async throws {
        let run = try await LabRun.run(["run-scenario", scenario])
        #expect(run.exit == 0, "\(run.account)")
        #expect(run.identities == Self.rows)
        // Eight checks a node without dp.config, which is one as cluster.rights is; nine a pod, NAD and gateway once.
        #expect(run.verdicts("pass").count == run.findings.count, "\(run.account)")
        #expect(Set(run.findings.map(\.check)).count == 22)
        #expect(run.record["created"]?.elements?.count == 5)
        #expect(run.record["created"]?.elements?.allSatisfy { $0["verifiedGone"]?.bool == true } == true)
    }
}
