internal import ArgumentParser
internal import Foundation

/// Runs a command and ends the process with its exit code.
@main
enum Program {
    static func main() async {
        let code: Int32
        do {
            var command = try PlumblineLab.parseAsRoot()
            if var waiting = command as? any AsyncParsableCommand {
                try await waiting.run()
            } else {
                try command.run()
            }
            code = 0
        } catch {
            code = PlumblineLab.exitCode(for: error).rawValue
            let text = PlumblineLab.fullMessage(for: error)
            let handle = code == 0 ? FileHandle.standardOutput : FileHandle.standardError
            if !text.isEmpty { try? handle.write(contentsOf: Data((text + "\n").utf8)) }
        }
        // What threads of the site still close must not meet what `exit` takes apart.
        fflush(nil)
        _exit(code)
    }
}
