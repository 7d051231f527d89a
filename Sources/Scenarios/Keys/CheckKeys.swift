internal import Documents

/// The keys of one entry of `spec.checks`.
enum CheckKeys {
    static let id = Key("id", Form.checkID, required: true, "Which check; 'plumbline list checks' shows them.")
    static let eventually = Key("eventually", EventuallyKeys.form, "How long and how often it is repeated; else the scenario's.")
    static let holdFor = Key("holdFor", .duration(zero: true), default: "0s", "Once true it has to stay true for this long.")
    static let skip = Key("skip", Form.line, "Why the check is left out; it is reported as skipped with this reason.")

    static let shape = Shape("check", "a check", [id.description, eventually.description, holdFor.description, skip.description])
    static let form = Form<CheckSelection>.record(shape) { fields in
        CheckSelection(
            id: fields[id] ?? "", eventually: fields[eventually], holdFor: fields[holdFor] ?? .zero, skip: fields[skip],
            places: Places(fields))
    }
}

/// The keys of `eventually`.
enum EventuallyKeys {
    static let timeout = Key("timeout", .duration(), default: "30s", "After this the last reading counts.")
    static let every = Key("every", .duration(), default: "2s", "From the start of one look to the start of the next.")

    static let shape = Shape("eventually", "'eventually'", [timeout.description, every.description])
    static let form = Form<Eventually>.record(shape) { fields in
        let defaults = Eventually()
        let read = Eventually(timeout: fields[timeout] ?? defaults.timeout, every: fields[every] ?? defaults.every)
        if read.every > read.timeout {
            fields.ledger.report(
                "contradiction", at: fields.keyMark(every),
                "looking every \(DurationText(read.every)) for \(DurationText(read.timeout)) is looking once",
                suggestion: "make 'every' shorter than 'timeout'")
        }
        return read
    }
}

/// The keys of `spec.ping`.
enum PingKeys {
    static let count = Key(
        "count", .integer("a number of echo requests (1 to 100)", 1...100), default: "3", "Echo requests per attempt.")
    static let maxLossPercent = Key(
        "maxLossPercent", .integer("a percentage (0 to 99; 100 would prove nothing)", 0...99), default: "0",
        "The loss that one attempt may have; with more it is repeated as 'eventually' says.")

    static let shape = Shape("ping", "'ping'", [count.description, maxLossPercent.description])
    static let form = Form<PingExpectation>.record(shape) { fields in
        var ping = PingExpectation(places: Places(fields))
        ping.count = fields[count] ?? ping.count
        ping.maxLossPercent = fields[maxLossPercent] ?? ping.maxLossPercent
        return ping
    }
}

/// The keys of `spec.timeouts`.
enum TimeoutKeys {
    static let scenario = Key(
        "scenario", .duration(), default: "10m", "From the start to the last check; clean-up is not in it.")
    static let podReady = Key("podReady", .duration(), default: "2m", "From a pod's creation to Ready.")
    static let command = Key("command", .duration(), default: "30s", "For one question to one system.")
    static let connect = Key("connect", .duration(), default: "10s", "For reaching one system and logging in.")
    static let cleanup = Key("cleanup", .duration(), default: "1m", "For deleting what was created and seeing it gone.")

    static let shape = Shape(
        "timeouts", "'timeouts'",
        [scenario.description, podReady.description, command.description, connect.description, cleanup.description])
    static let form = Form<Timeouts>.record(shape) { fields in
        var timeouts = Timeouts(places: Places(fields))
        timeouts.scenario = fields[scenario] ?? timeouts.scenario
        timeouts.podReady = fields[podReady] ?? timeouts.podReady
        timeouts.command = fields[command] ?? timeouts.command
        timeouts.connect = fields[connect] ?? timeouts.connect
        timeouts.cleanup = fields[cleanup] ?? timeouts.cleanup
        return timeouts
    }
}
