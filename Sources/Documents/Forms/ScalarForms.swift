extension Form {
    /// Text with a rule of its own.
    ///
    /// - Parameters:
    ///   - what: for sentences, with article: `a MAC address (aa:bb:cc:dd:ee:ff)`.
    ///   - pattern: for editors; it may be laxer than `parse`, never stricter.
    ///   - parse: nil when the text does not fit.
    package static func text(
        _ what: String, pattern: String? = nil, _ parse: @escaping @Sendable (String) -> Value?
    ) -> Form {
        Form(.text(pattern: pattern)) { node, ledger in
            guard let text = plainText(node, expecting: what, ledger) else { return nil }
            if let value = parse(text) { return value }
            ledger.report("value", at: node.mark, "\(what) is expected here; '\(text)' was seen")
            return nil
        }
    }

    /// One of the cases of an enumeration, as it is written there.
    package static func choice(_ what: String) -> Form
    where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
        choice(what, Value.allCases.map(\.rawValue)) { Value(rawValue: $0) }
    }

    /// One of several words.
    package static func choice(_ what: String, _ words: [String], _ parse: @escaping @Sendable (String) -> Value?) -> Form {
        Form(.choice(words)) { node, ledger in
            guard let scalar = node.scalar else {
                ledger.report("type", at: node.mark, "\(what) is expected here; \(node.kind) was seen")
                return nil
            }
            if let value = words.contains(scalar.text) ? parse(scalar.text) : nil { return value }
            let suggestion =
                Spelling.suggestion(for: scalar.text, among: words) ?? "write one of \(words.joined(separator: ", "))"
            ledger.report("value", at: node.mark, "\(what) is expected here; '\(scalar.text)' was seen", suggestion: suggestion)
            return nil
        }
    }
}

extension Form<Bool> {
    /// `true` or `false`, and none of the spellings that only some readers take for them.
    package static var boolean: Form {
        Form(.boolean) { node, ledger in
            guard let scalar = node.scalar else {
                ledger.report("type", at: node.mark, "true or false is expected here; \(node.kind) was seen")
                return nil
            }
            if case .bool(let value) = scalar.meaning { return value }
            let suggestion: String? =
                switch (scalar.meaning, scalar.text) {
                case (.ambiguous(.bool(let value)), _): "write \(value)"
                case (_, "true"), (_, "false"): "write it without quotes"
                case (_, "on"), (_, "yes"): "write true"
                case (_, "off"), (_, "no"): "write false"
                default: nil
                }
            ledger.report(
                "type", at: node.mark, "true or false is expected here; \(scalar.kind) was seen", suggestion: suggestion)
            return nil
        }
    }
}

extension Form<Int> {
    /// A whole number in decimal.
    ///
    /// - Parameters:
    ///   - what: for sentences, with article and, in brackets, the reason of the limits: `a VLAN ID (0 to 4094)`.
    package static func integer(_ what: String, _ range: ClosedRange<Int>) -> Form {
        Form(.integer(range)) { node, ledger in
            guard let scalar = node.scalar else {
                ledger.report("type", at: node.mark, "\(what) is expected here; \(node.kind) was seen")
                return nil
            }
            if case .integer(let number) = scalar.meaning {
                if range.contains(number) { return number }
                ledger.report("out-of-range", at: node.mark, "\(what) is expected here; \(number) was seen")
                return nil
            }
            var suggestion: String?
            if case .ambiguous(.octal) = scalar.meaning {
                suggestion = "write it without the leading zero"
            } else if scalar.style == .quoted, Int(scalar.text) != nil {
                suggestion = "write it without quotes"
            }
            ledger.report("type", at: node.mark, "\(what) is expected here; \(scalar.kind) was seen", suggestion: suggestion)
            return nil
        }
    }
}

extension Form<Duration> {
    /// `10m`, `90s`, `1m30s`, `500ms`, `2h`: whole numbers with units, largest unit first.
    ///
    /// - Parameter zero: whether `0s` is allowed.
    package static func duration(zero: Bool = false) -> Form {
        let what = "a duration such as 30s or 2m"
        return Form(.text(pattern: "^([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$")) { node, ledger in
            guard let scalar = node.scalar else {
                ledger.report("type", at: node.mark, "\(what) is expected here; \(node.kind) was seen")
                return nil
            }
            if let duration = DurationText(scalar.text)?.duration {
                if zero || duration > .zero { return duration }
                ledger.report(
                    "out-of-range", at: node.mark, "a duration longer than nothing is expected here; \(scalar.text) was seen")
                return nil
            }
            let isNumber = Int(scalar.text) != nil
            ledger.report(
                "value", at: node.mark, "\(what) is expected here; '\(scalar.text)' was seen",
                suggestion: isNumber ? "write \(scalar.text)s or \(scalar.text)m" : nil)
            return nil
        }
    }
}

extension Form<[String: String]> {
    /// A mapping with free keys whose values are texts.
    package static var textMap: Form {
        Form(.textMap) { node, ledger in
            guard let members = node.members else {
                ledger.report("type", at: node.mark, "a mapping of names to texts is expected here; \(node.kind) was seen")
                return nil
            }
            var texts: [String: String] = [:]
            for member in members {
                if let text = plainText(member.value, expecting: "a text", ledger) { texts[member.key] = text }
            }
            return texts
        }
    }
}

extension Form<DocumentNode> {
    /// Whatever is written there.
    package static var anything: Form { Form(.anything) { node, _ in node } }
}

/// The text of a scalar where text is wanted. Numbers are taken as they are written; words that some readers take for
/// something else are to be put in quotes.
private func plainText(_ node: DocumentNode, expecting what: String, _ ledger: Ledger) -> String? {
    guard let scalar = node.scalar else {
        ledger.report("type", at: node.mark, "\(what) is expected here; \(node.kind) was seen")
        return nil
    }
    switch scalar.meaning {
    case .string, .integer, .number, .ambiguous(.sexagesimal): return scalar.text
    case .null, .bool, .ambiguous(.bool), .ambiguous(.octal):
        ledger.report(
            "type", at: node.mark, "\(what) is expected here; \(scalar.kind) was seen",
            suggestion: scalar.text.isEmpty ? nil : "put it in quotes if it is meant as text")
        return nil
    }
}
