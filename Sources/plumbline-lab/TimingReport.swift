internal import Foundation
internal import Labs

/// What `exec --timing` says on stderr.
enum TimingReport {
    static func print(wall: Duration, site: [(system: String, time: Duration)]) {
        let total = site.first?.time ?? .zero
        let ratio = total > .zero ? wall / total : 0
        var text = "plumbline-lab: wall \(seconds(wall)) s, of which the site kept a caller waiting \(seconds(total)) s"
        text += total > .zero ? ", ratio \(decimal(ratio))\n" : "\n"
        let parts = site.dropFirst().map { "\($0.system) \(seconds($0.time)) s" }
        if !parts.isEmpty { text += "plumbline-lab: by system, overlapping: \(parts.joined(separator: ", "))\n" }
        FileHandle.standardError.write(Data(text.utf8))
    }

    private static func seconds(_ duration: Duration) -> String { decimal(duration / .seconds(1)) }

    private static func decimal(_ value: Double) -> String { String(format: "%.3f", value) }
}
