/// What a switch does with lines that are typed into its shell: a prompt, an answer, and a pager until `terminal length 0`.
///
/// The terminal's driver writes back what is typed and gathers it into lines, so that a page is left by Enter; `q` leaves the
/// whole answer.
struct DeviceTerminal: Sendable {
    /// `fabric-switch#`
    let prompt: String
    private var length = 24
    private var waiting: ArraySlice<Substring> = []

    init(prompt: String) { self.prompt = prompt }

    /// What comes of a line.
    enum Outcome: Hashable, Sendable {
        case shows(String)
        /// A command of the device; its answer goes through `page`.
        case runs(String)
        case leaves
    }

    mutating func take(_ line: String) -> Outcome {
        let words = line.split(whereSeparator: { " \t\r".contains($0) }).map(String.init)
        if !waiting.isEmpty {
            if words == ["q"] { waiting = [] }
            return .shows(nextPage())
        }
        switch words {
        case []: return .shows(prompt)
        case ["exit"], ["logout"], ["quit"]: return .leaves
        case _ where words.count == 3 && words[0] == "terminal" && ["length", "width"].contains(words[1]):
            guard let number = Int(words[2]), number >= 0 else { return .runs(words.joined(separator: " ")) }
            if words[1] == "length" { length = number }
            return .shows(prompt)
        default: return .runs(words.joined(separator: " "))
        }
    }

    /// The first page of an answer, and what stands below it.
    mutating func page(_ answer: String) -> String {
        waiting = answer.split(separator: "\n", omittingEmptySubsequences: false)[...]
        if waiting.last?.isEmpty == true { waiting.removeLast() }
        return nextPage()
    }

    private mutating func nextPage() -> String {
        let count = length == 0 ? waiting.count : min(waiting.count, length - 1)
        let text = waiting.prefix(count).map { $0 + "\n" }.joined()
        waiting = waiting.dropFirst(count)
        return text + (waiting.isEmpty ? prompt : " --More-- ")
    }
}
