import Facts
import Testing

@testable import Probes

@Suite struct HelperContainerTests {
    private static func helper(_ runID: String = "vlan-201-20261124T084925Z-49f1") -> HelperContainer {
        HelperContainer(
            image: "busybox:1.36", pullPolicy: nil, runID: runID, label: ("plumbline.dev/run", runID), deadline: .seconds(60))
    }

    @Test("Its name is a DNS label that carries the run")
    func name() {
        #expect(Self.helper().name == "plumbline-vlan-201-20261124t084925z-49f1")
        let long = Self.helper(String(repeating: "a", count: 80) + "-20261124T084925Z-49f1").name
        #expect(long.utf8.count <= 63 && long.hasSuffix("-20261124t084925z-49f1"))
        #expect(!Self.helper("a" + String(repeating: "-", count: 60)).name.dropFirst(10).hasPrefix("-"))
    }

    @Test("It asks for NET_RAW and for nothing else")
    func rights() {
        let context = Self.helper().json["securityContext"]
        #expect(context?["capabilities"]?["add"]?.elements?.map(\.text) == ["NET_RAW"])
        #expect(context?["capabilities"]?["drop"]?.elements?.map(\.text) == ["ALL"])
        #expect(context?["privileged"] == nil && context?["allowPrivilegeEscalation"]?.bool == false)
    }

    private static func pod(_ state: JSONValue) -> JSONValue {
        let other: JSONValue = ["name": "other", "state": ["running": ["startedAt": "2026-11-24T08:49:30Z"]]]
        return ["status": ["ephemeralContainerStatuses": [other, ["name": "h", "state": state]]]]
    }

    private static let running: JSONValue = ["running": ["startedAt": "2026-11-24T08:49:30Z"]]
    private static let creating: JSONValue = ["waiting": ["reason": "ContainerCreating"]]
    private static let pullFails: JSONValue = [
        "waiting": ["reason": "ImagePullBackOff", "message": "Back-off pulling image \"x\""]
    ]
    private static let ended: JSONValue = ["terminated": ["exitCode": 128, "reason": "StartError"]]

    @Test(
        "A container that will never run ends the wait, one that is on its way does not",
        arguments: [
            (running, HelperState.running), (creating, .starting("ContainerCreating")), (.object([]), .starting("waiting")),
            (pullFails, .hopeless("ImagePullBackOff: Back-off pulling image \"x\"")),
            (ended, .hopeless("it ended with code 128 (StartError)")),
        ])
    func states(state: JSONValue, expected: HelperState) {
        #expect(HelperState(Self.pod(state), container: "h") == expected)
        #expect(HelperState(Self.pod(state), container: "not yet there") == .starting("no status yet"))
    }
}
