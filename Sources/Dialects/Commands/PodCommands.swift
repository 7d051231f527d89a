/// The commands for containers.
package enum PodCommands {
    static let forms: [CommandForm] = []
}
