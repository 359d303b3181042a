import ParleyWire
import Testing

@Suite struct EncodingTests {
    // RFC 4648 §10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
    func `base64 is that of the standard`(plain: String, encoded: String) {
        #expect(text(Base64.encode(bytes(plain))) == encoded)
        #expect(Base64.decode(bytes(encoded)) == bytes(plain))
    }

    @Test(arguments: [
        "A", "AA", "AAA", "A===", "====", "AA=A", "AAAA=", "A-_A", "AA A", "Zg==Zg==",
    ])
    func `what is no base64 is refused`(encoded: String) {
        #expect(Base64.decode(bytes(encoded)) == nil)
    }

    @Test func `all octets survive base64`() {
        let all = (0...255).map { UInt8($0) }
        for length in 250...256 {
            #expect(Base64.decode(Base64.encode(all.prefix(length))) == Array(all.prefix(length)))
        }
    }

    @Test func `a secret is found in base64 wherever it stands`() {
        let secret = bytes("tanstaaf+/ ü")
        let forms = secretForms(of: secret)
        for before in 0..<7 {
            for after in 0..<4 {
                let around =
                    [UInt8](repeating: 0xFE, count: before) + secret
                    + [UInt8](repeating: 0xFD, count: after)
                let encoded = text(Base64.encode(around))
                #expect(forms.contains { encoded.contains(text($0)) })
            }
        }
    }

    @Test func `a secret has many spellings, the longest first`() {
        let forms = secretForms(of: bytes("p&s \"<\\w>'=+"))
        for spelling in [
            "p&s \"<\\w>'=+", "702673", "%70%26", "p%26s%20%22%3C%5Cw%3E%27%3D%2B",
            "p&amp;s \"&lt;", "p&s \\\"<\\\\w", "p&s+20\"<", "p&s \"<\\w>'=3D+",
        ] {
            #expect(forms.contains { text($0).contains(spelling) || spelling.contains(text($0)) })
        }
        #expect(forms.map(\.count) == forms.map(\.count).sorted(by: >))
        #expect(Set(forms).count == forms.count)
        #expect(secretForms(of: []).isEmpty)
        #expect(secretForms(of: bytes("abc")).allSatisfy { $0.count >= 4 })
    }
}
