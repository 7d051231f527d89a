import Facts
import Testing

@testable import Plans

@Suite("What admission changed")
struct AdmissionChangeTests {
    private let sent: JSONValue = [
        "apiVersion": "v1", "kind": "Pod",
        "metadata": ["name": "a", "labels": ["app": "x"], "annotations": [:]],
        "spec": [
            "containers": [
                [
                    "name": "probe", "image": "busybox:1.36",
                    "resources": ["limits": ["memory": "1024Mi", "intel.com/vf": "1"]],
                ]
            ],
            "tolerations": [["key": "gpu", "operator": "Exists"]],
        ],
    ]

    private func changes(_ change: (inout String) -> Void) throws -> [String] {
        var text = sent.compactText
        change(&text)
        return AdmissionChange.all(sent: sent, returned: try JSONValue(parsing: text)).map(\.description)
    }

    private func replacing(_ old: String, _ new: String) throws -> [String] {
        try changes { text in
            let parts = text.split(separator: old, omittingEmptySubsequences: false)
            #expect(parts.count > 1, "\(old) is not in it")
            text = parts.joined(separator: new)
        }
    }

    @Test func whatEveryServerFillsInIsNoChange() throws {
        #expect(try changes { _ in } == [])
        #expect(try replacing("1024Mi", "1Gi") == [])
        #expect(try replacing(#""annotations":{}"#, #""uid":"u1","creationTimestamp":"2026-11-23T22:00:17Z""#) == [])
        #expect(
            try replacing(
                #""tolerations":["#,
                #""dnsPolicy":"ClusterFirst","tolerations":[{"key":"node.kubernetes.io/not-ready","effect":"NoExecute"},"#) == [])
        #expect(try replacing(#""annotations":{}"#, #""annotations":{"plumbline/creation":"1"}"#) == [])
    }

    @Test func anotherImageIsNamedWithItsContainer() throws {
        #expect(
            try replacing("busybox:1.36", "mirror/busybox:1.36") == [
                #"spec.containers[probe].image was sent as "busybox:1.36" and came back as "mirror/busybox:1.36""#
            ])
    }

    @Test func aSidecarAndALabelAreAdditions() throws {
        #expect(
            try replacing(#""containers":["#, #""containers":[{"name":"proxy"},"#) == [
                #"spec.containers[proxy] was added: {"name":"proxy"}"#
            ])
        #expect(try replacing(#""app":"x""#, #""app":"x","team":"y""#) == [#"metadata.labels.team was added: "y""#])
        #expect(
            try replacing(#""spec":{"#, #""spec":{"initContainers":[{"name":"i"}],"#) == [
                #"spec.initContainers was added: [{"name":"i"}]"#
            ])
    }

    @Test func whatIsTakenAwayIsNamed() throws {
        #expect(
            try replacing(#","intel.com/vf":"1""#, "") == [
                #"spec.containers[probe].resources.limits.intel.com/vf was sent as "1" and is taken away"#
            ])
    }
}
