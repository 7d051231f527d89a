import Facts
import Testing

@testable import Probes

@Suite struct TrialsTests {
    private static let addresses = PodAddressesRequest(
        pod: PodReference(namespace: "default", name: "p"), container: nil, interfaces: ["net1"])
    private static let ping = PingRequest(
        pod: PodReference(namespace: "default", name: "p"), container: nil, interface: "net1",
        destination: IPAddress(octets: [192, 168, 201, 1]) ?? { fatalError("four octets are an address") }(), count: 3)

    private static func failure(_ kind: ProbeFailure.Kind, _ sentence: String, missing: String? = nil, denied: Bool = false)
        -> Trials.Failure
    {
        Trials.Failure(
            cause: ProbeFailure(kind: kind, source: addresses.source, sentence: sentence), missing: missing, isDenied: denied)
    }

    @Test("Programs that the image lacks are named, all of them and each once")
    func missing() {
        let trials = Trials(failures: [
            Self.failure(.notAvailable, "a", missing: "ip"), Self.failure(.notAvailable, "b", missing: "cat"),
            Self.failure(.notAvailable, "c", missing: "cat"),
        ])
        #expect(trials.mayGoElsewhere)
        let failure = trials.failure(of: Self.addresses)
        #expect(failure.kind == .notAvailable)
        #expect(failure.sentence == "pod p: no interfaces and addresses: the image has no 'ip' and no 'cat'")
        #expect(failure.next?.contains("ephemeral: {image: …}") == true)
    }

    @Test("What a program that is there said outweighs the one that is not")
    func spoilt() {
        let trials = Trials(failures: [
            Self.failure(.notAvailable, "a", missing: "ip"),
            Self.failure(.notUnderstood, "pod p: no interfaces: the text breaks off"),
        ])
        let failure = trials.failure(of: Self.addresses)
        #expect(failure.kind == .notUnderstood)
        #expect(failure.sentence == "pod p: no interfaces: the text breaks off (the image has no 'ip')")
    }

    @Test("A ping that may not open its socket is advised about NET_RAW, and another container may do it")
    func denied() {
        let trials = Trials(failures: [Self.failure(.refused, "pod p: no ping: access was refused", denied: true)])
        #expect(trials.mayGoElsewhere)
        #expect(trials.failure(of: Self.ping).next?.contains("NET_RAW") == true)
    }

    @Test("A refusal by the API is nothing that another container would help with")
    func forbidden() {
        let trials = Trials(failures: [Self.failure(.refused, "pod p: not allowed (403 Forbidden)")])
        #expect(!trials.mayGoElsewhere)
        #expect(trials.failure(of: Self.ping).sentence == "pod p: not allowed (403 Forbidden)")
    }
}
