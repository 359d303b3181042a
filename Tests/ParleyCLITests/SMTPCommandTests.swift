import Foundation
import Testing

@Suite struct SMTPCommandTests {
    private static let polite = """
            on ehlo => 250 "mx.test" offers [SIZE 1000000, STARTTLS, AUTH PLAIN]
            on rcpt /^no/ => 550 5.1.1 "User unknown"
        """

    @Test func `a recipient that is taken passes, and the transaction is taken back`() throws {
        let server = try ServingScript(Self.polite)
        let outcome = try Tool.run("smtp", "127.0.0.1:\(server.port)", "--to", "postmaster@mx.test")
        #expect(outcome.status == 0, "\(outcome)")
        #expect(outcome.output.contains("C MAIL FROM:<>\n"))
        #expect(outcome.output.contains("C RCPT TO:<postmaster@mx.test>\n"))
        #expect(outcome.output.contains("C RSET\n"))
        #expect(outcome.output.contains("\npass smtp 127.0.0.1:\(server.port)"))
        #expect(outcome.output.contains("No message was sent"))
        #expect(!outcome.output.contains("DATA\n"))
    }

    @Test func `a recipient that is refused fails as in a script, after a RSET`() throws {
        let server = try ServingScript(Self.polite)
        let options = ["--to", "a@mx.test", "--to", "nobody@mx.test", "--to", "b@mx.test"]
        let outcome = try Tool.run(["smtp", "127.0.0.1:\(server.port)"] + options)
        let text = outcome.output
        #expect(outcome.status == 1)
        #expect(text.contains("FAIL RCPT: expected 2xx, got 550 5.1.1 User unknown"))
        #expect(text.contains("smtp.reply"))
        #expect(text.contains("1 more recipient was not asked for"))
        #expect(text.contains("C RSET\n") && !text.contains("<b@mx.test>\n"))
        #expect(
            text.firstRange(of: "S 221")?.lowerBound ?? text.endIndex
                < text.firstRange(of: "FAIL")?.lowerBound ?? text.startIndex
        )
    }

    @Test func `EHLO that is not understood is followed by HELO`() throws {
        let server = try ServingScript("    on ehlo => 502 5.5.2 \"what?\"")
        let outcome = try Tool.run("smtp", "127.0.0.1:\(server.port)", "--from", "a@mx.test")
        #expect(outcome.status == 0, "\(outcome)")
        #expect(outcome.output.contains("C HELO "))
        #expect(outcome.output.contains("C MAIL FROM:<a@mx.test>\n"))
    }

    @Test func `without TLS where TLS is asked for, the reason is the script's`() throws {
        let server = try ServingScript("    on ehlo => 250 \"mx.test\"")
        let outcome = try Tool.run("smtp", "127.0.0.1:\(server.port)", "--tls")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("tls.starttls.not-offered"))
    }

    @Test func `a login shows no password`() throws {
        let server = try ServingScript(Self.polite)
        try Tool.withFolder(["pw/pass": "wonder\\land\n"]) { folder in
            let outcome = try Tool.run(
                "smtp",
                "127.0.0.1:\(server.port)",
                "--tls",
                "--verify",
                "none",
                "--auth",
                "plain",
                "--user",
                "al ice${x}",
                "--pass-file",
                folder.appending(path: "pw/pass").path
            )
            #expect(outcome.status == 0, "\(outcome)")
            #expect(outcome.output.contains("smtp/tls C AUTH PLAIN ‹secret›"))
            #expect(!outcome.output.contains("land"))
            #expect(outcome.output.contains("TLS: TLSv1.3"))
        }
    }

    @Test(arguments: [
        ["--to", "postmaster@mx.test"], ["--to", "nobody@mx.test"], ["--quit-after", "CONNECT"],
        ["--tls"], ["--tls", "--verify", "none", "--ehlo", "probe.test"], ["--from", "a@mx.test"],
        ["--user", "alice", "--pass-env", "PROBE_PASS", "--auth", "plain"],
    ])
    func `as a script it comes to the same verdict, and the linter is content`(
        _ options: [String]
    ) throws {
        let server = try ServingScript(Self.polite)
        _ = try Tool.holdAgainstScript(
            ["smtp", "127.0.0.1:\(server.port)"] + options,
            environment: ["PROBE_PASS": "wonderland"]
        )
    }

    @Test(arguments: [
        (["smtp", "mx.test", "--tsl"], "Did you mean '--tls'"),
        (["smtp", "mx.test", "--quit-after", "RCTP"], "‘RCPT’"),
        (["smtp", "mx.test", "--quit-after", "RCPT"], "add --to"),
        (["smtp", "mx.test", "--auth", "scram-sha-265", "--user", "x"], "‘scram-sha-256’"),
        (["smtp", "mx.test", "--to", "a@"], "--to a@: "),
        (["smtp", "mx.test", "--to", "a@b>\r\nRSET"], "--to "),
        (["smtp", "mx.test", "--from", ""], "'<>'"),
        (["smtp", "::1"], "[::1]"),
        (["smtp", "mx.test", "--tls", "--smtps"], "exclude"),
        (["smtp", "mx.test", "--verify", "none"], "--starttls"),
        (["smtp", "mx.test", "--tls", "--verify", "nnoe"], "‘none’"),
        (["smtp", "mx.test", "--pass-env", "X"], "--user"),
        (["smtp", "mx.test", "--user", "a", "--pass-env", "se cret"], "variable"),
        (["smtp", "mx.test", "--user", "a\u{1B}[1m", "--pass-env", "X"], "control"),
        (["smtp", "mx.test", "--timeout", "3"], "10s"),
        (["smtp", "mx.test", "--format", "jsnol"], "‘jsonl’"),
        (["smtp"], "host"),
    ])
    func `wrong options are told in a sentence, and nothing is sent`(
        _ arguments: [String],
        _ told: String
    ) throws {
        let outcome = try Tool.run(arguments)
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains(told), "\(outcome.errors)")
    }

    @Test func `variables for parameters do not change whom it speaks to`() throws {
        let outcome = try Tool.run(
            ["smtp", "127.0.0.1:1"],
            environment: ["PARLEY_HOST": "192.0.2.1:25"]
        )
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("connecting to 127.0.0.1:1\n"))
    }
}
