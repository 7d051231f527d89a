internal import Facts

/// How long a host is waited for: the whole time at first, little once it has let a command run into its deadline, and the
/// whole time again when it answers. One hung switch would else cost a run its deadline for every table.
actor Patience {
    private var silent: Set<FactSource> = []
    private static let afterSilence = Duration.seconds(5)

    func deadline(for source: FactSource, _ whole: Duration) -> Duration {
        silent.contains(source) ? min(whole, Self.afterSilence) : whole
    }

    func timedOut(_ source: FactSource) { silent.insert(source) }
    func answered(_ source: FactSource) { silent.remove(source) }
}
