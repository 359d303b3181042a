import ParleyEngine
import ParleyMachine
import ParleyTesting
import Testing

@Suite("A dialogue with a server")
struct DialogueTests {
    @Test("passes when every reply is the expected one")
    func everythingHolds() throws {
        let run = try play(
            test: Servers.greeting + """
                expect banner contains "mx.test"
                expect offers SIZE == 1000B
                mail a@probe.test        => 250
                rcpt postmaster@mx.test  => 250 or 251
                rcpt nobody@mx.test      => 550 5.1.1
                quit                     => 221
                """
        )
        #expect(run.verdict == .pass)
        #expect(run.findings.isEmpty)
        #expect(run.summary.exitCode == 0)
        #expect(
            run.sent == [
                "EHLO probe.test", "MAIL FROM:<a@probe.test>", "RCPT TO:<postmaster@mx.test>",
                "RCPT TO:<nobody@mx.test>", "QUIT",
            ]
        )
    }

    @Test("fails with reason, stage and a sentence when a reply is not the expected one")
    func wrongReply() throws {
        let run = try play(
            test: Servers.greeting + """
                mail a@probe.test
                rcpt nobody@mx.test => 250
                noop
                """
        )
        #expect(run.verdict == .fail)
        #expect(run.reason == "smtp.reply")
        #expect(run.stage == "RCPT")
        #expect(run.message == "RCPT: expected 250, got 550 5.1.1 User unknown")
        #expect(!run.sent.contains("NOOP"), "a failed verb ends the test")
        #expect(run.sent.last == "QUIT", "politely")
        #expect(run.summary.exitCode == 1)
    }

    @Test("demands natural success where no arrow says otherwise")
    func naturalSuccess() throws {
        let run = try play(
            test: Servers.greeting + """
                mail a@probe.test
                rcpt nobody@mx.test
                """
        )
        #expect(run.reason == "smtp.reply")
        #expect(run.message == "RCPT: expected 2xx, got 550 5.1.1 User unknown")
    }

    @Test("goes on behind a reply that was softened, and warns")
    func softened() throws {
        let run = try play(
            test: Servers.greeting + """
                mail a@probe.test
                rcpt nobody@mx.test => 250 else warn
                noop
                """
        )
        #expect(run.verdict == .warn)
        #expect(run.findings.map(\.reason) == ["smtp.reply"])
        #expect(run.sent.contains("NOOP"))
        #expect(run.summary.exitCode == 0)
    }

    @Test("demands an enhanced code where the pattern has one")
    func enhancedCode() throws {
        let run = try play(
            test: Servers.greeting + """
                mail a@probe.test
                rcpt nobody@mx.test => 550 5.7.1
                """
        )
        #expect(run.reason == "smtp.reply")
        #expect(run.message == "RCPT: expected 550 5.7.1, got 550 5.1.1 User unknown")
    }

    @Test("notes a failed expectation and goes on; a failed requirement ends the test")
    func expectAndRequire() throws {
        let run = try play(
            test: Servers.greeting + """
                expect offers SIZE >= 20MB
                expect reply.code == 251 "odd"
                require not offers STARTTLS
                noop
                """
        )
        #expect(run.failures.map(\.reason) == ["assert.value", "assert.value", "assert.value"])
        #expect(run.failures.map(\.message).dropFirst().first == "odd")
        #expect(run.failures.first?.nearest == "SIZE 1000")
        #expect(!run.sent.contains("NOOP"))
    }

    @Test("tells a greeting that is not the expected one from another wrong reply")
    func greeting() throws {
        let run = try play(
            servers: "server mx smtp on 127.0.0.1:25 {\n greet => 554 5.7.1 \"go away\"\n}",
            test: "start mx\nconnect smtp ${mx.address}"
        )
        #expect(run.reason == "smtp.banner")
        #expect(run.stage == "banner")
        #expect(run.message == "banner: expected 2xx, got 554 5.7.1 go away")
    }

    @Test("names the ways in which nobody can be reached")
    func unreachable() throws {
        let network = SimulatedNetworks.faulty(.init(connecting: .unreachable))
        #expect(try play(test: "connect smtp 127.0.0.1:25").reason == "net.refused")
        #expect(try play(test: "connect smtp mx.nowhere.test").reason == "dns.nxdomain")
        let run = try play(test: "connect smtp 127.0.0.1:25", on: network)
        #expect(run.reason == "net.unreachable")
        #expect(run.stage == "connect")
        #expect(run.summary.exitCode == 1)
    }

    @Test("accepts a refusal that the script expects")
    func expectedRefusal() throws {
        let run = try play(test: "connect smtp 127.0.0.1:25 => refused or 220")
        #expect(run.verdict == .pass)
    }

    @Test("sends a verb out of turn only where its arrow admits a refusal")
    func outOfTurn() throws {
        let refused = try play(test: Servers.greeting + "rcpt a@mx.test")
        #expect(refused.reason == "smtp.out-of-turn")
        #expect(!refused.sent.contains { $0.hasPrefix("RCPT") })
        let sent = try play(test: Servers.greeting + "rcpt a@mx.test => any")
        #expect(sent.verdict == .pass)
        #expect(sent.sent.contains("RCPT TO:<a@mx.test>"))
    }

    @Test("sends what was not offered only where its arrow admits a refusal")
    func notOffered() throws {
        let servers = "server mx smtp on 127.0.0.1:25 {\n on ehlo => 250 \"mx.test\"\n}"
        let tls = try play(servers: servers, test: Servers.greeting + "starttls")
        #expect(tls.reason == "tls.starttls.not-offered")
        let auth = try play(servers: servers, test: Servers.greeting + "auth plain u secret1")
        #expect(auth.reason == "smtp.not-offered")
        let login = try play(
            servers:
                "server mx smtp on 127.0.0.1:25 {\n on ehlo => 250 \"m\" offers [AUTH PLAIN]\n}",
            test: Servers.greeting + "auth login u secret1"
        )
        #expect(login.reason == "auth.mechanism")
        let sent = try play(servers: servers, test: Servers.greeting + "starttls => 5xx")
        #expect(sent.verdict == .pass)
        #expect(sent.sent.contains("STARTTLS"))
    }

    @Test("cannot judge what nothing is known of yet")
    func unknownYet() throws {
        for judgement in ["expect offers SIZE", "expect tls.verified", "expect cert covers \"x\""] {
            let run = try play(test: "start mx\nconnect smtp ${mx.address}\n\(judgement)")
            #expect(run.verdict == .error, "\(judgement)")
            #expect(run.reason?.hasPrefix("script.") == true, "\(judgement)")
            #expect(run.summary.exitCode == 2)
        }
    }

    @Test("refuses to put a line end into a command")
    func lineEnd() throws {
        let run = try play(
            test: Servers.greeting + """
                let odd = "a\\r\\nQUIT"
                noop ${odd}
                """
        )
        #expect(run.verdict == .error)
        #expect(run.sent.allSatisfy { !$0.contains("NOOP") })
    }

    @Test("carries a whole message, line by line")
    func message() throws {
        let run = try play(
            test: Servers.greeting + """
                mail a@probe.test
                rcpt b@mx.test
                data   => 354
                send Subject: probe
                send ""
                send Hello.
                send . => 250 as accepted
                expect accepted.code == 250
                expect mx.log count body == 1
                quit
                """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        #expect(run.sent.filter { $0 == "." }.count == 1)
    }

    @Test("tells the events of a run in order")
    func events() throws {
        let run = try play(test: Servers.greeting + "quit")
        let names = run.events.map { event in
            String("\(event.kind)".prefix { $0 != "(" })
        }
        #expect(names.first == "runStarted")
        #expect(names.last == "runFinished")
        let order = ["testStarted", "serverStarted", "connecting", "connected", "testFinished"]
        let places = order.map { names.firstIndex(of: $0) ?? -1 }
        #expect(places == places.sorted() && !places.contains(-1))
        #expect(run.events.map(\.time) == run.events.map(\.time).sorted())
    }
}
