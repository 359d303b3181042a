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
        for mechanism in ["plain", "login", "cram-md5", "scram-sha-256", "scram-sha-1"] {
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
}
