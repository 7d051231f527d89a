import Facts
import Testing

@testable import Archives

/// The sentinel: a text with `S3NTINEL` in every place where a secret can stand; none may be left.
struct RedactorTests {
    static let pem = """
        -----BEGIN RSA PRIVATE KEY-----
        S3NTINELMIIEowIBAAKCAQEA
        -----END RSA PRIVATE KEY-----
        """
    static let webToken = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJTM05USU5FTCJ9.S3NTINEL_sig-nature"

    static let secrets: [(text: String, shown: String)] = [
        (pem, "[redacted]"),
        ("a\n\(pem)\nb", "a\n[redacted]\nb"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nS3NTINEL cut off", "[redacted]"),
        (#"{"key":"-----BEGIN EC PRIVATE KEY-----\nS3NTINEL\n-----END EC PRIVATE KEY-----\n"}"#, #"{"key":"[redacted]\n"}"#),
        ("Authorization: Bearer S3NTINEL.abc", "Authorization: [redacted]"),
        ("authorization: Basic S3NTINEL==\r\nHost: a", "authorization: [redacted]\r\nHost: a"),
        ("curl -H 'Authorization: Bearer S3NTINEL' https://a", "curl -H 'Authorization: [redacted]' https://a"),
        ("sent Bearer S3NTINEL to it", "sent Bearer [redacted] to it"),
        ("token is \(webToken).", "token is [redacted]."),
        ("    token: S3NTINEL\n    user: jane", "    token: [redacted]\n    user: jane"),
        ("client-key-data: S3NTINEL==\n", "client-key-data: [redacted]\n"),
        ("    certificate-authority-data: S3NTINEL\n    server: a", "    certificate-authority-data: [redacted]\n    server: a"),
        ("client-certificate-data: S3NTINEL", "client-certificate-data: [redacted]"),
        (#"{"password": "S3NTINEL\"more", "user": "jane"}"#, #"{"password": "[redacted]", "user": "jane"}"#),
        (#"{"refreshToken":"S3NTINEL"}"#, #"{"refreshToken":"[redacted]"}"#),
        (#"{"last-applied":"{\"token\":\"S3NTINEL\",\"a\":1}"}"#, #"{"last-applied":"{\"token\":\"[redacted]\",\"a\":1}"}"#),
        (
            #"{"name":"DB_PASSWORD","value":"S3NTINEL"},{"name":"A","value":"b"}"#,
            #"{"name":"DB_PASSWORD","value":"[redacted]"},{"name":"A","value":"b"}"#
        ),
        ("DB_PASSWORD=S3NTINEL HOME=/root", "DB_PASSWORD=[redacted] HOME=/root"),
        ("AWS_SECRET_ACCESS_KEY=S3NTINEL\nA=b", "AWS_SECRET_ACCESS_KEY=[redacted]\nA=b"),
        ("tool --token S3NTINEL --user jane", "tool --token [redacted] --user jane"),
        ("tool --password=S3NTINEL", "tool --password=[redacted]"),
        ("Set-Cookie: session=S3NTINEL; Path=/", "Set-Cookie: [redacted]"),
    ]

    @Test("No secret is left, and what stands around it is", arguments: secrets.indices)
    func redacted(_ index: Int) {
        let (text, shown) = Self.secrets[index]
        let clean = Redactor().redact(text)
        #expect(!clean.contains("S3NTINEL"))
        #expect(clean == shown)
        #expect(Redactor().redact(Array(text.utf8)).count == 1)
    }

    @Test("The run's own secrets are found wherever they stand")
    func known() {
        let redactor = Redactor(secrets: [Redacted("S3NTINEL"), Redacted("S3NTINEL-longer"), Redacted("short")])
        #expect(redactor.redact("xS3NTINELy S3NTINEL-longer short") == "x[redacted]y [redacted] short")
    }

    @Test(
        "What is no secret stays byte for byte",
        arguments: [
            #"{"automountServiceAccountToken": false, "token": null, "secret": {"secretName": "a"}}"#,
            "  SRIOV_201         56:7f:f1:5e:ac:52 Learn         36 ge-0/0/9.0\r\n",
            "    vf 1     link/ether 56:7f:f1:5e:ac:52 brd ff:ff:ff:ff:ff:ff, vlan 201, spoof checking on\n",
            "name: sriov-pod-201-1\nvalue: 7\n", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
            "the token was refused", "token:\n  path: /var/run/x", "password", "eyJ is no token", "",
        ])
    func untouched(_ text: String) {
        let (bytes, count) = Redactor().redact(Array(text.utf8))
        #expect(bytes == Array(text.utf8))
        #expect(count == 0)
    }

    @Test func bytesThatAreNoTextStay() {
        let bytes = (0...255).map { UInt8($0) }
        #expect(Redactor().redact(bytes).bytes == bytes)
    }
}
