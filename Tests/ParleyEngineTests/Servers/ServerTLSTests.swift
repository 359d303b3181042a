import ParleyEngine
import ParleyMachine
import ParleyTLS
import ParleyTesting
import Testing

@Suite("The TLS of a scripted server")
struct ServerTLSTests {
    private func reason(_ settings: String, _ clauses: String = "") throws -> String? {
        let run = try play(
            servers: "server mx smtps on 127.0.0.1:auto name mx.test {\n\(settings)\n}",
            test: "start mx\nconnect smtps ${mx.address} name mx.test \(clauses) within 20s\nnoop"
        )
        return run.verdict == .pass ? nil : run.reason
    }

    @Test(
        "shows every kind of certificate",
        arguments: [
            ("good", nil), ("expired", "tls.certificate.expired"),
            ("not-yet-valid", "tls.certificate.not-yet-valid"),
            ("self-signed", "tls.certificate.self-signed"),
            ("untrusted", "tls.certificate.untrusted"),
            ("wrong-host", "tls.certificate.wrong-host"), ("cn-only", "tls.certificate.wrong-host"),
            ("weak-key", "tls.certificate.weak"), ("long-chain 4", nil), ("large 8KB", nil),
            ("missing-intermediate", "tls.certificate.untrusted"),
        ] as [(String, String?)]
    )
    func certificates(kind: String, reason: String?) throws {
        #expect(try self.reason("certificate \(kind)") == reason)
    }

    @Test("refuses what is too much, or what nobody knows, with a reason and in time")
    func excess() throws {
        for kind in ["long-chain 200", "large 1MB", "unknown-critical-extension"] {
            let reason = try self.reason("certificate \(kind)")
            #expect(reason?.isEmpty == false, "\(kind)")
            #expect(reason != "tls.handshake.timeout", "\(kind)")
        }
    }

    @Test(
        "fails as its rule says",
        arguments: [
            ("stall", "tls.handshake.timeout"), ("drop", "tls.handshake.failed"),
            ("raw \"220 hello\\r\\n\"", "tls.protocol"), ("reset", "net.reset"),
            ("alert handshake_failure", "tls.handshake.failed"),
            ("alert protocol_version", "tls.handshake.failed"),
            ("cut 100B drop", "tls.handshake.failed"),
            ("cut 100B reset", "net.reset"), ("cut 100B", "tls.handshake.timeout"),
            ("split 1B", nil), ("dribble 100B every 10ms", nil), ("after 1s", nil),
        ] as [(String, String?)]
    )
    func faults(actions: String, reason: String?) throws {
        #expect(try self.reason("on tls => \(actions)") == reason)
    }

    @Test("fails the first time only, where its rule says so")
    func first() throws {
        let run = try play(
            servers: """
                server mx smtps on 127.0.0.1:auto name mx.test {
                    alpn smtp
                    tls TLSv1.2..TLSv1.2
                    client-certificate wanted
                    on tls first => drop
                }
                """,
            test: """
                start mx
                eventually within 10s every 1s {
                    connect smtps ${mx.address} name mx.test
                }
                expect tls.version == TLSv1.2
                expect mx.log count tls == 2
                expect mx.log.text contains "TLSv1.2"
                expect mx.log.text contains "sni=mx.test"
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("staples, and insists on a certificate")
    func extras() throws {
        let run = try play(
            servers: """
                server mx smtps on 127.0.0.1:auto name mx.test staple good tickets 0 {
                }
                server strict smtps on 127.0.0.1:auto client-certificate required tls TLSv1.2 {
                }
                """,
            test: """
                start mx
                connect smtps ${mx.address} name mx.test
                expect tls.stapled
                start strict
                connect smtps ${strict.address} name mx.test verify none
                """
        )
        #expect(run.reason == "tls.client-certificate-required")
        #expect(run.failures.count == 1, "\(run.findings)")
    }

    @Test("shows a certificate of its own, from files below the script")
    func own() throws {
        let folder = try TemporaryFolder()
        let authority = ThrowawayAuthority(commonName: "Own")
        let identity = try authority.issue(names: ["mx.own.test"])
        for (name, octets) in [
            ("mx.pem", identity.certificatePEM), ("mx.key", identity.privateKeyPEM),
            ("ca.pem", try authority.certificatePEM),
        ] {
            try folder.write(String(decoding: octets, as: UTF8.self), to: name)
        }
        func run(_ setting: String) throws -> Outcome {
            try play(
                "server mx smtps on 127.0.0.1:auto {\n\(setting)\n}\ntest \"t\" {\nstart mx\n"
                    + "connect smtps ${mx.address} name mx.own.test ca ca.pem\n}\n",
                path: folder.script
            )
        }
        #expect(try run("cert mx.pem key mx.key").verdict == .pass)
        #expect(try run("cert mx.pem key nowhere.key").reason == "local.file")
        #expect(try run("cert ../mx.pem key mx.key").verdict == .error)
    }
}
