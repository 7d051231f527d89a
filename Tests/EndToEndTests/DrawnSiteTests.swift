internal import Facts
internal import LabRuns
import Testing

@Suite("Sites that are drawn by number")
struct DrawnSiteTests {
    @Test("every identity row follows the site")
    func rowsFollowTheSite() async throws {
        let runs = try await (1...20).inParallel { number in
            try await LabRun.script(
                site: "drawn:\(number)",
                "plumbline run-scenario $PLUMBLINE_LAB_SCENARIO --reports $REPORTS -o quiet; code=$?; plumbline-lab list rows drawn:\(number); exit $code"
            )
        }
        for (number, run) in zip(1...20, runs) {
            #expect(run.exit == 0, "site \(number): \(run.account)")
            let rows = run.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
            #expect(run.identities == rows, "site \(number)")
            #expect(rows.count == 3)
        }
    }
}
