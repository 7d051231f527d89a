internal import Facts

/// What every agent of the cluster works with.
struct Cluster: Sendable {
    let fabric: Fabric
    /// Does in the nodes what a pod needs: the fabric itself, where nodes are simulated.
    let plumbing: any PodPlumbing
    let store: ObjectStore
    let ledger: WaitLedger
    let events: EventRecorder
    /// The store's version before anything was in it: a watch from here misses nothing.
    let beginning: Int

    init(fabric: Fabric, plumbing: (any PodPlumbing)? = nil, store: ObjectStore, ledger: WaitLedger) async {
        self.fabric = fabric
        self.plumbing = plumbing ?? fabric
        self.store = store
        self.ledger = ledger
        events = EventRecorder(store: store)
        beginning = await store.resourceVersion
    }

    var site: Site { fabric.site }
    var time: SiteTime { fabric.time }

    /// The moment as the API writes it: `2026-11-23T22:00:16Z`.
    var stamp: String { store.now().seconds + "Z" }

    /// Waits for one of the site's latencies and takes note of it.
    func wait(_ latency: Duration, for system: String) async {
        await ledger.waiting(latency, for: system) {}
    }
}

/// Digits for identifiers that nobody has to predict.
enum Hex {
    /// - Parameter count: of hexadecimal digits.
    static func random(_ count: Int) -> String {
        let digits = Array("0123456789abcdef")
        return String((0..<count).map { _ in digits[Int.random(in: 0..<16)] })
    }

    /// Always the same digits for the same text, for image identifiers and the like (FNV-1a, stretched).
    static func stable(_ text: String, count: Int) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        var digits = ""
        while digits.count < count {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            let part = String(hash, radix: 16)
            digits += String(repeating: "0", count: 16 - part.count) + part
        }
        return String(digits.prefix(count))
    }
}
