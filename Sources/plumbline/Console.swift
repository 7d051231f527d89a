internal import Foundation
internal import Reports

/// Where text goes: stdout is data, stderr is the story. Both are written through at once, so that nothing is lost on a kill.
enum Console {
    static func out(_ text: String) { write(text, to: FileHandle.standardOutput) }
    static func err(_ text: String) { write(text, to: FileHandle.standardError) }

    private static func write(_ text: String, to handle: FileHandle) {
        guard !text.isEmpty else { return }
        do {
            try handle.write(contentsOf: Data(text.utf8))
        } catch {
            // The reader has gone (a closed pipe); the reports on disk are complete all the same.
            return
        }
    }

    /// Colour by the user's wish first, then by what the output is: NO_COLOR, CLICOLOR_FORCE, TERM=dumb, a terminal.
    static func style(isError: Bool) -> TerminalStyle {
        let environment = ProcessInfo.processInfo.environment
        let isTerminal = isatty(isError ? STDERR_FILENO : STDOUT_FILENO) == 1
        let colour: Bool =
            if !(environment["NO_COLOR"] ?? "").isEmpty {
                false
            } else if ["CLICOLOR_FORCE", "FORCE_COLOR"].contains(where: { !["", "0"].contains(environment[$0] ?? "") }) {
                true
            } else {
                isTerminal && environment["TERM"] != "dumb"
            }
        let locale = environment["LC_ALL"] ?? environment["LC_CTYPE"] ?? environment["LANG"] ?? ""
        let unicode = locale.isEmpty || locale.uppercased().contains("UTF")
        return TerminalStyle(colour: colour, unicode: unicode, widthColumns: isTerminal ? columns(isError: isError) : nil)
    }

    private static func columns(isError: Bool) -> Int? {
        var size = winsize()
        let descriptor = isError ? STDERR_FILENO : STDOUT_FILENO
        return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
    }

    /// The wall clock as the run is given it.
    static func nanosecondsNow() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
