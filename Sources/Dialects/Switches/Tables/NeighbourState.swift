/// The states of neighbour tables in the words of Linux, which spells them out.
enum NeighbourState {
    static func normal(_ printed: some StringProtocol) -> String {
        let lower = printed.lowercased()
        switch lower {
        case "reach", "reachable": return "reachable"
        case "incmp", "incomplete", "inc": return "incomplete"
        case "unreach", "unreachable": return "unreachable"
        case "perm", "prmnt": return "permanent"
        default: return lower
        }
    }
}
