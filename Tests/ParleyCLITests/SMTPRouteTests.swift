import Foundation
import Testing

/// The ways of `parley smtp` to a server, and as whom it poses there.
@Suite struct SMTPRouteTests {
    private static let trusting = """
            on ehlo => 250 "mx.test" offers [XCLIENT NAME ADDR PORT LOGIN, XFORWARD NAME ADDR SOURCE, STARTTLS]
            on rcpt /^no/ => 550 5.1.1 "User unknown"
        """

    /// Speaks enough SMTP behind whatever comes first.
    private static func lines(behind first: String) -> String {
        """
            \(first)
            on line /^EHLO/ => raw "250 mx.test\\r\\n"
            on line /^QUIT/ => raw "221 bye\\r\\n"
            on line         => raw ""
        """
    }

    @Test(arguments: [
        ["--xclient", "ADDR=192.0.2.1", "--xclient", "name=mail.example.net"],
        ["--xclient", "LOGIN=a+20b", "--to", "a@mx.test", "--starttls", "--verify", "none"],
        ["--xclient", "PORT=[UNAVAILABLE]", "--to", "nobody@mx.test"],
        ["--xforward", "SOURCE=REMOTE", "--xforward", "ADDR=192.0.2.1", "--from", "a@mx.test"],
        ["--source", "127.0.0.2"], ["--source", "192.0.2.99"], ["--ipv4"], ["--ipv6"],
    ])
    func `posing and the source do as the script does`(_ options: [String]) throws {
        let server = try ServingScript(Self.trusting)
        let outcome = try Tool.holdAgainstScript(["smtp", "127.0.0.1:\(server.port)"] + options)
        switch options[0] {
        case "--xclient":
            #expect(outcome.output.contains("XCLIENT "))
            #expect(outcome.output.contains(" 550 ") == options.contains("nobody@mx.test"))
        case "--xforward": #expect(outcome.output.contains("XFORWARD SOURCE=REMOTE ADDR=192.0.2.1"))
        default:
            let isPossible = ["127.0.0.2", "--ipv4"].contains(options.last)
            #expect(outcome.status == (isPossible ? 0 : 3), "\(outcome)")
        }
    }

    @Test func `a server that does not offer XCLIENT is not asked`() throws {
        let server = try ServingScript("    on ehlo => 250 \"mx.test\"")
        let outcome = try Tool.holdAgainstScript(
            ["smtp", "127.0.0.1:\(server.port)", "--xclient", "ADDR=192.0.2.1"]
        )
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("smtp.not-offered"))
        #expect(!outcome.output.contains("XCLIENT ADDR"))
    }

    @Test(arguments: [
        (["--to", "a@b.test"], true), (["--to", "nobody@b.test"], false),
        (["--quit-after", "LHLO"], true),
        (["--ehlo", "probe.test", "--xforward", "NAME=mx.test"], true),
    ])
    func `LMTP is spoken with LHLO`(_ options: [String], _ isTaken: Bool) throws {
        let server = try ServingScript(
            """
                on lhlo => 250 "store.test" offers [XFORWARD NAME]
                on rcpt /^nobody@/ => 550 5.1.1
            """,
            as: "lmtp"
        )
        let outcome = try Tool.holdAgainstScript(
            ["smtp", "127.0.0.1:\(server.port)", "--lmtp"] + options
        )
        #expect(outcome.status == (isTaken ? 0 : 1), "\(outcome)")
        #expect(outcome.output.contains("LHLO "))
        #expect(!outcome.output.contains("EHLO "))
    }

    @Test func `a header of the PROXY protocol goes first`() throws {
        let header =
            #"on line /^PROXY TCP4 192\.0\.2\.1 192\.0\.2\.2 4711 25$/ => raw "220 mx.test\r\n""#
        let server = try ServingScript(Self.lines(behind: header), as: "tcp")
        let outcome = try Tool.holdAgainstScript([
            "smtp", "127.0.0.1:\(server.port)", "--proxy", "v1", "--client", "192.0.2.1:4711",
            "--server", "192.0.2.2:25",
        ])
        #expect(outcome.status == 0, "\(outcome)")
    }

    @Test func `a proxy leads to the server, and what it refuses is not the server's`() throws {
        let open = #"on line /^$/ => raw "HTTP/1.1 200 OK\r\n\r\n220 mx.test\r\n""#
        let leading = try ServingScript(Self.lines(behind: open), as: "tcp")
        let through = try Tool.holdAgainstScript([
            "smtp", "mx.test", "--via", "http://127.0.0.1:\(leading.port)",
        ])
        #expect(through.status == 0, "\(through)")
        let shut = #"on line /^$/ => raw "HTTP/1.1 502 Bad Gateway\r\n\r\n""#
        let refusing = try ServingScript(Self.lines(behind: shut), as: "tcp")
        let refused = try Tool.holdAgainstScript([
            "smtp", "mx.test", "--via", "http://127.0.0.1:\(refusing.port)",
        ])
        #expect(refused.output.contains("net.proxy"))
    }

    @Test func `the password of a proxy comes from a variable, and is never shown`() throws {
        let open =
            #"on line /^Proxy-Authorization: Basic dG91cjp3b25kZXJsYW5k$/ => "#
            + #"raw "HTTP/1.1 200 OK\r\n\r\n220 mx.test\r\n""#
        let server = try ServingScript(Self.lines(behind: open), as: "tcp")
        let options = [
            "smtp", "mx.test", "--via-user", "tour", "--via-pass-env", "PROXY_PASS", "--via",
        ]
        let environment = ["PROXY_PASS": "wonderland"]
        let outcome = try Tool.holdAgainstScript(
            options + ["http://127.0.0.1:\(server.port)"],
            environment: environment
        )
        #expect(outcome.status == 0, "\(outcome)")
        #expect(!outcome.output.contains("wonderland"))
        let nobody = try Tool.holdAgainstScript(
            options + ["socks5://127.0.0.1:1"],
            environment: environment
        )
        #expect(nobody.status == 3)
        #expect(nobody.output.contains("local.proxy.unreachable"))
    }

    @Test(arguments: [
        (["--ipv4", "--ipv6"], "exclude"), (["--source", "mx.test"], "--source mx.test"),
        (["--source", ":0"], "--source :0"), (["--via", "127.0.0.1:1080"], "socks5://"),
        (["--via", "sock5://127.0.0.1:1080"], "‘socks5’"),
        (["--via", "socks5://u:p@127.0.0.1"], "--via-user"), (["--via-user", "u"], "--via"),
        (["--via", "socks5://127.0.0.1", "--via-user", "u"], "--via-pass-env"),
        (["--proxy", "v3"], "‘v3’"), (["--client", "192.0.2.1:25"], "--proxy"),
        (["--proxy", "v2", "--client", "mx.test:25"], "--client mx.test:25"),
        (["--xclient", "ADDR"], "NAME=VALUE"), (["--xclient", "ADR=192.0.2.1"], "‘ADDR’"),
        (["--xclient", "ADDR=\r\nRSET"], "control"), (["--xforward", "LOGIN=x"], "unknown"),
        (["--xclient", "ADDR=elsewhere"], "see above"),
        (["--xclient", "ADDR=192.0.2.1", "--quit-after", "CONNECT"], "behind EHLO"),
        (["--lmtp", "--smtps"], "--starttls"),
    ])
    func `wrong options are told in a sentence, and nothing is sent`(
        _ options: [String],
        _ told: String
    ) throws {
        let outcome = try Tool.run(["smtp", "127.0.0.1:1"] + options)
        #expect(outcome.status == 2, "\(outcome)")
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains(told), "\(outcome.errors)")
    }
}
