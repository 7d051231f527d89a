/// The commands for nodes.
package enum NodeCommands {
    static let forms: [CommandForm] = []
}
