internal import Archives
internal import Facts
internal import Probes

/// Asks questions and writes the answers down: the fact book of a run and the evidence behind it.
actor Notebook {
    private(set) var book = FactBook()
    private let door: LiveDoor
    private let site: SiteMap
    private let evidence: EvidenceStore
    private let now: @Sendable () -> Timestamp
    /// The first evidence file that could not be written; the run goes on, and says so.
    private(set) var archiveProblem: ArchiveError?

    init(door: LiveDoor, site: SiteMap, evidence: EvidenceStore, now: @escaping @Sendable () -> Timestamp) {
        self.door = door
        self.site = site
        self.evidence = evidence
        self.now = now
    }

    /// Asks all of these at once; each answer is in the book when this returns.
    func ask(_ needs: [Need]) async {
        await withTaskGroup(of: Void.self) { group in
            for need in needs { group.addTask { await self.ask(need.request, at: need.moment) } }
        }
    }

    private func ask<Request: FactRequest>(_ request: Request, at moment: Moment) async {
        let attempt = book.all(request, at: moment).count + 1
        let ids = EvidenceCollector()
        let capturing = door.capturing { exchange in
            await self.store(Capture(exchange, for: request, at: moment, attempt: attempt), for: ids)
        }
        let asked = now()
        let result = await Prober(door: capturing, site: site).answer(request)
        book.record(result, for: request, at: moment, asked: asked, answered: now(), evidence: await ids.taken)
    }

    /// Writes down what the run itself did.
    func record<Request: FactRequest>(_ answer: Request.Answer, for request: Request, at moment: Moment) {
        let time = now()
        book.record(.success(answer), for: request, at: moment, asked: time, answered: time, evidence: [])
    }

    /// What the run has added to its own pods in order to look at them.
    var helperNotes: [String] {
        get async { await door.helperNotes }
    }

    /// Keeps an exchange that answers no question: a creation, a deletion.
    func store(_ capture: Capture) async {
        do throws(ArchiveError) {
            _ = try await evidence.store(capture)
        } catch {
            archiveProblem = archiveProblem ?? error
        }
    }

    private func store(_ capture: Capture, for ids: EvidenceCollector) async {
        do throws(ArchiveError) {
            await ids.add(try await evidence.store(capture))
        } catch {
            archiveProblem = archiveProblem ?? error
        }
    }
}

/// The evidence numbers of one question, in the order of capture.
private actor EvidenceCollector {
    private(set) var taken: [EvidenceID] = []
    func add(_ id: EvidenceID) { taken.append(id) }
}
