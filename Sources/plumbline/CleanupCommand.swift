internal import Archives
internal import ArgumentParser
internal import Facts
internal import Kubernetes
internal import Runs
internal import Transports
internal import Verdicts

struct CleanupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cleanup", abstract: "Deletes what runs have left in the cluster, by their journals, and sees it gone.",
        discussion: "Without --run or --older-than it cleans up after every stored run that is not finished.")

    @Option(help: "One run, by its id, by the path of its folder, or 'last'.")
    var run: String?

    @Option(help: "All runs that began longer ago than this, such as 2h or 7d.")
    var olderThan: DurationArgument?

    @Option(help: "Where the runs' folders are.")
    var reports = "reports"

    @Option(help: "How long deleting may take for each run.")
    var timeout: DurationArgument?

    @OptionGroup var connection: ConnectionOptions

    func run() async throws {
        let now: @Sendable () -> Timestamp = { Timestamp(nanoseconds: Console.nanosecondsNow()) }
        let runs: [StoredRun]
        do throws(ArchiveError) {
            if let run {
                runs = [try StoredRun(run, under: reports)]
            } else if let olderThan {
                runs = try StoredRun.all(under: reports, olderThan: olderThan.duration, now: now())
            } else {
                runs = try StoredRun.all(under: reports)
            }
        } catch {
            Console.err("\(error)\n")
            throw ExitCode(ExitStatus.usage.rawValue)
        }
        var leftovers = 0
        for run in runs { leftovers += try await cleanUp(run, now: now) }
        if leftovers > 0 { throw ExitCode(ExitStatus.leftovers.rawValue) }
    }

    /// - Returns: how many objects could not be seen gone.
    private func cleanUp(_ run: StoredRun, now: @escaping @Sendable () -> Timestamp) async throws -> Int {
        let id = run.folder.id
        do {
            let reading = try run.journal()
            let pending = reading.pendingObjects
            if !reading.unreadLines.isEmpty {
                let lines = reading.unreadLines.map(String.init).joined(separator: ", ")
                Console.err(
                    "\(id): lines \(lines) of its journal cannot be read, so more may be left than is known; look with: "
                        + "kubectl get pods,leases,net-attach-def -A -l plumbline.dev/run=\(id)\n")
                // What cannot be known gone is not gone.
                if pending.isEmpty { return 1 }
            }
            guard !pending.isEmpty else {
                Console.out("\(id): nothing is left\n")
                return 0
            }
            let settings = settings(for: reading.start)
            let access = try settings.resolve()
            if let server = reading.start?.server, server != access.server {
                Console.err(
                    "\(id): it ran against \(server), and this is \(access.server); name that cluster with --kubeconfig and --context\n"
                )
                return pending.count
            }
            let client = KubernetesClient(access: access, engine: try HTTPEngine(), now: now)
            let journal = try Journal(continuing: run.folder)
            let cleaner = Cleaner(cluster: client, runID: id, journal: journal, now: now) { event in
                if case .action(let text) = event { Console.err("  \(text)\n") }
            }
            let results = await cleaner.clean(pending, deadline: timeout?.duration ?? .seconds(60))
            for result in results {
                let reason = result.reason.map { ": \($0)" } ?? ""
                Console.out("\(id): \(result.object) \(result.verifiedGone ? "is gone" : "is NOT verified gone\(reason)")\n")
            }
            if results.isEmpty { Console.out("\(id): nothing of it was in the cluster\n") }
            return results.count { !$0.verifiedGone }
        } catch {
            Console.err("\(id): \(error)\n")
            throw ExitCode(ExitStatus.inconclusive.rawValue)
        }
    }

    /// The user's own choice first, else what the run was started with.
    private func settings(for start: RunStart?) -> ClusterSettings {
        var settings = connection.clusterSettings
        if connection.kubeconfig == nil, let paths = start?.kubeconfigs, !paths.isEmpty {
            settings.environment["KUBECONFIG"] = paths.map { path in
                path.hasPrefix("/") ? path : "\(start?.workingDirectory ?? ".")/\(path)"
            }.joined(separator: ":")
        }
        settings.context = connection.context ?? start?.context
        return settings
    }
}
