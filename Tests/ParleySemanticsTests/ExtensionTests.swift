import ParleyDiagnostics
import ParleySemantics
import Testing

@Suite struct ExtensionTests {
    private func complaint(_ statement: String) -> (message: String, help: String?)? {
        let text = "test \"t\" {\nconnect smtp a.test\nlet d = 90m\nlet n = 3\n\(statement)\n}\n"
        return check(text).diagnostics.first.map { ($0.message, $0.help) }
    }

    private func sent(_ statement: String) throws -> [String] {
        let statements = try body("connect smtp a.test\n\(statement)")
        guard case .verb(let verb)? = statements.last?.kind else { return [] }
        return verb.arguments.map { argument in
            if case .constant(.string(let text)) = argument.value.form { text } else { "…" }
        }
    }

    @Test(
        arguments: [
            (
                "mail a@b RET=HEADERS", "RET: ‘HEADERS’ is none of: FULL HDRS",
                "did you mean ‘HDRS’?"
            ),
            (
                "mail a@b BODY=8BITMINE", "BODY: ‘8BITMINE’ is none of: 7BIT 8BITMIME BINARYMIME",
                "did you mean ‘8BITMIME’?"
            ),
            (
                "rcpt a@b NOTIFY=NEVER,DELAY", "NOTIFY: NEVER excludes all else",
                "leave NEVER out, or write it alone"
            ),
            (
                "rcpt a@b ORCPT=c@d", "ORCPT: the type of the address is missing",
                "write rfc822;c@d"
            ),
            (
                "mail a@b ENVID=a=b", "ENVID: ‘a=b’ is no xtext of RFC 3461",
                "write a+3Db, or insert the value: it is encoded then"
            ),
            (
                "mail a@b NOTIFY=NEVER", "NOTIFY is a parameter of RCPT, not of MAIL",
                "write it behind `rcpt`; to send it all the same, write `send MAIL …`"
            ),
            (
                "rcpt a@b SMTPUTF8", "SMTPUTF8 is a parameter of MAIL, not of RCPT",
                "write it behind `mail`; to send it all the same, write `send RCPT …`"
            ),
            ("mail a@b SMTPUTF8=1", "SMTPUTF8 takes no value", "write SMTPUTF8"),
            ("mail a@b SIZE", "SIZE lacks its value", "write SIZE=OCTETS"),
            ("mail a@b BY=0;R", "BY: mode R needs more than 0 seconds", "write 0;N"),
            ("mail a@b BY=0s;R", "BY: mode R needs more than 0 seconds", "write 0;N"),
            (
                "mail a@b HOLDFOR=0s", "HOLDFOR: ‘0’ is no number of seconds from 1 to 999999999",
                "write HOLDFOR=SECONDS"
            ),
            ("mail a@b BY=${d}", nil, nil),
            ("mail a@b SIZE=1 size=2", "SIZE stands here twice", nil),
            (
                "mail a@b HOLDFOR=1h HOLDUNTIL=2030-01-01T00:00:00Z",
                "HOLDFOR and HOLDUNTIL exclude each other", "leave one of them out"
            ),
            ("mail a@b SIZE=${d}", "a value of kind duration cannot be the SIZE", nil),
            ("mail a@b X=", "‘X=’ is no ESMTP parameter", "write KEYWORD or KEYWORD=value"),
            (
                "mail ż@b", "a path beyond ASCII needs the parameter SMTPUTF8",
                "add SMTPUTF8 behind the path"
            ),
            ("mail ż@b SMTPUTF8", nil, nil), ("mail ż@b => 5xx", nil, nil),
            ("xclient ADR=192.0.2.1", "XCLIENT has no attribute ‘ADR’", "did you mean ‘ADDR’?"),
            (
                "xclient ADDR=mail.example.net", "ADDR: ‘mail.example.net’ is no IP address",
                "write ADDR=ADDRESS|IPV6:ADDRESS|[UNAVAILABLE]"
            ),
            (
                "xclient IDENT=x", "IDENT is a parameter of XFORWARD, not of XCLIENT",
                "write it behind `xforward`; to send it all the same, write `send XCLIENT …`"
            ),
            (
                "bdat", "‘bdat’ lacks its text-or-octets",
                "usage: bdat [TEXT-OR-OCTETS] [last] [raw] [unoffered]"
            ),
            (
                "lhlo", "smtp has no ‘lhlo’",
                "write `ehlo`; to send it all the same, write `send LHLO …`"
            ),
            ("offers LIMITS", nil, nil),
        ] as [(String, String?, String?)]
    )
    func `a mistake is told with its mending`(statement: String, message: String?, help: String?) {
        guard !statement.hasPrefix("offers") else { return }
        let found = complaint(statement)
        #expect(found?.message == message, "\(statement)")
        if help != nil { #expect(found?.help == help, "\(statement)") }
    }

    @Test func `sizes and durations are written out as the wire has them`() throws {
        #expect(
            try sent("mail a@b SIZE=10KB BY=2h;RT HOLDFOR=1h")[1...] == [
                "SIZE=10240", "BY=7200;RT", "HOLDFOR=3600",
            ]
        )
        #expect(try sent("mail a@b X-OWN=a;b SIZE=7")[1...] == ["X-OWN=a;b", "SIZE=7"])
        #expect(try sent("xclient ADDR=2001:db8::1") == ["ADDR=IPV6:2001:db8::1"])
    }

    @Test func `a chunk is text or a size`() throws {
        func chunk(_ statement: String) throws -> CheckedVerb? {
            let statements = try body("connect smtp a.test\nlet s = 1KB\n\(statement)")
            if case .verb(let verb)? = statements.last?.kind { return verb }
            return nil
        }
        let text = try chunk("bdat \"a\\r\\nb\" last")
        #expect(text?.arguments.count == 1)
        #expect(text?.clauses.map(\.name) == ["last"])
        #expect(try chunk("bdat raw \"10KB\"")?.clauses.map(\.name) == ["raw"])
        for size in ["10KB", "10", "${s}", "${3}"] {
            let verb = try chunk("bdat \(size) last")
            #expect(verb?.arguments.isEmpty == true)
            #expect(verb?.clauses.map(\.name) == ["last", "size"])
        }
        #expect(try chunk("bdat last")?.arguments.isEmpty == true)
        #expect(try chunk("bdat hello${s}")?.arguments.count == 1)
    }

    @Test func `LMTP says LHLO`() {
        let found = check("test \"t\" {\nconnect lmtp unix:/run/lmtp\nehlo x\n}\n").diagnostics
        #expect(found.map(\.message) == ["lmtp has no ‘ehlo’"])
        #expect(found.first?.help?.hasPrefix("write `lhlo`") == true)
        #expect(complaints("test \"t\" {\nconnect lmtp a.test\nlhlo\nmail a@b\n}\n") == [])
    }

    @Test func `what a server states is typed`() {
        let text = """
            test "t" {
                connect smtp a.test
                ehlo
                expect offers LIMITS RCPTMAX >= 100
                expect capabilities.size default 0B > 1MB
                expect capabilities.holdfor default 0s >= 1d
                expect capabilities.rcptmax > 1
                expect reply.replies[0].recipient == none
            }

            """
        #expect(codes(text) == ["script.type.optional@7"])
    }
}
