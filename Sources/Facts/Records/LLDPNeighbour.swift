/// One LLDP neighbour of a local port.
package struct LLDPNeighbour: Hashable, Sendable {
    package var localInterface: InterfaceName
    /// System name as advertised; nil when the neighbour sends none.
    package var neighbour: String?
    /// Port id, or port description where only that names the port.
    package var neighbourInterface: String?
    /// A MAC or text, as printed.
    package var chassisID: String?

    package init(
        localInterface: InterfaceName, neighbour: String? = nil, neighbourInterface: String? = nil, chassisID: String? = nil
    ) {
        self.localInterface = localInterface
        self.neighbour = neighbour
        self.neighbourInterface = neighbourInterface
        self.chassisID = chassisID
    }
}

extension LLDPNeighbour: Row {
    package var json: JSONValue {
        [
            "localInterface": .text(localInterface), "neighbour": .text(neighbour),
            "neighbourInterface": .text(neighbourInterface), "chassisId": .text(chassisID),
        ]
    }
}
