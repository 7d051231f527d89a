import Facts
import Testing

@testable import Dialects

/// The list of all that can be sent, and what holds for every entry of it.
struct CommandCatalogueTests {
    @Test func everyEntrySaysWhatItIsForAndWhyItChangesNothing() {
        for form in CommandCatalogue.all {
            #expect(!form.purpose.isEmpty, "\(form.text)")
            let isSaid = form.sideEffects.hasPrefix("none because ") || form.sideEffects.hasPrefix("sends ")
            #expect(isSaid, "\(form.text): \(form.sideEffects)")
            #expect(!form.text.contains { $0.isNewline }, "one line each: \(form.text)")
        }
    }

    /// The first words of commands that read. A new one is looked at by a person, who then adds it here.
    private static let reading: Set<String> = [
        "cat", "ls", "uname", "grep", "ip", "bridge", "lspci", "lshw", "od", "readlink", "printenv", "ping", "show",
        "lldpctl", "info", "dmesg",
    ]

    /// Where the first word does not say it.
    private static let readingPrefixes = ["docker exec lldp lldpctl", "net show "]

    /// Those that set something of the session that they are typed in, word for word.
    private static let ofTheSession: Set<String> = [
        "set cli screen-width 511", "set cli screen-length 0", "terminal width 511", "terminal length 0",
        "environment cli-engine type basic", "environment complete-on-space false",
    ]

    @Test func everyCommandBeginsWithAWordThatOnlyReads() {
        for form in CommandCatalogue.all where !Self.ofTheSession.contains(form.text) {
            for line in [form.text, form.privilegedText].compactMap({ $0 }) {
                let words = line.split(separator: " ").map(String.init).drop {
                    ["sudo", "-n", "env", "LC_ALL=C", "CNI_COMMAND=VERSION"].contains($0)
                }
                // A CNI plugin itself, which is a path.
                let first = words.first ?? ""
                let isKnown = Self.readingPrefixes.contains { line.hasPrefix($0) } || line.contains("CNI_COMMAND=VERSION /PATH")
                #expect(Self.reading.contains(first) || isKnown, "\(line)")
            }
        }
    }

    @Test func whatPreparesAShellIsListedForEveryPlatformThatHasOne() {
        for platform in Platform.allCases {
            let prepared = SwitchPreparation.commands(platform)
            #expect(prepared.isEmpty == [.linux, .sonic, .cumulus].contains(platform), "\(platform)")
            for command in prepared {
                #expect(Self.ofTheSession.contains(command.text))
                #expect(CommandCatalogue.all.contains(CommandForm(command, platform: platform.rawValue)), "\(command)")
            }
        }
    }

    @Test func sudoIsNeverAskedForAPassword() {
        for form in CommandCatalogue.all {
            #expect(!form.text.contains("sudo"), "\(form.text)")
            if let line = form.privilegedText { #expect(line.hasPrefix("sudo -n "), "\(line)") }
        }
    }

    @Test func noDeviceCommandHoldsWhatWritesOnASwitch() {
        for form in CommandCatalogue.all where form.host == .device {
            #expect(!form.text.contains { ">;&`$\\\"'".contains($0) }, "\(form.text)")
            // What stands behind a pipe changes the form of the answer.
            for filter in form.text.split(separator: "|").dropFirst() {
                #expect(
                    ["json", "json native", "display xml", "display-xml", "no-more", "as json"].contains(filter.trimmed),
                    "\(form.text)")
            }
        }
    }
}

extension Substring {
    fileprivate var trimmed: String { split(separator: " ").joined(separator: " ") }
}
