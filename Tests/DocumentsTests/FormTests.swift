import Documents
import Testing

/// A small document of a made-up kind, read by its shape.
struct Rack: Equatable {
    var name: String?
    var units: Int?
    var powered: Bool?
    var delay: Duration?
    var mood: Mood?
    var tags: [String: String]?
    var ports: [Port]?

    enum Mood: String, CaseIterable { case calm, tense }

    struct Port: Equatable {
        var id: String?
        var lanes: [Int]?
    }

    enum Keys {
        static let name = Key(
            "name", Form<String>.text("a name") { $0.contains(" ") ? nil : $0 }, required: true, "What it is called.")
        static let units = Key("units", .integer("a height (1 to 48)", 1...48), "Height.")
        static let powered = Key("powered", .boolean, "Whether it is on.")
        static let delay = Key("delay", .duration(), "How long to wait.")
        static let mood = Key("mood", Form<Mood>.choice("a mood"), "How it feels.")
        static let tags = Key("tags", .textMap, "Free words.")
        static let ports = Key("ports", .list(of: Port.form, identity: "id"), "Its ports.")
        static let shape = Shape(
            "rack", "a rack",
            [
                name.description, units.description, powered.description, delay.description, mood.description, tags.description,
                ports.description,
            ])
    }

    static func read(_ text: String) -> (Rack?, [Problem]) {
        let file = DocumentFile(file: "r.yaml", text: text)
        let ledger = Ledger(root: Keys.shape)
        ledger.add(file)
        let fields = file.documents.first.flatMap { Fields($0, Keys.shape, ledger) }
        let rack = fields.map { fields in
            Rack(
                name: fields[Keys.name], units: fields[Keys.units], powered: fields[Keys.powered], delay: fields[Keys.delay],
                mood: fields[Keys.mood], tags: fields[Keys.tags], ports: fields[Keys.ports])
        }
        return (rack, ledger.problems)
    }
}

extension Rack.Port {
    enum Keys {
        static let id = Key("id", Form<String>.text("an id") { $0 }, required: true, "What it is called.")
        static let lanes = Key("lanes", .oneOrMore(.integer("a lane (0 to 3)", 0...3)), "Its lanes.")
        static let shape = Shape("port", "a port", [id.description, lanes.description])
    }

    static let form = Form<Rack.Port>.record(Keys.shape) { Rack.Port(id: $0[Keys.id], lanes: $0[Keys.lanes]) }
}

/// Reading by shape: what fits, and what is said of what does not.
struct FormTests {
    @Test("A document that fits is read in full")
    func fits() {
        let (rack, problems) = Rack.read(
            """
            name: r1
            units: 42
            powered: false
            delay: 1m30s
            mood: tense
            tags: {row: 7, aisle: b}
            ports:
            - {id: a, lanes: 2}
            - {id: b, lanes: [0, 1]}
            """)
        #expect(problems.isEmpty, "\(problems)")
        #expect(
            rack
                == Rack(
                    name: "r1", units: 42, powered: false, delay: .seconds(90), mood: .tense, tags: ["row": "7", "aisle": "b"],
                    ports: [.init(id: "a", lanes: [2]), .init(id: "b", lanes: [0, 1])]))
    }

    @Test(
        "What does not fit is said at its place",
        arguments: [
            ("name: r1\nunits: 49", "2:8", "a height (1 to 48) is expected here; 49 was seen [out-of-range]"),
            ("name: r1\nunits: 012", "2:8", "write it without the leading zero"),
            ("name: r1\nunits: '12'", "2:8", "write it without quotes"),
            ("name: r1\nunits: 1:30", "2:8", "number to the base of 60"),
            ("name: r1\nunits: [1]", "2:8", "a list was seen"),
            ("name: r1\nunits: 1e1", "2:8", "'1e1' was seen"),
            ("name: r1\npowered: on", "2:10", "write true"),
            ("name: r1\npowered: No", "2:10", "write false"),
            ("name: r1\npowered: 'true'", "2:10", "write it without quotes"),
            ("name: r1\npowered: 1", "2:10", "true or false is expected here; '1' was seen"),
            ("name: r1\ndelay: 30", "2:8", "write 30s or 30m"),
            ("name: r1\ndelay: 0s", "2:8", "longer than nothing"),
            ("name: r1\ndelay: 30 s", "2:8", "a duration such as"),
            ("name: r1\nmood: tens", "2:7", "did you mean 'tense'?"),
            ("name: r1\nmood: 3", "2:7", "write one of calm, tense"),
            ("name: off", "1:7", "put it in quotes if it is meant as text"),
            ("name: a b", "1:7", "a name is expected here; 'a b' was seen"),
            ("name: {a: 1}", "1:7", "a mapping was seen"),
            ("name:", "1:1", "'name' is written without a value"),
            ("units: 3", "1:1", "a rack needs 'name': What it is called."),
            ("name: r1\nunist: 3", "2:1", "'unist' is no key of a rack; did you mean 'units'?"),
            ("name: r1\nlanes: 3", "2:1", "'lanes' is no key of a rack; it belongs under 'ports[]'"),
            ("name: r1\nzzz: 3", "2:1", "its keys are name, units"),
            ("name: r1\ntags: [a]", "2:7", "a mapping of names to texts"),
            ("name: r1\ntags: {a: [b]}", "2:11", "a list was seen"),
            ("name: r1\nports: {id: a}", "2:8", "begin each entry with '- '"),
            ("name: r1\nports: [3]", "2:9", "a mapping is expected here for a port, such as {id: …, lanes: …}"),
            ("name: r1\nports:\n-\n", "3:2", "this entry of the list is empty"),
            ("name: r1\nports: [{id: a, lanes: [0, 4]}]", "2:28", "a lane (0 to 3)"),
            ("name: r1\nname: r2", "2:1", "'name' is written twice"),
            ("- name: r1", "1:1", "a mapping is expected here for a rack"),
        ])
    func doesNotFit(text: String, place: String, sentence: String) {
        let (_, problems) = Rack.read(text)
        #expect(problems.count == 1, "\(problems)")
        #expect(problems.first?.mark.description == "r.yaml:\(place)", "\(problems)")
        #expect(problems.first?.headline.contains(sentence) == true, "\(problems)")
    }

    @Test("All problems are told at once, in the order of their places")
    func all() {
        let (rack, problems) = Rack.read("units: 0\nmood: grim\nports:\n- {lanes: 9}\n")
        #expect(
            problems.map { "\($0.mark.line) \($0.code)" } == [
                "1 missing-key", "1 out-of-range", "2 value", "4 missing-key", "4 out-of-range",
            ])
        #expect(rack?.ports?.count == 1)
    }

    @Test(
        "Durations need a unit and fall in size",
        arguments: [
            ("10m", 600_000), ("1h2m3s4ms", 3_723_004), ("500ms", 500), ("90s", 90_000), ("", nil), ("5", nil), ("s", nil),
            ("1s1m", nil),
            ("1m1m", nil), ("-1s", nil), ("1.5s", nil), ("99999999999s", nil), ("1d", nil), ("999999999h", nil),
        ] as [(String, Int?)])
    func durations(text: String, milliseconds: Int?) {
        #expect(DurationText(text)?.duration == milliseconds.map { .milliseconds($0) })
        if let milliseconds {
            #expect(DurationText(DurationText(.milliseconds(milliseconds)).description)?.duration == .milliseconds(milliseconds))
        }
    }
}

/// One document over another.
struct OverlayTests {
    private func merged(_ lower: String, _ upper: String) throws -> DocumentNode {
        Overlay.merged(
            try DocumentFile(file: "base.yaml", text: lower).only(),
            under: try DocumentFile(file: "over.yaml", text: upper).only(),
            as: .record(Rack.Keys.shape))
    }

    @Test("Keys of the upper one count, others come from the lower one, each with its place")
    func keys() throws {
        let root = try merged("name: r1\nunits: 42\ntags: {a: x, b: y}\n", "units: 7\ntags: {b: z, c: w}\n")
        #expect(root.members?.map(\.key) == ["name", "units", "tags"])
        #expect(root["units"]?.mark.description == "over.yaml:1:8")
        #expect(root["name"]?.mark.description == "base.yaml:1:7")
        #expect(root["tags"]?.members?.map { "\($0.key)=\($0.value.text ?? "")" } == ["a=x", "b=z", "c=w"])
    }

    @Test("Lists of named entries are merged by name, other lists are replaced, null takes away")
    func lists() throws {
        let root = try merged(
            "name: r1\nunits: 3\nports:\n- {id: a, lanes: [0]}\n- {id: b, lanes: [1, 2]}\n",
            "units: null\nports:\n- {id: c}\n- {id: b, lanes: [3]}\n")
        #expect(root.members?.map(\.key) == ["name", "ports"])
        #expect(root["ports"]?.elements?.map { $0["id"]?.text } == ["a", "b", "c"])
        #expect(root["ports"]?.elements?[1]["lanes"]?.elements?.map(\.int) == [3])
    }
}
