import Testing

/// Clauses about TLS are checked before anything is sent.
@Suite struct TLSClauseTests {
    private static let before = "connect smtp mx.test as first\nehlo x.test\n"

    @Test(
        arguments: [
            ("starttls min TLSv1.0 max TLSv1.3", []),
            ("starttls min TLS1.2", ["script.verb.argument@3"]),
            ("starttls min TLSv1.3 max TLSv1.2", ["script.verb.argument@3"]),
            ("starttls ciphers ECDHE+AESGCM:TLS_AES_128_GCM_SHA256", []),
            ("starttls ciphers HIGH:AES128-GMC-SHA256", ["script.verb.argument@3"]),
            ("starttls groups X25519:P-256", []),
            ("starttls groups X25518", ["script.verb.argument@3"]),
            ("starttls sigalgs RSA+SHA256:ed25519", []),
            ("starttls sigalgs RSA+SHA255", ["script.verb.argument@3"]),
            ("starttls alpn smtp,,x", ["script.verb.argument@3"]),
            ("starttls seclevel 0 no tickets staple", []),
            ("starttls seclevel 6", ["script.verb.argument@3"]),
            ("starttls cert a.pem", ["script.verb.usage@3"]),
            ("starttls key a.key", ["script.verb.usage@3"]),
            ("starttls cert a.pem key a.key", []),
            ("starttls resume auto", []),
            ("starttls resume first", []),
            ("starttls resume frist", ["script.session.unknown@3"]),
            ("starttls tlsa \"3 1 1 abc\"", ["script.verb.argument@3"]),
            (
                "starttls tlsa \"1 0 1 \(String(repeating: "0", count: 64))\"",
                ["script.verb.argument@3"]
            ),
            ("starttls tlsa \"3 0 1 \(String(repeating: "0", count: 64))\"", []),
            ("starttls tlsa ${5}", ["script.type.mismatch@3"]),
            ("starttls tlsa ${[\"3 0 1 00\"]}", []),
            ("starttls no tikets", ["script.verb.usage@3"]),
            ("expect cert dane-ok", []),
            ("expect 5 dane-ok", ["script.type.mismatch@3"]),
        ] as [(String, [String])]
    )
    func aMistakeInAClauseIsReportedOnce(_ text: String, _ expected: [String]) {
        #expect(complaintsInTest(Self.before + text) == expected)
    }
}
