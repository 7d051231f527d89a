/// The tables of `kubernetes`: what annotations and objects of the API hold.
enum ClusterDialects {
    static let entries: [DialectEntry] = []
}
