import Facts
import Testing
import Verdicts

@testable import Reports

struct TerminalStoryTests {
    private let finding = SampleRuns.vlanNotApplied.findings[4]

    @Test func aFindingIsOneLineWithGlyphWordCheckAndSubject() {
        var story = TerminalStory(style: TerminalStyle())
        #expect(
            story.lines(for: .found(finding)) == [
                "  ✗ fail         vf.vlan sriov-pod-201-2: worker2 eno2: VF 2 has no VLAN, expected 201 (NAD default/sriov-201)"
            ])
    }

    @Test func aWaitIsToldOncePerChange() {
        var story = TerminalStory(style: TerminalStyle())
        func wait(_ seen: String, _ seconds: Int) -> RunEvent {
            .waiting(what: "fabric-switch learns 3 MACs", lastSeen: seen, elapsed: .seconds(seconds), deadline: .seconds(20))
        }
        #expect(
            story.lines(for: wait("1 of 3", 1)) == ["  … waiting      fabric-switch learns 3 MACs: 1 of 3 (1 s of 20 s)"])
        #expect(story.lines(for: wait("1 of 3", 2)).isEmpty)
        #expect(story.lines(for: wait("2 of 3", 3)).count == 1)
        #expect(story.lines(for: .action("created Pod default/x")).count == 1)
        #expect(story.lines(for: wait("2 of 3", 4)).count == 1, "after another line the state is told again")
    }

    @Test func inALogEachLineBearsTheClock() {
        var story = TerminalStory(style: TerminalStyle(unicode: false))
        let lines = story.lines(for: .phase("verify"), at: SampleRuns.started)
        #expect(lines == ["06:30:01  verify"])
    }

    @Test func theHeaderNamesTheSimulatedSiteAndTheNotes() {
        var story = TerminalStory(style: TerminalStyle())
        let lines = story.lines(
            for: .started(
                id: "r-1", scenario: "vlan-201", cluster: "https://127.0.0.1:6443", lab: .simulated,
                headerNotes: ["host keys are not checked (--insecure-host-keys)"]))
        #expect(
            lines == [
                "run r-1 of scenario vlan-201 on https://127.0.0.1:6443, a simulated site",
                "  ! note         host keys are not checked (--insecure-host-keys)",
            ])
    }

    @Test func theEndIsLeftToTheReport() {
        var story = TerminalStory(style: TerminalStyle())
        #expect(story.lines(for: .finished(SampleRuns.passed)).isEmpty)
    }

    @Test func narrowTerminalsWrapUnderTheText() {
        var story = TerminalStory(style: TerminalStyle(widthColumns: 60))
        let lines = story.lines(for: .found(finding))
        #expect(lines.count > 1)
        #expect(lines.allSatisfy { $0.count <= 60 })
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix(String(repeating: " ", count: 17)) })
    }
}
