import Facts
import Foundation

@testable import Labs

/// The seed's site with its three pods plumbed in, without an API: what a sandbox and an attachment leave behind.
struct PlumbedSite {
    var state: FabricState
    let places: [PodPlace]

    static let network = """
        {"type": "sriov", "cniVersion": "0.3.1", "vlan": 201, "name": "sriov-201",
         "ipam": {"type": "host-local", "ranges": [[{"subnet": "192.168.201.0/24"}]]}}
        """

    init(_ given: Site? = nil, network: String = Self.network, prepare: (inout FabricState) throws -> Void = { _ in }) throws {
        let site = try given ?? SeedOutput.site()
        var state = FabricState(site: site)
        try prepare(&state)
        var places: [PodPlace] = []
        for (number, node) in site.nodes.enumerated() {
            guard let attachment = node.attachment, let pf = node.nics.first(where: { !$0.virtualFunctions.isEmpty }) else {
                continue
            }
            let place = PodPlace(node: node.name, uid: "uid-\(number + 1)")
            let pod = PodReference(namespace: "default", name: "sriov-pod-201-\(number + 1)")
            state.openSandbox(
                of: pod, uid: place.uid, containerID: String(repeating: "\(number + 1)", count: 64), containers: ["c"],
                on: node.name)
            let request = NetworkRequest(
                namespace: "default", name: "sriov-201", interface: "net1", addresses: [attachment.address.description])
            _ = try state.attach(
                CNIConfiguration(parsing: network), request: request,
                device: pf.virtualFunctions[attachment.virtualFunction].address, to: place, at: .zero)
            places.append(place)
        }
        self.state = state
        self.places = places
    }

    /// One echo to the seed's gateway, at this second of site time.
    mutating func ping(_ pod: Int, at seconds: Int) -> EchoResult {
        guard let gateway = IPAddress("192.168.201.1") else { return .noRoute }
        return state.echo(from: places[pod - 1], to: gateway, bound: "net1", at: .seconds(seconds))
    }

    func shell(_ pod: Int, at seconds: Int = 60) -> BusyboxShell? {
        let place = places[pod - 1]
        guard let node = state.nodes[place.node], let sandbox = node.sandbox(place.uid) else { return nil }
        return BusyboxShell(node: node, sandbox: sandbox, container: "c", at: .seconds(seconds))
    }

    /// The command line of a switch at this second.
    func device(_ name: DeviceName = "fabric-switch", at seconds: Int) -> SwitchShell? {
        SwitchShell(
            of: name, in: state, at: .seconds(seconds), start: Timestamp(nanoseconds: 1_795_476_000_000_000_000))
    }
}

/// A clock that jumps: waiting takes no time and moves the clock on.
final class JumpingClock: @unchecked Sendable {
    // One lock around one number; nothing else is shared.
    private let lock = NSLock()
    private var elapsed = Duration.zero

    var time: SiteTime {
        SiteTime(start: Timestamp(nanoseconds: 1_795_476_000_000_000_000), now: { self.now }, sleep: { self.advance(by: $0) })
    }

    var now: Duration {
        lock.lock()
        defer { lock.unlock() }
        return elapsed
    }

    func advance(by duration: Duration) {
        lock.lock()
        elapsed += duration
        lock.unlock()
    }
}
