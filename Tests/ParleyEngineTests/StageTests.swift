import ParleyEngine
import ParleyMachine
import ParleyTesting
import Testing

@Suite("A server that hangs up")
struct StageTests {
    struct Stage: Sendable, CustomTestStringConvertible {
        var rule: String
        var statements: String
        var stage: String
        var message: String
        var testDescription: String { rule }
    }

    static let stages = [
        Stage(
            rule: "greet => drop",
            statements: "",
            stage: "banner",
            message: "the server closed the connection before its greeting"
        ),
        Stage(
            rule: "on ehlo => drop",
            statements: "ehlo probe.test",
            stage: "EHLO",
            message: "the server closed the connection after EHLO, before its reply"
        ),
        Stage(
            rule: "on helo => raw \"250 unfinis\" drop",
            statements: "helo probe.test",
            stage: "HELO",
            message: "the server closed the connection after HELO, before its reply"
        ),
        Stage(
            rule: "on mail => drop",
            statements: "ehlo probe.test\nmail a@b.test",
            stage: "MAIL",
            message: "the server closed the connection after MAIL, before its reply"
        ),
        Stage(
            rule: "on rcpt => drop",
            statements: "ehlo probe.test\nmail a@b.test\nrcpt a@b.test",
            stage: "RCPT",
            message: "the server closed the connection after RCPT, before its reply"
        ),
        Stage(
            rule: "on data => drop",
            statements: "ehlo probe.test\nmail a@b.test\nrcpt a@b.test\ndata",
            stage: "DATA",
            message: "the server closed the connection after DATA, before its reply"
        ),
        Stage(
            rule: "on body => drop",
            statements:
                "ehlo probe.test\nmail a@b.test\nrcpt a@b.test\ndata\nsend x\nsend . => 250",
            stage: "receive",
            message: "the server closed the connection after DATA"
        ),
        Stage(
            rule: "on quit => drop",
            statements: "ehlo probe.test\nquit",
            stage: "QUIT",
            message: "the server closed the connection after QUIT, before its reply"
        ),
        Stage(
            rule: "on rset => 250 drop",
            statements: "ehlo probe.test\nrset\npause 1s\nnoop",
            stage: "NOOP",
            message: "the server closed the connection after RSET, before NOOP was sent"
        ),
    ]

    @Test("is named by the stage at which it did so", arguments: stages)
    func closed(_ stage: Stage) throws {
        let run = try play(
            servers: "server mx smtp on 127.0.0.1:25 {\n \(stage.rule)\n}",
            test: "start mx\nconnect smtp ${mx.address}\n" + stage.statements
        )
        #expect(run.verdict == .fail)
        #expect(run.reason == "smtp.closed")
        #expect(run.stage == stage.stage)
        #expect(run.message == stage.message)
        #expect(run.seconds < 2)
        #expect(run.failures.count == 1)
    }

    @Test("with a reset is told apart", arguments: stages.filter { !$0.rule.contains("body") })
    func reset(_ stage: Stage) throws {
        let rule = stage.rule.replacing("drop", with: "reset")
        let run = try play(
            servers: "server mx smtp on 127.0.0.1:25 {\n \(rule)\n}",
            test: "start mx\nconnect smtp ${mx.address}\n" + stage.statements
        )
        #expect(run.reason == "net.reset")
        #expect(run.stage == stage.stage)
        #expect(run.message == stage.message.replacing("closed", with: "reset"))
    }

    @Test("in the handshake is told as such")
    func handshake() throws {
        let run = try play(
            servers: """
                server mx smtp on 127.0.0.1:25 {
                    on ehlo     => 250 "mx" offers [STARTTLS]
                    on starttls => 220 "go" drop
                }
                """,
            test: Servers.greeting + "starttls"
        )
        #expect(run.reason == "tls.handshake.failed")
        #expect(run.stage == "TLS handshake")
    }

    @Test("as the script expects is no failure")
    func expected() throws {
        let run = try play(
            servers: "server mx smtp on 127.0.0.1:25 {\n on noop => drop\n}",
            test: Servers.greeting + "noop => closed as r\nexpect r == none"
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        #expect(run.sent.last == "NOOP")
    }

    @Test("with 421 between two commands is quoted")
    func between() throws {
        let run = try play(
            servers: """
                server mx smtp on 127.0.0.1:25 {
                    on rset => raw "250 ok\\r\\n421 4.3.2 shutting down\\r\\n"
                }
                """,
            test: Servers.greeting + "rset\nnoop"
        )
        #expect(run.reason == "smtp.closed")
        #expect(run.stage == "NOOP")
        #expect(run.message == "the server closed the session after RSET: 421 4.3.2 shutting down")
        #expect(!run.sent.contains("NOOP"))
    }

    @Test("with 421 as the reply fails as the wrong reply; where admitted, the session is over")
    func farewellReply() throws {
        let servers = "server mx smtp on 127.0.0.1:25 {\n on noop => 421 4.3.2 \"bye\"\n}"
        let wrong = try play(servers: servers, test: Servers.greeting + "noop => 250")
        #expect(wrong.reason == "smtp.reply")
        let admitted = try play(servers: servers, test: Servers.greeting + "noop => 4xx\nrset")
        #expect(admitted.reason == "smtp.closed")
        #expect(admitted.stage == "RSET")
        #expect(!admitted.sent.contains("RSET"))
    }
}
