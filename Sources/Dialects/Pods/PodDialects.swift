/// The tables of `busybox`, the usual shell of a small container.
enum PodDialects {
    static let entries: [DialectEntry] = []
}
