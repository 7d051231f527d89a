/// Deadlines of a run, each stated in the scenario or taken from here.
package struct Timeouts: Hashable, Sendable {
    /// From the start to the last check; clean-up is not in it. Default 10 minutes.
    package var scenario: Duration = .seconds(600)
    /// From a pod's creation to Ready. Default 2 minutes.
    package var podReady: Duration = .seconds(120)
    /// For one question to one system: a command on a node or a switch, an exec, an API call. Default 30 seconds.
    package var command: Duration = .seconds(30)
    /// For reaching one system: TCP, TLS or SSH, and logging in. Default 10 seconds.
    package var connect: Duration = .seconds(10)
    /// For deleting what was created and seeing it gone. Default 1 minute.
    package var cleanup: Duration = .seconds(60)
    /// Keys as written: `scenario`, `podReady`, `command`, `connect`, `cleanup`.
    package var places: Places

    package init(places: Places) { self.places = places }
}

/// Repeats a check until it passes: VF carrier takes seconds, first pings are lost, switches learn late.
package struct Eventually: Hashable, Sendable {
    /// After this the last reading counts. Default 30 seconds.
    package var timeout: Duration = .seconds(30)
    /// From the start of one look to the start of the next. Default 2 seconds.
    package var every: Duration = .seconds(2)

    package init(timeout: Duration = .seconds(30), every: Duration = .seconds(2)) {
        self.timeout = timeout
        self.every = every
    }
}

/// The traffic that is sent from each attachment to its network's gateway.
package struct PingExpectation: Hashable, Sendable {
    /// Echo requests per attempt, 1…100. Default 3.
    package var count: Int = 3
    /// 0…99: 100 would prove nothing. Default 0; an attempt with more loss is repeated as `eventually` says.
    package var maxLossPercent: Int = 0
    /// Keys: `count`, `maxLossPercent`.
    package var places: Places

    package init(places: Places) { self.places = places }
}

/// What the scenario says of one check.
package struct CheckSelection: Hashable, Sendable {
    /// `switch.mac`; one that exists.
    package var id: String
    /// Nil: the scenario's `eventually`.
    package var eventually: Eventually?
    /// Once true it has to stay true for this long. Zero: one true reading is enough.
    package var holdFor: Duration
    /// Why this check is left out; nil when it is to run.
    package var skip: String?
    /// Keys: `id`, `eventually`, `holdFor`, `skip`.
    package var places: Places
}

/// When what the run created is deleted.
package enum CleanupPolicy: String, Hashable, Sendable, CaseIterable {
    case always
    /// Left in place for a look when a check failed or was inconclusive.
    case onSuccess
    case never
}
