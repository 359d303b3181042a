import ParleyEngine
import ParleyMachine
import ParleyTesting
import Testing

@Suite("A session of IMAP")
struct IMAPSessionTests {
    private func run(_ rules: String, _ statements: String) throws -> Outcome {
        try play(
            servers: "server box imap on 127.0.0.1:auto name box.test {\n\(rules)\n}",
            test: "start box\nconnect imap ${box.address}\n" + statements
        )
    }

    private func dialogue(_ run: Outcome) -> [String] {
        run.events.compactMap { event -> String? in
            switch event.kind {
            case .sent(_, let octets): "C " + String(decoding: octets, as: UTF8.self)
            case .received(_, let octets): "S " + String(decoding: octets, as: UTF8.self)
            default: nil
            }
        }
    }

    @Test("goes from the greeting through a mailbox to LOGOUT")
    func whole() throws {
        let run = try run(
            "user tester sesame\non select => untagged \"2 EXISTS\" OK [READ-WRITE] \"done\"",
            """
            login tester sesame => OK
            select INBOX        => OK [read-write] matching /2 EXISTS/ as r
            expect r.status == "OK"
            expect r.lines.count == 2
            expect r.response-code == "READ-WRITE"
            expect state == "selected"
            append INBOX "a\\r\\nb" => OK
            search subject "zażółć"  => OK
            expect box.log count login == 1
            logout => OK
            """
        )
        #expect(run.verdict == .pass, "\(run.findings)")
    }

    @Test("logs in by every mechanism, and no report shows the password")
    func logins() throws {
        for mechanism in ["plain", "login", "cram-md5", "scram-sha-256", "best"] {
            let run = try run(
                "user tester sesame",
                "auth \(mechanism) tester sesame => OK\nexpect state == \"authenticated\"\nlogout"
            )
            #expect(run.verdict == .pass, "\(mechanism) \(run.findings)")
        }
        let wrong = try run("user tester sesame", "auth plain tester wrong")
        #expect(wrong.reason == "auth.refused", "\(wrong.findings)")
    }

    @Test("starts TLS, and forgets what it knew before")
    func tls() throws {
        let run = try run(
            "",
            "expect offers STARTTLS\nstarttls verify none => OK\ncapability => OK\n"
                + "expect not offers STARTTLS\nlogin a b => OK\nlogout"
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        let injected = try self.run(
            "on starttls => raw \"A1 OK go\\r\\n* 1 EXISTS\\r\\n\"",
            "starttls verify none"
        )
        #expect(injected.reason == "tls.starttls.injected")
    }

    @Test("judges by words, and tells what came instead")
    func judging() throws {
        let run = try run(
            "on select => NO [NONEXISTENT] \"no such mailbox\"",
            "login a b\nselect x"
        )
        #expect(run.reason == "imap.reply")
        #expect(
            run.findings.first?.message
                == "SELECT: expected OK, got NO [NONEXISTENT] no such mailbox"
        )
        #expect(run.findings.first?.help?.contains("‘list’") == true)
        let other = try self.run(
            "on select => NO [NONEXISTENT] \"x\"",
            "login a b\nselect x => NO [LIMIT]"
        )
        #expect(other.findings.first?.nearest?.contains("NONEXISTENT") == true)
    }

    @Test("shows what is told unasked when it comes, and takes it for no answer")
    func unsolicited() throws {
        let run = try run(
            "on noop => OK \"done\" untagged \"9 EXISTS\"",
            "login a b\nnoop => OK as first\nexpect first.lines.count == 1\n"
                + "noop => OK as second\nexpect second.lines.count == 1\nlogout"
        )
        #expect(run.verdict == .pass, "\(run.findings)")
        let unasked = run.events.compactMap { event -> String? in
            guard case .unsolicited(_, let octets) = event.kind else { return nil }
            return String(decoding: octets, as: UTF8.self)
        }
        #expect(unasked == ["* 9 EXISTS\r\n", "* 9 EXISTS\r\n"])
    }

    @Test(
        "names what a server does wrong",
        arguments: [
            ("on noop => BYE \"down\"", "noop", "imap.closed"),
            ("on noop => BYE \"down\"", "noop => BYE", nil),
            ("on noop => OK \"x\" untagged \"BYE gone\"", "noop\nnoop", "imap.closed"),
            ("on noop => drop", "noop", "imap.closed"),
            ("on noop => raw \"A9 OK what\\r\\n\"", "noop", "imap.reply.unsolicited"),
            ("on noop => raw \"+ more\\r\\n\"", "noop", "imap.reply.unsolicited"),
            ("on noop => raw \"250 Fine\\r\\n\"", "noop", "imap.reply.malformed"),
            ("on noop => raw \"* X {9999999}\\r\\n\"", "noop", "limit.literal"),
            ("on noop => stall", "noop within 200ms", "imap.reply.timeout"),
            ("", "select INBOX", "imap.out-of-turn"),
            ("greet => OK offers [IMAP4rev1]", "starttls", "tls.starttls.not-offered"),
            ("greet => OK offers [LOGINDISABLED]", "login a b", "imap.not-offered"),
            ("on login => OK", "login a b\nidle", "imap.not-offered"),
        ] as [(String, String, String?)]
    )
    func faults(_ rules: String, _ statements: String, _ reason: String?) throws {
        let run = try run(rules, statements)
        #expect(run.reason == reason, "\(rules): \(run.findings)")
    }

    @Test("idles until there is news, or for as long as it may")
    func idle() throws {
        let news = try run(
            "on idle => untagged \"3 EXISTS\" after 2s",
            "login a b\nidle within 10s => OK matching /3 EXISTS/\nlogout"
        )
        #expect(news.verdict == .pass, "\(news.findings)")
        #expect((2...4).contains(news.seconds))
        #expect(dialogue(news).contains("C DONE\r\n"))
        let quiet = try run(
            "",
            "login a b\nidle within 5s => OK as r\nexpect r.lines.count == 1\nlogout"
        )
        #expect(quiet.verdict == .pass, "\(quiet.findings)")
        #expect((5...6).contains(quiet.seconds))
        let silent = try run("on done => stall", "login a b\nidle within 1s")
        #expect(silent.reason == "imap.reply.timeout", "\(silent.findings)")
    }

    @Test("greets in its own words")
    func greetings() throws {
        func greeted(_ greeting: String, _ arrow: String) throws -> Outcome {
            try play(
                servers: "server box imap on 127.0.0.1:auto {\ngreet => \(greeting)\n}",
                test: "start box\nconnect imap ${box.address} \(arrow)"
            )
        }
        #expect(try greeted("PREAUTH \"in\"", "\nselect INBOX\nlogout").verdict == .pass)
        #expect(try greeted("BYE \"full\"", "=> BYE matching /full/").verdict == .pass)
        #expect(try greeted("BYE \"full\"", "").reason == "imap.banner")
        #expect(try greeted("raw \"220 hi\\r\\n\"", "").reason == "imap.reply.malformed")
    }
}
