internal import ArgumentParser
internal import Glibc

/// Runs a command and ends the process with its exit code.
@main
enum Program {
    static func main() async {
        let code: Int32
        do {
            var command = try Plumbline.parseAsRoot()
            if var waiting = command as? any AsyncParsableCommand {
                try await waiting.run()
            } else {
                try command.run()
            }
            code = 0
        } catch {
            code = Plumbline.exitCode(for: error).rawValue
            let text = Plumbline.fullMessage(for: error)
            if !text.isEmpty { code == 0 ? Console.out(text + "\n") : Console.err(text + "\n") }
        }
        // `exit` would take OpenSSL's tables away from threads that are still closing connections, and a run that is over and told
        // would now and then end by a signal.
        fflush(nil)
        _exit(code)
    }
}
