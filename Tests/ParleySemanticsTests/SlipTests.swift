import ParleyDiagnostics
import Testing

/// What newcomers write, and the way out that they are told: one complaint, which holds the words.
@Suite struct SlipTests {
    private static let head = """
        param user = probe
        param relay: endpoint = mail.example.net
        secret pass = env PROBE_PASS
        server mx smtp on 127.0.0.1:auto {
        }
        dialogue greet(host: endpoint, name) {
            connect smtp ${host}
            ehlo ${name}
        }
        test "t" {
            start mx
            connect smtp ${mx.address}

        """

    private func complaint(_ line: String) -> String {
        let found = check("\(Self.head)    \(line)\n}\n").diagnostics
        #expect(found.count == 1, "\(line): \(found.map(\.message))")
        return found.map { "\($0.message); \($0.help ?? "")" }.joined(separator: "\n")
    }

    @Test(
        arguments: [
            ("mail from:<a@x.test>", "`mail` writes FROM: itself; write `mail <a@x.test>`"),
            ("MAIL FROM:<a@x.test>", "write `mail a@x.test`; `send …` sends a line as it stands"),
            ("mail FROM: <a@x.test>", "write `mail <a@x.test>`"),
            ("mail from <a@x.test>", "write `mail <a@x.test>`"),
            ("rcpt TO:<b@x.test>", "`rcpt` writes TO: itself; write `rcpt <b@x.test>`"),
            ("mail user", "write `mail ${user}`"),
            ("mail $user", "write `mail ${user}`"),
            ("mail %user%", "write `mail ${user}`"),
            ("mail {user}", "write `mail ${user}`"),
            ("rcpt bob", "write `rcpt bob@DOMAIN`"),
            ("rcpt a@b.test 250", "stands behind `=>`: `=> 250`"),
            ("rcpt <b@x.test> -> 250", "stands behind `=>`: `rcpt <b@x.test> => 250`"),
            ("rcpt b@x.test = 250", "stands behind `=>`: `rcpt b@x.test => 250`"),
            ("noop -> 250", "stands behind `=>`: `noop => 250`"),
            ("quit 221", "stands behind `=>`: `quit => 221`"),
            ("mail a@b.test 10", "as in `SIZE=10`"),
            ("mail a@b.test SIZE 10", "as in `SIZE=10`"),
            ("mail a@b.test SMTPUTF8 size 10MB", "SIZE lacks its value; write KEYWORD=value"),
            ("mail a@b.test RET HDRS", "as in `RET=HDRS`"),
            (
                "mail a@b.test SIZE: 10",
                "SIZE lacks its value; write KEYWORD=value, as in `SIZE=10`"
            ),
            ("mail a@b.test size =10", "as in `SIZE=10`"),
            ("mail a@b.test SIZE= 10", "as in `SIZE=10`"),
            ("mail a@b.test SIZE =ten", "as in `SIZE=ten`"),
            ("rcpt a@b.test SIZE 10", "SIZE is a parameter of MAIL, not of RCPT; write it behind"),
            ("mail a@b.test NOTIFY NEVER", "NOTIFY is a parameter of RCPT, not of MAIL"),
            ("rcpt a@b.test NOTIFY unoffered", "NOTIFY lacks its value; write NOTIFY=NEVER|"),
            ("rcpt a@b.test c@d.test", "write one `rcpt` for each address"),
            ("noop within 5 seconds", "write `within 5s`"),
            ("noop within 2 minutes", "write `within 2m`"),
            ("noop timeout 5s", "write `within 5s`"),
            ("noop // nothing", "a comment begins with `#`"),
            ("data \"hello\"", "`send …`"),
            ("auth plian a bcde", "did you mean ‘plain’?"),
            ("auth ntlm a bcde", "write `send AUTH ntlm`"),
            ("starttls verify", "usage: starttls [verify full|chain|none] [ca FILE]"),
        ]
    )
    func `a verb's line says what it should have been`(_ line: String, _ words: String) {
        #expect(complaint(line).contains(words))
    }

    @Test(
        arguments: [
            ("connect 127.0.0.1:2525", "write `connect smtp 127.0.0.1:2525`"),
            ("connect mail.example.net:465", "write `connect smtps mail.example.net:465`"),
            ("connect ${mx.address}", "write `connect smtp ${mx.address}`"),
            ("connect relay", "write `connect smtp ${relay}`"),
            ("connect smtp://mx.test:25/", "no URL; write `connect smtp mx.test:25`"),
            ("connect smtp mx.test 25", "`mx.test:25`"),
            ("connect smtp mx.test port 25", "`mx.test:PORT`"),
            ("connect smtp mx.test tls", "`connect smtps HOST`"),
            ("connect smtp+tls mx.test", "`connect smtps HOST`"),
            ("connect pop3 mx.test", "speaks smtp, smtps, tcp, tls, lmtp, imap, imaps"),
            ("connect smtp mx.address", "write `${mx.address}` for its value"),
            ("connect smtp mx", "write `${mx.address}` for its value"),
            ("connect smtp relay:25", "write `${relay}:25` for its value"),
            ("ehlo user", "write `${user}` for its value"),
            ("start tls", "`starttls`, in one word"),
            ("receive 250", "write `receive reply => 250`"),
        ]
    )
    func `a session's line says what it should have been`(_ line: String, _ words: String) {
        #expect(complaint(line).contains(words))
    }

    @Test(
        arguments: [
            ("expect banner contains ESMTP", "text stands in quotes: `\"ESMTP\"`"),
            ("require STARTTLS", "`offers STARTTLS`"),
            ("expect tls.verified == yes", "write `true`"),
            ("expect banner starts with \"mx\"", "`starts` and `ends` stand alone"),
            ("log \"${greeting}\"", "declare it, `param greeting = VALUE`"),
            ("log greeting", "`\"greeting\"`"),
            ("expect cert.expires > 21d", "a span is `cert.remaining > 21d`"),
            ("pause 500", "write ‘500ms’ or ‘500s’"),
            ("expect length(banner) > 3", "write `len(…)`"),
            ("expect banner.length > 3", "did you mean ‘count’?"),
            ("log \"${relay.port}\"", "say what then with `default …`"),
        ]
    )
    func `an expression says what it should have been`(_ line: String, _ words: String) {
        #expect(complaint(line).contains(words))
    }

    @Test(
        arguments: [
            ("assert offers AUTH", "`expect CONDITION`"), ("sleep 5", "write `pause 5s`"),
            ("print \"x\"", "write `log \"…\"`"), ("exit", "write `quit`"),
            ("greet mx.test", "write `do greet(host, name)`"),
            ("Subject: hi", "write `send Subject: …`"),
        ]
    )
    func `a word of another language leads to ours`(_ line: String, _ words: String) {
        #expect(complaint(line).contains(words))
    }

    @Test func `the name of a secret in the place of its value is warned of by the checker`() {
        let found = check("\(Self.head)    auth plain user pass\n}\n").diagnostics
        #expect(found.map(\.code) == ["script.name.literal", "script.name.literal"])
        #expect(found.allSatisfy { $0.severity == .warning })
        #expect(found.last?.help?.contains("${pass}") == true)
        let quoted = check("\(Self.head)    auth plain \"user\" \"pass\"\n}\n")
        #expect(quoted.program != nil && quoted.diagnostics.isEmpty)
    }

    @Test func `a host that begins like a name is a host`() {
        let lines = "connect smtp mx.example.net\n    ehlo user.example.net\n"
        #expect(check("\(Self.head)    \(lines)}\n").diagnostics.isEmpty)
    }

    @Test func `a dollar alone inserts nothing, which is warned of where the name is known`() {
        #expect(complaint("rcpt $user@mx.test").contains("write `${user}`"))
        #expect(check("\(Self.head)    rcpt $5@mx.test\n}\n").diagnostics.isEmpty)
    }

    @Test(
        arguments: [
            ("secret x = env $VAR", "write `env VAR`"),
            ("secret x = env ${VAR}", "`env VAR`"),
            ("server s smtp on 127.0.0.1 {\n}", "`127.0.0.1:auto`"),
            ("server s smtp on auto {\n}", "`127.0.0.1:auto`"),
            ("include \"x.parley\"", "write `use \"FILE\"`"),
            ("use \"x.parley\"", "beside the one that uses it"),
        ]
    )
    func `a declaration says what it should have been`(_ text: String, _ words: String) {
        let found = check(text + "\n").diagnostics
        #expect(found.count == 1, "\(found.map(\.message))")
        #expect(found.first?.help?.contains(words) == true, "\(found.first?.help ?? "")")
    }

    @Test func `what stands on the other side of an arrow is complained of all the same`() {
        let found = check("test \"t\" {\n    connect smtp ${hots} => 2500\n}\n").diagnostics
        let syntax = found.filter { $0.code.hasPrefix("script.syntax.") }
        #expect(syntax.count == 1)
        #expect(found.withoutConsequences(of: []).count == 2)
        let rest = found.filter { !$0.code.hasPrefix("script.syntax.") }
        #expect(rest.withoutConsequences(of: syntax).count == 1)
    }

    @Test func `a line that cannot be read is complained of once`() {
        let script = "test \"t\" {\n    log hello world\n    log greeting\n}\n"
        let found = check(script).diagnostics
        let syntax = found.filter { $0.code.hasPrefix("script.syntax.") }
        let rest = found.filter { !$0.code.hasPrefix("script.syntax.") }
        #expect(rest.count == 2)
        #expect(rest.withoutConsequences(of: syntax).map(\.message) == ["unknown name ‘greeting’"])
    }
}
