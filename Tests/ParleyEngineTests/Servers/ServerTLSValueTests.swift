import ParleyEngine
import ParleyMachine
import ParleyTLS
import ParleyTesting
import Testing

/// What scripts see of the TLS of scripted servers, from one end to the other: both are OpenSSL.
@Suite("TLS between a script and a scripted server")
struct ServerTLSValueTests {
    private func server(_ settings: String, _ rules: String = "") -> String {
        "server mx smtp on 127.0.0.1:auto name mx.test {\n\(settings)\n"
            + "on ehlo => 250 \"mx.test\" offers [STARTTLS]\n\(rules)\n}"
    }

    private static let connect =
        "start mx\nconnect smtp ${mx.address} name mx.test\nehlo probe.test\n"

    private func run(_ settings: String, _ statements: String) throws -> Outcome {
        try play(servers: server(settings), test: Self.connect + statements)
    }

    @Test(
        "tells every bad certificate by its own problem, and refuses it by its reason",
        arguments: [
            ("expired", "certificate.expired", "certificate.expired"),
            ("not-yet-valid", "certificate.not-yet-valid", "certificate.not-yet-valid"),
            ("untrusted", "certificate.untrusted", "certificate.untrusted"),
            ("self-signed", "certificate.self-signed", "certificate.self-signed"),
            ("missing-intermediate", "certificate.missing-intermediate", "certificate.untrusted"),
            ("wrong-host", "certificate.wrong-host", "certificate.wrong-host"),
            ("cn-only", "certificate.cn-only", "certificate.wrong-host"),
            ("weak-key", "certificate.weak-key", "certificate.weak"),
            ("revoked", "certificate.revoked", "certificate.revoked"),
            (
                "unknown-critical-extension", "certificate.unknown-critical-extension",
                "certificate.untrusted"
            ),
            ("long-chain 17", "certificate.chain-too-long", "limit.chain"),
            ("long-chain 40", "certificate.chain-too-long", "limit.chain"),
        ]
    )
    func problems(kind: String, problem: String, reason: String) throws {
        let looked = try run(
            "certificate \(kind)",
            """
            starttls verify none
            require not tls.verified
            require tls.problems[0] == "tls.\(problem)"
            quit
            """
        )
        #expect(looked.verdict == .pass, "\(kind): \(looked.findings)")
        let refused = try run("certificate \(kind)", "starttls")
        let expected = reason.hasPrefix("limit.") ? reason : "tls." + reason
        #expect(refused.reason == expected, "\(kind): \(refused.findings)")
        #expect(refused.stage == "TLS handshake")
    }

    @Test("follows a chain of sixteen certificates")
    func sixteen() throws {
        let run = try run(
            "certificate long-chain 16",
            "starttls\nexpect tls.verified\nexpect cert.chain.count == 16"
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("agrees on an application protocol, or on none")
    func applicationProtocols() throws {
        let agreed = try run(
            "alpn lmtp\nalpn smtp",
            "starttls alpn x,smtp\nrequire tls.alpn default \"none\" == \"smtp\""
        )
        #expect(agreed.verdict == .pass, "\(agreed.findings)")
        let none = try run(
            "alpn lmtp",
            "starttls alpn x,smtp\nrequire tls.alpn default \"none\" == \"none\""
        )
        #expect(none.verdict == .pass, "\(none.findings)")
    }

    @Test("agrees on the group that both have, and fails where there is none")
    func groups() throws {
        let common = try run(
            "groups P-384:P-256",
            "starttls groups X25519:P-384\nrequire tls.group default \"\" == \"secp384r1\""
        )
        #expect(common.verdict == .pass, "\(common.findings)")
        let none = try run("groups P-384", "starttls groups X25519 verify none")
        #expect(none.reason == "tls.handshake.failed", "\(none.findings)")
        let signature = try run("", "starttls sigalgs rsa_pss_rsae_sha256 verify none")
        #expect(signature.reason == "tls.handshake.failed", "\(signature.findings)")
    }

    @Test("speaks TLS 1.0 with who asks for it, and with nobody else")
    func old() throws {
        let asked = try run(
            "tls TLSv1.0",
            """
            starttls max TLSv1.0 seclevel 0
            require tls.version == TLSv1.0
            require tls.verified
            ehlo probe.test
            quit
            """
        )
        #expect(asked.verdict == .pass, "\(asked.findings)")
        #expect(try run("tls TLSv1.0", "starttls").reason == "tls.handshake.failed")
        let tooNew = try run("tls TLSv1.3", "starttls max TLSv1.0")
        #expect(tooNew.reason == "tls.handshake.failed", "\(tooNew.findings)")
    }

    @Test("takes a key of 1024 bits at the level that admits it, and at no other")
    func keySizes() throws {
        let admitted = try run(
            "certificate weak-key",
            "starttls seclevel 1\nrequire tls.verified\nrequire cert.key.size == 1024"
        )
        #expect(admitted.verdict == .pass, "\(admitted.findings)")
        let refused = try run("certificate weak-key", "starttls seclevel 2")
        #expect(refused.reason == "tls.certificate.weak")
        // P-256 is worth 128 bits: level 3, and no more.
        #expect(try run("", "starttls seclevel 3").verdict == .pass)
        #expect(try run("", "starttls seclevel 4").verdict != .pass)
    }

    @Test("judges what is stapled, where the script demands a staple and where not")
    func staples() throws {
        let good = try run("staple good", "starttls staple\nrequire tls.stapled")
        #expect(good.verdict == .pass, "\(good.findings)")
        #expect(try run("staple expired", "starttls staple").reason == "tls.staple.invalid")
        let unasked = try run("staple expired", "starttls\nrequire tls.stapled and tls.verified")
        #expect(unasked.verdict == .pass, "\(unasked.findings)")
        for clause in ["", " staple"] {
            let revoked = try run("staple revoked", "starttls\(clause)")
            #expect(revoked.reason == "tls.certificate.revoked")
        }
        #expect(try run("", "starttls staple").reason == "tls.staple.missing")
    }

    @Test("shows the client's own certificate to a server that asks, or insists")
    func clientCertificate() throws {
        let folder = try TemporaryFolder()
        let identity = try ThrowawayAuthority(commonName: "Own").issue(names: ["probe.own.test"])
        for (name, octets) in [
            ("probe.pem", identity.certificatePEM), ("probe.key", identity.privateKeyPEM),
        ] {
            try folder.write(String(decoding: octets, as: UTF8.self), to: name)
        }
        func run(_ setting: String, _ clauses: String, _ then: String) throws -> Outcome {
            try play(
                server(setting) + "\ntest \"t\" {\n" + Self.connect
                    + "starttls \(clauses)\nehlo probe.test\n\(then)\n}\n",
                path: folder.script
            )
        }
        let own = "cert probe.pem key probe.key"
        for version in ["TLSv1.2", "TLSv1.3"] {
            let given = try run(
                "client-certificate required\ntls \(version)",
                own,
                "require mx.log.text contains \"client=CN=probe.own.test\""
            )
            #expect(given.verdict == .pass, "\(given.findings)")
            let missing = try run("client-certificate required\ntls \(version)", "", "")
            #expect(missing.reason == "tls.client-certificate-required", "\(missing.findings)")
        }
        let wanted = try run(
            "client-certificate wanted",
            "",
            "require not (mx.log.text contains \"client=\")"
        )
        #expect(wanted.verdict == .pass, "\(wanted.findings)")
        let unasked = try run("", own, "require not (mx.log.text contains \"client=\")")
        #expect(unasked.verdict == .pass, "\(unasked.findings)")
    }

    @Test("closes its own half, and hears the rest", arguments: ["TLSv1.2", "TLSv1.3"])
    func half(version: String) throws {
        let run = try play(
            servers: server("tls \(version)", "on noop => 250 \"late\" after 200ms"),
            test: Self.connect + """
                starttls
                ehlo probe.test
                send NOOP
                close half
                receive reply => 250 matching /late/
                receive line => closed
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        let mute = try self.run("", "starttls\nehlo probe.test\nclose half\nnoop")
        #expect(mute.reason == "smtp.out-of-turn", "\(mute.findings)")
    }
}
