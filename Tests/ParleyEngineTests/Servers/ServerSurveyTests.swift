import ParleyEngine
import ParleyMachine
import ParleyTesting
import Testing

/// `tls offers` against servers that hang up, at once or in the middle.
@Suite("A survey of a server that hangs up")
struct ServerSurveyTests {
    private func run(_ settings: String, _ then: String = "") throws -> Outcome {
        try play(
            servers: "server mx smtps on 127.0.0.1:auto name mx.test {\n\(settings)\n}",
            test: "start mx\ntls offers ${mx.address} smtps within 20s as found\n\(then)"
        )
    }

    @Test("ends at once where it always hangs up", arguments: ["drop", "reset"])
    func always(ending: String) throws {
        let run = try run("on tls => \(ending)")
        #expect(run.reason == "tls.handshake.failed", "\(run.findings)")
        #expect(run.message?.contains("every one of 5 connections") == true)
        #expect(run.seconds < 1)
    }

    @Test("ends at once behind STARTTLS, too")
    func behindStartTLS() throws {
        let run = try play(
            servers: """
                server mx smtp on 127.0.0.1:auto {
                    on ehlo => 250 "mx.test" offers [STARTTLS]
                    on tls  => drop
                }
                """,
            test: "start mx\ntls offers ${mx.address} within 20s as found"
        )
        #expect(run.reason == "tls.handshake.failed", "\(run.findings)")
        #expect(run.seconds < 1)
    }

    @Test("fails where it hangs up in the middle of an answer")
    func midway() throws {
        let run = try run("on tls => cut 20B drop")
        #expect(run.reason == "tls.handshake.failed", "\(run.findings)")
        #expect(run.message?.contains("middle of its answer") == true)
        #expect(run.seconds < 1)
        #expect(try self.run("on tls => cut 20B reset").reason == "net.reset")
    }

    @Test("says that it is incomplete where the server bans who asks", arguments: [3, 5, 8, 12])
    func banned(patience: Int) throws {
        for ending in ["drop", "reset"] {
            let run = try run("tls TLSv1.0..TLSv1.3\non tls after \(patience) => \(ending)")
            #expect(run.reason == "tls.offers.incomplete", "\(run.findings)")
            #expect(run.message?.contains("answered \(patience) connections") == true)
        }
    }

    @Test("tells how far a handshake came that takes too long")
    func trickled() throws {
        let survey = try run("on tls => cut 20B stall")
        #expect(survey.reason == "tls.handshake.timeout", "\(survey.findings)")
        #expect(survey.notes.contains("received so far, 20 octets of the handshake"))
        for octets in [0, 700] {
            let rule = octets == 0 ? "stall" : "cut \(octets)B stall"
            let run = try play(
                servers: "server mx smtps on 127.0.0.1:auto name mx.test {\non tls => \(rule)\n}",
                test: "start mx\nconnect smtps ${mx.address} name mx.test within 3s"
            )
            #expect(run.reason == "tls.handshake.timeout", "\(run.findings)")
            let isSilent = run.notes.contains("nothing was received")
            #expect(isSilent == (octets == 0), "\(run.notes)")
            #expect(run.notes.contains("\(octets) octets of the handshake") != isSilent)
        }
    }
}
