import Facts
import Testing

@testable import Labs

@Suite struct SelectorTests {
    @Test(arguments: [
        ("app=web", true), ("app==web", true), ("app!=web", false), ("app", true), ("!app", false), ("!tier", true),
        ("app in (web, db)", true), ("app notin (web)", false), ("app in (a,b),tier", false), ("", true), ("tier!=x", true),
        ("app=web,env in (lab,prod)", true),
    ])
    func labelsMatch(_ text: String, _ isMatch: Bool) throws {
        let selector = try #require(LabelSelector(text))
        #expect(selector.matches(["app": "web", "env": "lab"]) == isMatch)
    }

    @Test(arguments: ["a=b=c", "a in b", "=x", "a b"])
    func whatIsNoSelectorIsNotRead(_ text: String) { #expect(LabelSelector(text) == nil) }

    @Test(arguments: [
        ("spec.nodeName=worker1", true), ("spec.nodeName=worker1,status.phase!=Running", false),
        ("metadata.name==a", true), ("status.phase!=Failed,status.phase!=Succeeded", true),
    ])
    func fieldsMatch(_ text: String, _ isMatch: Bool) throws {
        let pod: JSONValue = [
            "metadata": ["name": "a"], "spec": ["nodeName": "worker1"], "status": ["phase": "Running"],
        ]
        #expect(try FieldSelector(text, kind: .pods).matches(pod) == isMatch)
    }

    @Test func aFieldThatIsNotIndexedIsRefused() {
        let refusal = #expect(throws: StoreRefusal.self) { try FieldSelector("spec.image=x", kind: .pods) }
        #expect(refusal?.code == 400)
        #expect(refusal?.message.hasSuffix("field label not supported: spec.image") == true)
    }
}
