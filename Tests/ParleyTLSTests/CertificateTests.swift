import ParleyTLS
import Testing

@Suite("Certificates")
struct CertificateTests {
    private func make(
        _ names: [String],
        _ change: (inout CertificateRequest) -> Void = { _ in }
    ) throws -> Certificate {
        var request = CertificateRequest(names: names)
        change(&request)
        let identity = try Authorities.house.issue(request)
        return try #require(Certificate.read(pem: identity.certificatePEM).first)
    }

    @Test("A certificate's parts are read")
    func parts() throws {
        let leaf = try make(["mx.example", "192.0.2.1", "2001:db8::1"])
        #expect(leaf.subject == "CN=mx.example")
        #expect(leaf.issuer == "CN=House")
        #expect(leaf.commonName == "mx.example")
        #expect(leaf.hostNames == ["mx.example"])
        #expect(leaf.addresses == ["192.0.2.1", "2001:db8::1"])
        #expect(leaf.notAfter - leaf.notBefore == 30 * 86400 + 3600)
        #expect(leaf.serial.count == 32)
        #expect(leaf.sha256.count == 64)
        #expect(leaf.publicKeyKind == "EC" && leaf.publicKeyBits == 256)
        #expect(leaf.signatureAlgorithm == "ecdsa-with-SHA256")
        #expect(!leaf.isAuthority && !leaf.isSelfSigned)

        let authority = try #require(
            Certificate.read(pem: Authorities.house.certificatePEM).first
        )
        #expect(authority.isAuthority && authority.isSelfSigned)
    }

    @Test("RSA keys are told with their size")
    func rsa() throws {
        let leaf = try make(["mx.example"]) { $0.keyKind = .rsa1024 }
        #expect(leaf.publicKeyKind == "RSA" && leaf.publicKeyBits == 1024)
        #expect(try make(["x"]) { $0.keyKind = .rsa2048 }.publicKeyBits == 2048)
    }

    @Test("PEM and DER lead back to the same certificate")
    func roundTrip() throws {
        let leaf = try make(["mx.example"])
        #expect(try Certificate.read(pem: Array(leaf.pem.utf8)) == [leaf])
        #expect(Certificate(der: leaf.der) == leaf)
        #expect(Certificate(der: leaf.der + [0]) == nil)
        #expect(Certificate(der: Array(leaf.der.dropLast())) == nil)
        #expect(Certificate(der: []) == nil)
    }

    @Test("Wildcards stand for one whole label")
    func wildcards() throws {
        let leaf = try make(["*.example.org", "m*.example.net"])
        #expect(leaf.covers("a.example.org") && leaf.covers("A.Example.ORG."))
        #expect(!leaf.covers("example.org") && !leaf.covers("a.b.example.org"))
        #expect(!leaf.covers("mx.example.net"))
    }

    @Test("The common name never counts, and is told from no name at all")
    func commonName() throws {
        let old = try make(["mx.example"]) { $0.commonNameOnly = true }
        #expect(old.names.isEmpty && !old.covers("mx.example"))
        #expect(old.namesOnlyInCommonName("mx.example"))
        #expect(!old.namesOnlyInCommonName("a.example"))
        let new = try make(["a.example"]) { $0.commonName = "mx.example" }
        #expect(!new.covers("mx.example") && new.covers("a.example"))
    }

    @Test("Addresses match addresses only")
    func addresses() throws {
        let leaf = try make(["192.0.2.1", "2001:db8::1"])
        #expect(leaf.covers("192.0.2.1") && leaf.covers("2001:db8:0::1"))
        #expect(!leaf.covers("192.0.2.2"))
        let text = try make(["x.example"]) { $0.commonName = "192.0.2.1" }
        #expect(!text.covers("192.0.2.1"))
        #expect(!leaf.covers("") && !leaf.covers("a\u{0}b") && !leaf.covers("."))
    }

    @Test("A name with an embedded NUL is no name and matches nothing")
    func embeddedNul() throws {
        let leaf = try make(["mx.example\u{0}.evil.example", "ok.example"])
        #expect(leaf.hostNames == ["ok.example"])
        #expect(!leaf.covers("mx.example"))
        let pair = try Pair(
            Authorities.house.issue(names: ["mx.example\u{0}.evil.example"])
        )
        #expect(pair.run().client.failure?.reason == "tls.certificate.wrong-host")
    }

    @Test("Control characters are escaped and texts bounded")
    func escapes() throws {
        let leaf = try make(["a\u{1B}[2Jb.example"]) { $0.commonName = "x\u{1B}[31m\u{202E}é" }
        #expect(leaf.hostNames == ["a\\u{1B}[2Jb.example"])
        #expect(leaf.commonName == "x\\u{1B}[31m\\u{202E}é")
        #expect(!leaf.subject.unicodeScalars.contains { $0.value < 32 || $0.value == 0x202E })
        #expect(leaf.subject.contains("é"))
    }

    @Test("Damaged DER is refused or read, never fatal")
    func damaged() throws {
        let leaf = try make(["mx.example", "192.0.2.1"])
        for position in leaf.der.indices {
            for mask in [0x01, 0x80, 0xFF] as [UInt8] {
                var bytes = leaf.der
                bytes[position] ^= mask
                _ = Certificate(der: bytes)?.covers("mx.example")
            }
        }
        for count in 0..<leaf.der.count {
            #expect(Certificate(der: Array(leaf.der.prefix(count))) == nil)
        }
    }

    @Test("A chain may be asked for after its connection is gone")
    func outlives() throws {
        var pair: Pair? = try Pair()
        pair?.run()
        let summary = try #require(pair?.client.summary)
        pair = nil
        #expect(summary.chain.first?.commonName == "mx.example")
    }
}
