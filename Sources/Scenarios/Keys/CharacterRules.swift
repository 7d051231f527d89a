/// Which letters a name may have, by whoever reads the name at the end.
enum CharacterRules {
    /// A DNS label: 1…63 of `a-z0-9-`, beginning and ending in a letter or digit.
    ///
    /// - Source: RFC 1123, as the Kubernetes API asks for namespaces.
    static func isLabel(_ text: some StringProtocol) -> Bool {
        let bytes = Array(text.utf8)
        guard (1...63).contains(bytes.count), let first = bytes.first, let last = bytes.last else { return false }
        return first != hyphen && last != hyphen && bytes.allSatisfy { isLowerOrDigit($0) || $0 == hyphen }
    }

    /// A DNS subdomain: labels with dots between, at most 253 bytes. Pods, NADs and nodes are named so.
    static func isSubdomain(_ text: some StringProtocol) -> Bool {
        text.utf8.count <= 253 && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { isLabel(String($0)) }
    }

    /// A Linux interface name: 1…15 bytes, no blank, slash or colon, not `.` or `..`; held to the letters that command lines
    /// take.
    ///
    /// - Source: `dev_valid_name` in the kernel; IFNAMSIZ is 16 with the final zero.
    static func isInterface(_ text: String) -> Bool {
        text.utf8.count <= 15 && text != "." && text != ".." && isArgument(text) && !text.contains("/") && !text.contains(":")
    }

    /// What may be filled in on a device's command line: `[A-Za-z0-9_.:/-]+`, not beginning with a hyphen.
    static func isArgument(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, first != hyphen else { return false }
        return text.utf8.allSatisfy { byte in
            isLowerOrDigit(byte) || (0x41...0x5a).contains(byte) || [0x5f, 0x2e, 0x3a, 0x2f, hyphen].contains(byte)
        }
    }

    /// A name of our own making that appears in reports and file names: like an argument, without slash and colon.
    static func isName(_ text: String) -> Bool {
        text.utf8.count <= 63 && isArgument(text) && !text.contains("/") && !text.contains(":")
    }

    /// `prefix/name`: a DNS subdomain and 1…63 letters, digits, `-`, `_`, `.`.
    static func isResource(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, isSubdomain(parts[0]), (1...63).contains(parts[1].utf8.count) else { return false }
        return isArgument(parts[1]) && !parts[1].contains(":")
    }

    private static let hyphen: UInt8 = 0x2d

    private static func isLowerOrDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte) }
}
