import ParleyEngine
import ParleyMachine
import ParleyNetwork
import ParleyTesting
import Testing

@Suite("TLS in a script")
struct TLSTests {
    @Test("is verified by default, and gives its values")
    func verified() throws {
        let run = try play(
            test: Servers.greeting + """
                starttls => 220
                expect tls.verified
                expect tls.version >= TLSv1.2
                expect tls.problems.count == 0
                require cert covers "mx.test"
                expect not (cert covers "other.test")
                expect cert.remaining > 1d
                ehlo probe.test
                expect not offers STARTTLS
                quit
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        let secured = run.events.contains { event in
            if case .secured(_, let info, _) = event.kind { info.isVerified } else { false }
        }
        #expect(secured)
    }

    @Test("refuses plaintext behind the 220, and carries nothing over")
    func injection() throws {
        for behind in ["250 injected\\r\\n", "x", "\\r\\n"] {
            let run = try play(
                servers: """
                    server mx smtp on 127.0.0.1:25 {
                        on ehlo     => 250 "mx" offers [STARTTLS]
                        on starttls => raw "220 go on\\r\\n\(behind)"
                    }
                    """,
                test: Servers.greeting + "starttls verify none\nehlo probe.test"
            )
            #expect(run.reason == "tls.starttls.injected", "behind: \(behind)")
            #expect(run.stage == "STARTTLS")
            #expect(run.sent.last == "STARTTLS")
        }
    }

    @Test("refuses injected plaintext in whatever segments it comes")
    func injectionInSegments() throws {
        let run = try play(
            servers: """
                server mx smtp on 127.0.0.1:25 {
                    on ehlo     => 250 "mx" offers [STARTTLS]
                    on starttls => raw "220 go on\\r\\n250 injected\\r\\n"
                }
                """,
            test: Servers.greeting + "starttls verify none\nehlo probe.test",
            on: SimulatedNetworks.faulty(.init(segments: .singleBytes))
        )
        // Octets that come once the handshake has begun are no TLS at all.
        #expect(["tls.starttls.injected", "tls.handshake.failed"].contains(run.reason))
        #expect(run.sent.last == "STARTTLS")
    }

    @Test("makes what the server offered before forgotten")
    func forgotten() throws {
        let asked = try play(test: Servers.greeting + "starttls\nexpect offers SIZE")
        #expect(asked.verdict == .error)
        #expect(asked.reason?.hasPrefix("script.") == true)
        let used = try play(test: Servers.greeting + "starttls\nmail a@b.test")
        #expect(used.reason == "smtp.out-of-turn")
    }

    @Test("is not started by a server that refuses it")
    func refused() throws {
        let servers = """
            server mx smtp on 127.0.0.1:25 {
                on ehlo     => 250 "mx" offers [STARTTLS]
                on starttls => 454 4.7.0 "not now"
            }
            """
        let run = try play(servers: servers, test: Servers.greeting + "starttls")
        #expect(run.reason == "tls.starttls.refused")
        #expect(run.stage == "STARTTLS")
        let expected = try play(servers: servers, test: Servers.greeting + "starttls => 454\nnoop")
        #expect(expected.verdict == .pass, "\(expected.findings)")
    }

    struct Certificate: Sendable, CustomTestStringConvertible {
        var kind: String
        var chain: Bool
        var testDescription: String { kind }
    }

    @Test(
        "refuses a bad certificate, and shows it to who does not verify",
        arguments: [
            Certificate(kind: "expired", chain: false),
            Certificate(kind: "not-yet-valid", chain: false),
            Certificate(kind: "self-signed", chain: false),
            Certificate(kind: "untrusted", chain: false),
            Certificate(kind: "wrong-host", chain: true),
        ]
    )
    func certificates(_ certificate: Certificate) throws {
        let servers = """
            server implicit smtps on 127.0.0.1:465 name mx.test certificate \(certificate.kind) {
            }
            server upgraded smtp on 127.0.0.1:25 name mx.test certificate \(certificate.kind) {
                on ehlo => 250 "mx.test" offers [STARTTLS]
            }
            """
        for connect in [
            "start implicit\nconnect smtps ${implicit.address} name mx.test",
            "start upgraded\nconnect smtp ${upgraded.address} name mx.test\nehlo "
                + "probe.test\nstarttls",
        ] {
            let full = try play(servers: servers, test: connect)
            #expect(full.verdict == .fail)
            #expect(full.reason == "tls.certificate.\(certificate.kind)")
            #expect(full.stage == "TLS handshake")
            #expect(full.notes.contains("the server's certificate: subject"))
            #expect(full.summary.exitCode == 1)

            let chain = try play(servers: servers, test: connect + " verify chain")
            #expect((chain.verdict == .pass) == certificate.chain, "\(chain.findings)")

            let none = try play(
                servers: servers,
                test: connect + " verify none\nexpect not tls.verified\n"
                    + "expect tls.problems.count > 0\nexpect cert.chain.count > 0"
            )
            #expect(none.verdict == .pass, "\(none.findings)")
        }
    }

    @Test("refuses a weak key")
    func weak() throws {
        let run = try play(
            servers: "server mx smtps on 127.0.0.1:465 name mx.test certificate weak-key {\n}",
            test: "start mx\nconnect smtps ${mx.address} name mx.test"
        )
        #expect(run.verdict == .fail)
        #expect(run.reason?.hasPrefix("tls.") == true)
    }

    @Test("takes the clauses of connect over to starttls, one by one")
    func inherits() throws {
        let servers = """
            server mx smtp on 127.0.0.1:25 name mx.test certificate wrong-host {
                on ehlo => 250 "mx.test" offers [STARTTLS]
            }
            """
        let connect = "start mx\nconnect smtp ${mx.address} name mx.test"
        let inherited = try play(
            servers: servers,
            test: connect + " verify chain\nehlo probe.test\nstarttls"
        )
        #expect(inherited.verdict == .pass, "\(inherited.findings)")
        let stricter = try play(
            servers: servers,
            test: connect + " verify none\nehlo probe.test\nstarttls verify full"
        )
        #expect(stricter.reason == "tls.certificate.wrong-host")
    }

    @Test("verifies the name that the script says, else the host")
    func names() throws {
        let servers = "server mx smtps on 127.0.0.1:465 name mx.test name second.test {\n}"
        for name in ["mx.test", "second.test", "localhost"] {
            let run = try play(
                servers: servers,
                test: "start mx\nconnect smtps ${mx.address} name \(name)"
            )
            #expect(run.verdict == .pass, "\(name): \(run.findings)")
        }
        let address = try play(servers: servers, test: "start mx\nconnect smtps ${mx.address}")
        #expect(address.verdict == .pass, "by its IP address: \(address.findings)")
        let host = try play(servers: servers, test: "start mx\nconnect smtps localhost:465")
        #expect(host.verdict == .pass, "\(host.findings)")
        let wrong = try play(
            servers: servers,
            test: "start mx\nconnect smtps ${mx.address} name third.test"
        )
        #expect(wrong.reason == "tls.certificate.wrong-host")
        #expect(wrong.notes.contains("second.test"))
    }

    @Test("trusts nobody but the run's own authority and its own servers")
    func trust() throws {
        let run = try play(
            servers: "server mx smtps on 127.0.0.1:465 name mx.test {\n}",
            test: """
                start mx
                connect smtps ${mx.address} name mx.test ca missing.pem
                """
        )
        #expect(run.verdict == .error)
        #expect(run.reason == "local.file")
        #expect(run.summary.exitCode == 3)
    }

    @Test("speaks the version that a server insists on")
    func version() throws {
        let run = try play(
            servers: "server mx smtps on 127.0.0.1:465 name mx.test tls TLSv1.2 {\n}",
            test:
                "start mx\nconnect smtps ${mx.address} name mx.test\nexpect tls.version == TLSv1.2"
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("is named when the server speaks something else")
    func babble() throws {
        let run = try play(
            servers: "server mx smtp on 127.0.0.1:465 {\n}",
            test: "start mx\nconnect smtps ${mx.address} name mx.test"
        )
        #expect(run.reason == "tls.protocol", "\(run.findings)")
        #expect(run.stage == "TLS handshake")
    }

    @Test("reads certificates and makes keys on the pool, each once")
    func offloaded() throws {
        let connect = "connect smtp ${mx.address} name mx.test\nehlo probe.test\nstarttls\n"
        for times in [1, 3] {
            let network = SimulatedNetwork(seed: 1)
            let run = try play(
                test: "start mx\n" + String(repeating: connect, count: times),
                on: network
            )
            #expect(run.verdict == .pass, "\(run.findings)")
            #expect(network.loop.offloadCount == 2, "the server's key, the client's trust")
        }
    }

    @Test("does not forget what came while certificates are read")
    func meanwhile() throws {
        // The server speaks at once, and in clear, where TLS is awaited.
        let network = SimulatedNetwork(seed: 1)
        let server = try RawServer(on: network) { $0.write(Array("220 plain\r\n".utf8)) }
        let run = try play(servers: "", test: "connect smtps 127.0.0.1:25", on: network)
        _ = server
        #expect(run.reason == "tls.protocol", "\(run.findings)")
        #expect(run.stage == "TLS handshake")
    }
}
