/// Reads name and groups out of a client certificate: common name and organisations of its subject.
///
/// Only the way to the subject is walked: `Certificate → tbsCertificate → (version) serial, algorithm, issuer, validity, subject`. The
/// certificate has been verified before, so a form that does not fit gives nil and no reason.
///
/// - Source: RFC 5280 §4.1, X.690 for the encoding.
struct ClientCertificateName {
    private static let commonName: [UInt8] = [0x55, 0x04, 0x03]
    private static let organisation: [UInt8] = [0x55, 0x04, 0x0a]

    /// - Parameter der: the certificate.
    static func user(der: [UInt8]) -> APIUser? {
        var outer = DERReader(der[...])
        guard let certificate = outer.next(tag: 0x30) else { return nil }
        var inside = DERReader(certificate)
        guard let tbs = inside.next(tag: 0x30) else { return nil }
        var fields = DERReader(tbs)
        _ = fields.next(tag: 0xa0)
        guard fields.next(tag: 0x02) != nil, fields.next(tag: 0x30) != nil, fields.next(tag: 0x30) != nil,
            fields.next(tag: 0x30) != nil, let subject = fields.next(tag: 0x30)
        else { return nil }
        return user(subject: subject)
    }

    private static func user(subject: ArraySlice<UInt8>) -> APIUser? {
        var name: String?
        var groups: [String] = []
        var sets = DERReader(subject)
        while let set = sets.next(tag: 0x31) {
            var pairs = DERReader(set)
            while let pair = pairs.next(tag: 0x30) {
                var sides = DERReader(pair)
                guard let type = sides.next(tag: 0x06), let value = sides.next(tag: nil) else { return nil }
                let text = String(decoding: value, as: UTF8.self)
                if type.elementsEqual(commonName) { name = text }
                if type.elementsEqual(organisation) { groups.append(text) }
            }
        }
        return name.map { APIUser(name: $0, groups: groups) }
    }
}

/// One level of DER: tag, length, content.
private struct DERReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// The content of the next element; nil, and nothing is read, when its tag is another or it does not fit.
    mutating func next(tag: UInt8?) -> ArraySlice<UInt8>? {
        guard let found = rest.first, tag == nil || found == tag, let first = rest.dropFirst().first else { return nil }
        var after = rest.dropFirst(2)
        var length = Int(first)
        if first & 0x80 != 0 {
            let count = Int(first & 0x7f)
            guard count <= 4, after.count >= count else { return nil }
            length = after.prefix(count).reduce(0) { $0 << 8 | Int($1) }
            after = after.dropFirst(count)
        }
        guard after.count >= length else { return nil }
        rest = after.dropFirst(length)
        return after.prefix(length)
    }
}
