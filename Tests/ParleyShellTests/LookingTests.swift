import ParleyEngine
import ParleyShell
import Testing

/// What commands show of a session and of its server.
@Suite struct LookingTests {
    /// A server that offers other things under TLS.
    private static let server = [
        """
        server mx smtp on 127.0.0.1:auto name mx.test {
            on ehlo before tls => 250 "mx.test" offers [PIPELINING, SIZE 1000, STARTTLS]
            on ehlo after tls => 250 "mx.test" offers [PIPELINING, SIZE 2000, AUTH PLAIN]
            on rcpt /^no/ => 550 5.1.1 "User unknown"
        }
        """,
        "start mx",
        "connect smtp ${mx.address} name mx.test",
    ]

    @Test func `what is offered shows with what it is good for`() async {
        let talk = await ShellHarness()
        await talk.type(ShellHarness.connected)
        #expect(await talk.type(":caps").isFailure)
        #expect(talk.taken().contains("say `ehlo`"))
        await talk.type("ehlo probe.test")
        _ = talk.taken()
        #expect(await talk.type(":caps") == .done)
        let shown = talk.taken()
        #expect(shown.contains("SIZE 1000   the largest message, in octets (RFC 1870)"), "\(shown)")
        await talk.shell.close()
    }

    @Test func `what TLS changes of the offers is marked`() async {
        let talk = await ShellHarness()
        await talk.type(Self.server + ["ehlo probe.test", "starttls"])
        #expect(await talk.type(":caps").isFailure)
        await talk.type("ehlo probe.test")
        _ = talk.taken()
        await talk.type(":caps")
        let lines = talk.taken().split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("+ AUTH PLAIN") })
        #expect(lines.contains { $0.hasPrefix("~ SIZE 2000") })
        #expect(lines.contains { $0.hasPrefix("- STARTTLS") })
        #expect(lines.contains { $0.hasPrefix("  PIPELINING") })
        await talk.shell.close()
    }

    @Test func `TLS and certificates show with days, pin and fingerprint`() async {
        let talk = await ShellHarness()
        await talk.type(Self.server + ["ehlo probe.test"])
        #expect(await talk.type(":tls").isFailure)
        #expect(talk.taken().contains("the server offers it: starttls"))
        #expect(await talk.type(":cert").isFailure)
        await talk.type("starttls")
        _ = talk.taken()
        #expect(await talk.type(":tls") == .done)
        let tls = talk.taken()
        #expect(tls.contains("version") && tls.contains("TLSv1.3") && tls.hasSuffix("verified"))
        #expect(await talk.type(":cert") == .done)
        let cert = talk.taken()
        #expect(cert.contains("1 of ") && cert.contains("mx.test"), "\(cert)")
        #expect(cert.contains("days left)") || cert.contains("expires soon"), "\(cert)")
        #expect(cert.contains("sha256") && cert.contains("pin"))
        await talk.type(":cert pem")
        #expect(talk.taken().hasPrefix("-----BEGIN CERTIFICATE-----"))
        #expect(await talk.type(":cert 9").isFailure)
        await talk.shell.close()
    }

    @Test func `problems of a certificate that was not refused show`() async {
        let talk = await ShellHarness()
        await talk.type(
            """
            server bad smtp on 127.0.0.1:auto name mx.test certificate expired {
                on ehlo => 250 "mx.test" offers [STARTTLS]
            }
            """,
            "start bad",
            "connect smtp ${bad.address} name mx.test",
            "ehlo probe.test"
        )
        #expect(await talk.type("starttls verify none") == .done)
        _ = talk.taken()
        await talk.type(":tls")
        #expect(talk.taken().contains("tls.certificate.expired"))
        await talk.type(":cert 1")
        let shown = talk.taken()
        #expect(shown.contains("days ago)") && shown.contains("it has expired"), "\(shown)")
        await talk.shell.close()
    }

    @Test func `the last reply is explained, and raw on request`() async {
        let talk = await ShellHarness()
        await talk.type(Self.server + ["ehlo probe.test", "mail a@b.test", "rcpt no@mx.test"])
        _ = talk.taken()
        await talk.type(":reply")
        let shown = talk.taken()
        #expect(shown.hasPrefix("550 5.1.1 User unknown"))
        #expect(shown.contains("a failure that stays: no such mailbox"), "\(shown)")
        await talk.type(":reply raw")
        #expect(talk.taken() == "  S \"550 5.1.1 User unknown\\r\\n\"")
        await talk.type(":reply hex")
        #expect(talk.taken().contains("35 35 30 20"))
        await talk.shell.close()
    }

    @Test func `what a hostile server writes is harmless wherever it shows`() async {
        let talk = await ShellHarness()
        await talk.type(
            """
            server evil smtp on 127.0.0.1:auto {
                on ehlo => raw "250-a\\x1b[2J\\r\\n250-X\\x07 \\xe2\\x80\\xae\\r\\n250 E\\r\\n"
                on noop => raw "250 2.0.0 \\x1b[31mred\\x9b\\r\\n"
            }
            """,
            "start evil",
            "connect smtp ${evil.address}",
            "ehlo probe.test",
            ":caps",
            "capabilities",
            "noop",
            ":reply",
            ":reply raw",
            ":reply hex",
            "reply",
            "reply.text",
            "reply.raw",
            "reply.lines",
            "transcript",
            ":sessions",
            ":vars"
        )
        let shown = talk.taken()
        #expect(shown.contains("red"), "\(shown)")
        let controls = shown.unicodeScalars.filter { scalar in
            (scalar.value < 0x20 && scalar != "\n") || (0x7F...0x9F).contains(scalar.value)
                || scalar == "\u{202E}"
        }
        #expect(controls.isEmpty, "\(controls)")
        await talk.shell.close()
    }

    @Test func `a secret that a server echoes is hidden in values, too`() async {
        let talk = await ShellHarness { $0.options.environment["WORD"] = "open-sesame" }
        await talk.type(
            "secret word = env WORD",
            """
            server echo smtp on 127.0.0.1:auto {
                on ehlo => 250 "mx.test" offers [AUTH PLAIN]
                on auth => 535 5.7.8 "not open-sesame"
            }
            """,
            "start echo",
            "connect smtp ${echo.address}",
            "ehlo probe.test",
            "auth plain user ${word}",
            "reply",
            ":reply",
            ":vars",
            "transcript",
            "word"
        )
        let shown = talk.taken()
        #expect(shown.contains("not ‹secret›") && !shown.contains("sesame"), "\(shown)")
        await talk.shell.close()
    }
}
