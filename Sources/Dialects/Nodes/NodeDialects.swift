/// The tables of `linux` hosts.
enum NodeDialects {
    static let entries: [DialectEntry] = []
}
