internal import Facts
internal import Foundation
internal import Transports

/// From when to when a certificate is valid, read from its PEM text and no further than needed.
///
/// - Source: RFC 5280 §4.1: Certificate ::= SEQUENCE { tbsCertificate SEQUENCE { [0] version?, serialNumber, signature, issuer,
///   validity SEQUENCE { notBefore, notAfter }, …
struct CertificateDates: Hashable, Sendable {
    let notBefore: Timestamp
    let notAfter: Timestamp

    /// Nil for what is no certificate; the first one counts, which is the client's own.
    init?(pem: [UInt8]) {
        let lines = String(decoding: pem, as: UTF8.self).split(whereSeparator: \.isNewline)
        guard let start = lines.firstIndex(where: { $0.hasPrefix("-----BEGIN CERTIFICATE-----") }) else { return nil }
        let body = lines[(start + 1)...].prefix { !$0.hasPrefix("-----") }.joined()
        guard let data = Data(base64Encoded: body, options: .ignoreUnknownCharacters) else { return nil }
        var outer = DERReader(Array(data)[...])
        guard var certificate = outer.enter(0x30), var fields = certificate.enter(0x30) else { return nil }
        if fields.nextTag == 0xa0 { fields.skip() }
        // serialNumber, signature, issuer
        for _ in 0..<3 { fields.skip() }
        guard var validity = fields.enter(0x30), let from = validity.time(), let until = validity.time() else { return nil }
        notBefore = from
        notAfter = until
    }

    /// `has expired on …`; nil while it is valid.
    func complaint(at now: Timestamp) -> String? {
        if notAfter < now { return "expired at \(notAfter)" }
        return now < notBefore ? "is not valid before \(notBefore)" : nil
    }
}

/// Walks over values of the Distinguished Encoding Rules; a length that lies ends the walk.
private struct DERReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var nextTag: UInt8? { rest.first }

    /// The content of the next value, which must have this tag.
    mutating func enter(_ tag: UInt8) -> DERReader? {
        guard rest.first == tag, let content = next() else { return nil }
        return DERReader(content)
    }

    mutating func skip() { if next() == nil { rest = [] } }

    /// UTCTime or GeneralizedTime, both with seconds and Z, as RFC 5280 §4.1.2.5 asks for.
    mutating func time() -> Timestamp? {
        let tag = rest.first
        guard tag == 0x17 || tag == 0x18, let content = next() else { return nil }
        var text = String(decoding: content, as: UTF8.self)
        if tag == 0x17 { text = (text < "5" ? "20" : "19") + text }
        guard text.count == 15, text.hasSuffix("Z") else { return nil }
        let digits = Array(text)
        func part(_ range: Range<Int>) -> String { String(digits[range]) }
        return Timestamp("\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))Z")
    }

    private mutating func next() -> ArraySlice<UInt8>? {
        guard rest.count >= 2 else { return nil }
        let bytes = Array(rest.prefix(6))
        var length = Int(bytes[1])
        var head = 2
        if length >= 0x80 {
            let count = length - 0x80
            guard (1...3).contains(count), bytes.count >= 2 + count else { return nil }
            length = bytes[2..<(2 + count)].reduce(0) { $0 << 8 | Int($1) }
            head += count
        }
        guard rest.count >= head + length else { return nil }
        let content = rest.dropFirst(head).prefix(length)
        rest = rest.dropFirst(head + length)
        return content
    }
}

extension KubernetesClient {
    /// The failure, with the client certificate's own dates where they explain it: a true API server answers 401 without a word
    /// of them, others break the TLS session off.
    func explained(_ failure: KubernetesFailure) -> KubernetesFailure {
        guard failure.kind == .unauthorized || failure.kind == .unreachable, let pem = access.route.clientCertificate,
            let complaint = CertificateDates(pem: pem)?.complaint(at: now())
        else { return failure }
        return KubernetesFailure(
            kind: failure.kind, status: failure.status, reason: failure.reason, serverMessage: failure.serverMessage,
            sentence: "\(failure.sentence); the client certificate of user '\(access.userName ?? "")' \(complaint)",
            next:
                "renew the client certificate of user '\(access.userName ?? "")' in \(access.origin), or look at this machine's clock"
        )
    }
}
