import Facts
import Testing

@testable import Labs

@Suite struct SchemaTests {
    @Test func everyTypeThatIsNamedIsThere() {
        func named(_ type: Schema.FieldType) -> String? {
            switch type {
            case .named(let name): name
            case .list(let element), .map(let element): named(element)
            default: nil
            }
        }
        for schema in SchemaTable.builtIn.values {
            for field in schema.fields {
                if let name = named(field.type) {
                    #expect(
                        SchemaTable.builtIn[name] != nil, "\(schema.name).\(field.name) is of a type \(name) that is not there")
                }
            }
        }
        for kind in ResourceKind.all { #expect(SchemaTable.schema(of: kind) != nil, "\(kind) has no type") }
    }

    @Test(
        "A true server's object, read as its type, is the same to the byte",
        arguments: [
            ("get-pod_1", ResourceKind.pods), ("get-node_worker1", .nodes), ("get-cm", .configMaps), ("get-ds", .daemonSets),
            ("get-crd", .customResourceDefinitions), ("after-pod-crash", .pods), ("after-pod-nores", .pods),
            ("after-pod-badimg", .pods), ("fail-pod3-notready", .pods), ("fail-node3-notready", .nodes), ("dp-gone-node", .nodes),
        ])
    func objectsStayAsTheyAre(_ name: String, _ kind: ResourceKind) throws {
        let recorded = try Recording(name).json
        var reader = ObjectReader(kind: kind)
        let read = try reader.read(recorded, as: SchemaTable.schema(of: kind))
        #expect(reader.unknown == [])
        #expect(String(decoding: read.wireBytes, as: UTF8.self) == String(decoding: recorded.wireBytes, as: UTF8.self))
    }

    @Test(arguments: ["get-events", "after-events-wantx", "full-events", "get-events_sel"])
    func eventsStayAsTheyAre(_ name: String) throws {
        for item in try Recording(name).json["items"]?.elements ?? [] {
            var reader = ObjectReader(kind: .events)
            let read = try reader.read(item, as: SchemaTable.schema(of: .events)).filteringMembers {
                !["kind", "apiVersion"].contains($0.key)
            }
            #expect(reader.unknown == [])
            #expect(String(decoding: read.wireBytes, as: UTF8.self) == String(decoding: item.wireBytes, as: UTF8.self))
        }
    }

    @Test func aCustomObjectStaysAsItIs() throws {
        let recorded = try Recording("get-nad_201").json
        let definition = try Recording("get-crd").json
        let document = try #require(definition.value(at: "spec", "versions")?[0]?.value(at: "schema", "openAPIV3Schema"))
        var reader = ObjectReader(kind: .networkAttachmentDefinitions)
        let read = try reader.read(recorded, as: .ofCustomKind("NetworkAttachmentDefinition", document: document))
        #expect(reader.unknown == [])
        #expect(String(decoding: read.wireBytes, as: UTF8.self) == String(decoding: recorded.wireBytes, as: UTF8.self))
    }

    @Test func whatATypeDoesNotHaveIsNamedAndLeftOut() throws {
        var reader = ObjectReader(kind: .pods)
        let read = try reader.read(
            ["spec": ["containers": [["name": "c", "imagee": "x"]], "hostnetwork": true]], as: SchemaTable.schema(of: .pods))
        #expect(reader.unknown == ["spec.containers[0].imagee", "spec.hostnetwork"])
        #expect(read.value(at: "spec", "hostnetwork") == nil)
    }

    @Test func aValueOfTheWrongKindIsRefused() {
        var reader = ObjectReader(kind: .pods)
        let refusal = #expect(throws: StoreRefusal.self) {
            try reader.read(["spec": ["hostNetwork": "yes"]], as: SchemaTable.schema(of: .pods))
        }
        #expect(refusal?.code == 400)
        #expect(refusal?.message.contains("cannot unmarshal string into Go struct field .spec.hostNetwork of type bool") == true)
    }

    @Test(arguments: [
        ("1", "1"), ("0.5", "500m"), ("1000m", "1"), ("1024Mi", "1Gi"), ("200Mi", "200Mi"), ("264212084Ki", "264212084Ki"),
        ("267847642337", "267847642337"), ("1000", "1k"), ("0", "0"),
    ])
    func quantitiesAreWrittenOneWay(_ text: String, _ canonical: String) { #expect(Quantity(text)?.text == canonical) }

    @Test(arguments: ["", "x", "1.2.3", "5Q", "--1"]) func whatIsNoQuantityIsNotRead(_ text: String) {
        #expect(Quantity(text) == nil)
    }
}
