import ParleyEngine
import ParleyMachine
import ParleyTesting
import ParleyWire
import Testing

@testable import ParleySemantics

@Suite("The logins of a scripted server")
struct ServerSASLTests {
    private func run(_ rules: String, _ statements: String) throws -> Outcome {
        try play(
            servers: "server mx smtp on 127.0.0.1:auto name mx.test {\n\(rules)\n}",
            test: "start mx\nconnect smtp ${mx.address}\nehlo probe.test\n" + statements
        )
    }

    @Test("know the users that it names")
    func users() throws {
        for mechanism in [
            "plain", "login", "cram-md5", "digest-md5", "scram-sha-256", "scram-sha-1", "xoauth2",
            "oauthbearer",
        ] {
            let right = try self.run(
                "user tester sesame\non ehlo => 250 \"mx\" offers [AUTH \(mechanism)]",
                "auth \(mechanism) tester sesame => 235"
            )
            #expect(right.verdict == .pass, "\(mechanism) \(right.findings)")
            let wrong = try self.run(
                "user tester sesame\non ehlo => 250 \"mx\" offers [AUTH \(mechanism)]",
                "auth \(mechanism) tester other"
            )
            #expect(wrong.reason == "auth.refused", "\(mechanism) \(wrong.findings)")
        }
    }

    @Test("go wrong in the ways that its rule names, and never end in a success unseen")
    func faults() throws {
        for fault in ["wrong-signature", "no-signature", "wrong-nonce", "garbage", "endless"] {
            let run = try run(
                "user tester sesame\n"
                    + "on ehlo => 250 \"mx\" offers [AUTH SCRAM-SHA-256]\n"
                    + "on auth => sasl \(fault)",
                "auth scram-sha-256 tester sesame"
            )
            #expect(run.verdict != .pass, "\(fault)")
            #expect(run.reason?.isEmpty == false, "\(fault)")
            #expect(run.seconds < 40, "\(fault)")
        }
    }

    @Test(
        "are told from a refusal where they never end, whatever the script admits",
        arguments: [
            "plain", "login", "cram-md5", "scram-sha-256", "xoauth2", "oauthbearer", "external",
        ]
    )
    func endless(mechanism: String) throws {
        let name = mechanism == "external" ? "tester" : "tester sesame"
        let run = try run(
            "user tester sesame\n"
                + "on ehlo => 250 \"mx\" offers [AUTH \(mechanism)]\non auth => sasl endless",
            "auth \(mechanism) \(name) => any"
        )
        #expect(run.reason == "auth.refused", "\(run.findings)")
        #expect(run.message?.contains("asked again after all was said") == true, "\(run.findings)")
    }

    @Test(
        "go wrong with any mechanism, and a script that awaits a refusal does not take it for one",
        arguments: [("xoauth2", "garbage"), ("oauthbearer", "garbage"), ("login", "skip-steps")]
    )
    func broken(mechanism: String, fault: String) throws {
        let run = try run(
            "user tester sesame\n"
                + "on ehlo => 250 \"mx\" offers [AUTH \(mechanism)]\non auth => sasl \(fault)",
            "auth \(mechanism) tester \(fault == "garbage" ? "other" : "sesame") => any"
        )
        #expect(run.reason == "auth.refused", "\(run.findings)")
    }

    @Test("are not accused of silence while this machine computes what they demand")
    func slowness() throws {
        let network = SimulatedNetwork(seed: 1)
        network.loop.offloadDuration = .seconds(10)
        let run = try play(
            servers: """
                server mx smtp on 127.0.0.1:25 {
                    user tester sesame
                    iterations 20000
                    on ehlo => 250 "mx" offers [AUTH SCRAM-SHA-256]
                }
                """,
            test: """
                start mx
                connect smtp ${mx.address}
                ehlo probe.test
                auth scram-sha-256 tester sesame within 5s
                """,
            on: network
        )
        #expect(run.reason == "time.statement", "\(run.findings)")
        #expect(run.notes.contains("AUTH: the server had answered"), "\(run.notes)")
        #expect(!run.notes.contains("nothing was received"), "\(run.notes)")
    }

    @Test("are bound to the TLS connection, where the mechanism says so")
    func binding() throws {
        for mechanism in ["SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS"] {
            let run = try play(
                servers: """
                    server mx smtps on 127.0.0.1:auto name mx.test {
                        user tester sesame
                        on ehlo => 250 "mx" offers [AUTH \(mechanism)]
                    }
                    """,
                test: """
                    start mx
                    connect smtps ${mx.address} name mx.test
                    ehlo probe.test
                    auth \(mechanism.lowercased()) tester sesame => 235
                    """
            )
            #expect(run.verdict == .pass, "\(mechanism) \(run.findings)")
        }
    }

    @Test(
        "are bound by each type there is, in each version of TLS",
        arguments: ["tls-exporter", "tls-server-end-point"],
        ["TLSv1.2", "TLSv1.3"]
    )
    func bindingTypes(type: String, version: String) throws {
        let run = try play(
            servers: """
                server mx smtp on 127.0.0.1:auto name mx.test tls \(version) {
                    user tester sesame
                    on ehlo before tls => 250 "mx" offers [STARTTLS]
                    on ehlo => 250 "mx" offers [AUTH SCRAM-SHA-256-PLUS]
                }
                """,
            test: """
                start mx
                connect smtp ${mx.address} name mx.test
                ehlo probe.test
                starttls
                ehlo probe.test
                auth scram-sha-256-plus tester other binding \(type) => 535
                auth scram-sha-256-plus tester sesame binding \(type) => 235
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("are refused where somebody took -PLUS from the offer")
    func downgrade() throws {
        // The second EHLO is answered as somebody in between would have it; the server knows that
        // it had offered more.
        let run = try play(
            servers: """
                server mx smtps on 127.0.0.1:auto name mx.test {
                    user tester sesame
                    on ehlo first => 250 "mx" offers [AUTH SCRAM-SHA-256 SCRAM-SHA-256-PLUS]
                    on ehlo       => raw "250-mx\\r\\n250 AUTH SCRAM-SHA-256\\r\\n"
                }
                """,
            test: """
                start mx
                connect smtps ${mx.address} name mx.test
                ehlo probe.test
                ehlo probe.test
                expect not offers AUTH [SCRAM-SHA-256-PLUS]
                auth scram-sha-256 tester sesame => 535
                """
        )
        #expect(run.reason == "auth.refused", "\(run.findings)")
        #expect(run.failures.first?.message.contains("took it away") == true, "\(run.findings)")
        #expect(run.sent.contains("*"), "the server is told")
        let honest = try play(
            servers: """
                server mx smtps on 127.0.0.1:auto name mx.test {
                    user tester sesame
                    on ehlo => 250 "mx" offers [AUTH SCRAM-SHA-256]
                }
                """,
            test: """
                start mx
                connect smtps ${mx.address} name mx.test
                ehlo probe.test
                auth scram-sha-256 tester sesame => 235
                """
        )
        #expect(honest.verdict == .pass, "\(honest.findings)")
    }

    @Test("can be written out challenge by challenge")
    func challenges() throws {
        let run = try run(
            """
            on auth              => challenge "who?"
            on response /^me$/   => challenge "really?"
            on response /^yes$/  => 235 2.7.0 "welcome"
            on mail after auth   => 252
            """,
            """
            send AUTH X-OWN  => 334 matching /d2hvPw==/
            send bWU=        => 334
            send eWVz        => 235 2.7.0
            mail a@b.test    => 252
            expect mx.log count response == 2
            """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("have a word for every fault that the wire can play")
    func words() {
        #expect(Set(Checking.saslFaults) == Set(SASLServerFault.allCases.map(\.rawValue)))
    }

    @Test("refuse a token in JSON first: the client says nothing to that, and the 535 is judged")
    func tokens() throws {
        for (mechanism, said) in [("xoauth2", "\r\n"), ("oauthbearer", "AQ==\r\n")] {
            let run = try run(
                "user tester sesame\non ehlo => 250 \"mx\" offers [AUTH \(mechanism)]",
                "auth \(mechanism) tester stale => 535 5.7.8 as refused\n"
                    + "expect refused.code == 535\n"
                    + "auth \(mechanism) tester sesame => 235 2.7.0\nquit"
            )
            #expect(run.verdict == .pass, "\(mechanism) \(run.findings)")
            let sent = run.events.compactMap { event -> String? in
                guard case .sent(_, let octets) = event.kind else { return nil }
                return String(decoding: octets, as: UTF8.self)
            }
            let answer = try #require(sent.firstIndex { $0.hasPrefix("AUTH ") }) + 1
            #expect(sent[answer] == said, "\(sent)")
            let heard = run.events.compactMap { event -> String? in
                guard case .received(_, let octets) = event.kind else { return nil }
                return String(decoding: octets, as: UTF8.self)
            }
            let json = try #require(heard.first { $0.hasPrefix("334 ") })
            let decoded = Base64.decode(Array(json.utf8.dropFirst(4).dropLast(2))) ?? []
            #expect(String(decoding: decoded, as: UTF8.self).contains(#""status":""#))
        }
        let unjudged = try self.run(
            "user tester sesame\non ehlo => 250 \"mx\" offers [AUTH XOAUTH2]",
            "auth xoauth2 tester stale"
        )
        #expect(unjudged.reason == "auth.refused")
        #expect(unjudged.message?.contains("535") == true)
    }

    @Test("offer many, and `auth best` takes the strongest")
    func best() throws {
        for (offer, taken) in [
            ("PLAIN LOGIN XOAUTH2 CRAM-MD5 DIGEST-MD5 SCRAM-SHA-1 SCRAM-SHA-256", "SCRAM-SHA-256"),
            ("LOGIN CRAM-MD5 DIGEST-MD5", "DIGEST-MD5"), ("EXTERNAL LOGIN PLAIN", "PLAIN"),
        ] {
            let run = try run(
                "user tester sesame\non ehlo => 250 \"mx\" offers [AUTH \(offer)]",
                "auth best tester sesame => 235"
            )
            #expect(run.verdict == .pass, "\(run.findings)")
            #expect(run.sent.contains { $0.hasPrefix("AUTH \(taken)") }, "\(run.sent)")
        }
    }

    @Test("at the end of a pipeline compute their key beside the loop")
    func pipelined() throws {
        let network = SimulatedNetwork(seed: 1)
        func run(_ iterations: Int) throws -> Outcome {
            try play(
                servers: """
                    server mx smtp on 127.0.0.1:auto name mx.test {
                        user tester sesame
                        iterations \(iterations)
                        on ehlo => 250 "mx" offers [PIPELINING, AUTH SCRAM-SHA-256]
                    }
                    """,
                test: """
                    start mx
                    connect smtp ${mx.address}
                    ehlo probe.test
                    pipeline {
                        rset                              => 250
                        auth scram-sha-256 tester sesame  => 235
                    }
                    mail a@b.test
                    """,
                on: network
            )
        }
        let (few, before) = (try run(4096), network.loop.offloadCount)
        #expect(few.verdict == .pass, "\(few.findings)")
        let (many, after) = (try run(20_011), network.loop.offloadCount)
        #expect(many.verdict == .pass, "\(many.findings)")
        #expect(after - before == before + 1)
    }
}
