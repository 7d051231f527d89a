internal import ArgumentParser
internal import Labs

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists what there is, one a line.", subcommands: [Faults.self, Sites.self, Rows.self])

    struct Sites: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The sites that can be brought up by name, and what each is.")

        func run() {
            let sites = SiteLibrary.names.map { ($0, (try? SiteLibrary.site($0).summary) ?? "cannot be read: try 'up'") }
            let all = sites + [("drawn:NUMBER", "the seed's site with all that a tool must read drawn from a number")]
            let width = all.map(\.0.count).max() ?? 0
            for (name, summary) in all {
                print(name + String(repeating: " ", count: width - name.count) + "  " + summary)
            }
        }
    }

    struct Rows: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What a run on a site has to find: node, VF, MAC, address and port of each pod.")

        @Argument(help: "A site's name, the path of its file, or 'drawn:NUMBER'.")
        var site: String

        func run() throws {
            for row in SiteScenario.identityRows(for: try SiteLibrary.site(site)) { print(row) }
        }
    }

    struct Faults: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The faults that can be planted: name, kinds of place, what it does.")

        @Option(help: "Print every fault at every place that this site has, as --fault takes it.")
        var site: String?

        func run() throws {
            if let site {
                let site = try SiteLibrary.site(site)
                for fault in FaultCatalogue.all {
                    for place in FaultCatalogue.places(of: fault, in: site) { print("\(fault.name)@\(place)") }
                }
                return
            }
            let width = FaultCatalogue.all.map(\.name.count).max() ?? 0
            for fault in FaultCatalogue.all {
                let places = fault.places.map(\.rawValue).joined(separator: ",")
                let name = fault.name + String(repeating: " ", count: width - fault.name.count)
                print("\(name)  \(places + String(repeating: " ", count: max(0, 14 - places.count)))  \(fault.summary)")
            }
        }
    }
}
