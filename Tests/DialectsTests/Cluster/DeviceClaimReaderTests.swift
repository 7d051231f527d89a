import Facts
import Testing

@testable import Dialects

/// Keys as the API's types write them (kubernetes/api, `resource/v1/types.go`, `resource/v1beta1/types.go`); attributes as
/// dra-driver-sriov publishes them (`pkg/devicestate/discovery.go`).
@Suite struct DeviceClaimReaderTests {
    private static let driver = "sriovnetwork.k8snetworkplumbingwg.io"
    private static let key = DeviceClaim.Key(driver: driver, pool: "worker2", device: "0000-01-10-5")

    private static func claim(_ status: JSONValue) -> JSONValue {
        [
            "apiVersion": "resource.k8s.io/v1", "kind": "ResourceClaim",
            "metadata": ["name": "vf-x2x4z", "namespace": "default"], "status": status,
        ]
    }

    @Test("An allocated claim with what its driver says of the device")
    func allocated() throws {
        let claim = try DeviceClaimReader.claim(
            Self.claim([
                "allocation": [
                    "devices": [
                        "results": [
                            ["request": "vf", "driver": .string(Self.driver), "pool": "worker2", "device": "0000-01-10-5"]
                        ]
                    ]
                ],
                "reservedFor": [["resource": "pods", "name": "sriov-pod-201-2", "uid": "u2"]],
                "devices": [
                    [
                        "driver": .string(Self.driver), "pool": "worker2", "device": "0000-01-10-5",
                        "conditions": [["type": "Ready", "status": "False", "message": "no link"]],
                        "networkData": [
                            "interfaceName": "net1", "ips": ["192.168.201.3/24"], "hardwareAddress": "0a:43:80:e7:80:15",
                        ],
                    ]
                ],
            ]))
        #expect(claim.allocated == [Self.key] && claim.reservedFor == ["u2"])
        #expect(
            claim.statuses == [
                .init(
                    key: Self.key, ready: "False", readyMessage: "no link", interface: "net1",
                    mac: MACAddress("0a:43:80:e7:80:15"), addresses: [IPPrefix("192.168.201.3/24")!])
            ])
    }

    @Test("A claim that nothing is allocated for yet is told from one with no devices")
    func pending() throws {
        #expect(try DeviceClaimReader.claim(Self.claim([:])).allocated == nil)
        #expect(try DeviceClaimReader.claim(Self.claim(["allocation": ["devices": [:]]])).allocated == [])
    }

    @Test("Devices of a slice: attributes as v1 has them, and in `basic` as v1beta1; a name without domain is the driver's")
    func slices() throws {
        let slice = { (device: JSONValue) -> JSONValue in
            [
                "kind": "ResourceSlice", "metadata": ["name": "s"],
                "spec": [
                    "driver": .string(Self.driver), "pool": ["name": "worker2"], "nodeName": "worker2",
                    "devices": [device],
                ],
            ]
        }
        let address: JSONValue = ["string": "0000:01:10.5"]
        let offered = OfferedDevice(key: Self.key, pciAddress: PCIAddress("0000:01:10.5"), pf: "eno2")
        for attributes in [
            ["resource.kubernetes.io/pciBusID": address, "PFName": ["string": "eno2"]],
            [
                "\(Self.driver)/pciAddress": address, "\(Self.driver)/PFName": ["string": "eno2"],
                "\(Self.driver)/vfID": ["int": 2],
            ],
            ["k8s.cni.cncf.io/deviceID": address, "\(Self.driver)/PFName": ["string": "eno2"]],
        ] as [[String: JSONValue]] {
            let object = JSONValue.object(attributes.map { .init($0.key, $0.value) })
            #expect(try DeviceClaimReader.devices(slice(["name": "0000-01-10-5", "attributes": object])) == [offered])
            #expect(
                try DeviceClaimReader.devices(slice(["name": "0000-01-10-5", "basic": ["attributes": object]])) == [offered])
        }
        // The VF's own `deviceID` of this driver is its PCI device, no address.
        let other: JSONValue = ["\(Self.driver)/deviceID": ["string": "1515"], "example.com/pciAddress": address]
        #expect(try DeviceClaimReader.devices(slice(["name": "a", "attributes": other])).first?.pciAddress == nil)
    }

    @Test("Another kind, and a device without a pool, are errors")
    func refused() {
        #expect(throws: DialectError.self) {
            _ = try DeviceClaimReader.claim(["kind": "Pod", "metadata": ["name": "a", "namespace": "b"]])
        }
        #expect(throws: DialectError.self) {
            _ = try DeviceClaimReader.claim(
                Self.claim(["allocation": ["devices": ["results": [["driver": "a", "device": "b"]]]]]))
        }
        #expect(throws: DialectError.self) { _ = try DeviceClaimReader.devices(["kind": "ResourceSlice", "spec": [:]]) }
    }

    @Test("A pod's claims: its own, those of templates, and the one for extended resources")
    func pods() throws {
        let pod = try PodReader.read([
            "kind": "Pod", "metadata": ["name": "a", "uid": "u"],
            "spec": [
                "resourceClaims": [
                    ["name": "own", "resourceClaimName": "shared"], ["name": "made", "resourceClaimTemplateName": "t"],
                    ["name": "old", "source": ["resourceClaimName": "older"]],
                ]
            ],
            "status": [
                "resourceClaimStatuses": [["name": "made", "resourceClaimName": "a-made-x7z"], ["name": "none"]],
                "extendedResourceClaimStatus": ["resourceClaimName": "a-extended-resources-b4d", "requestMappings": []],
            ],
        ])
        #expect(pod.claims == ["a-extended-resources-b4d", "a-made-x7z", "older", "shared"])
    }
}
