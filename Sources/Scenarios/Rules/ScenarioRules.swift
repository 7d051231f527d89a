/// One thing that has to hold between the parts of a scenario.
protocol ScenarioRule: Sendable {
    /// Reports what breaks the rule, each breach at its own place.
    static func check(_ scenario: Scenario, _ draft: Draft)
}

/// All rules. Their order does not matter: problems are sorted by place.
enum ScenarioRules {
    static let all: [any ScenarioRule.Type] = [
        UniqueNameRule.self, UniqueAddressRule.self, UniqueMACRule.self, ReferenceRule.self, AttachmentRule.self,
        AddressRule.self,
        SubnetRule.self, VLANRule.self, CapacityRule.self, ResourceRequestRule.self, IPAMRule.self, CablingRule.self,
        CheckRule.self, NamespaceRule.self,
        TimeoutRule.self,
    ]
}
