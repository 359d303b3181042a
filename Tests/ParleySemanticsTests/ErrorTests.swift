import Testing

/// One mistake per script; the complaints with their lines. Line 1 is the first statement of a
/// test.
@Suite struct ErrorTests {
    @Test(
        arguments: [
            // Names
            ("expect hots == 1", ["script.name.unknown@1"]),
            ("let x = 1\nlet x = 2", ["script.name.duplicate@2"]),
            ("let run = 1", ["script.name.duplicate@1"]),
            ("expect run.idd == \"x\"", ["script.name.field@1"]),
            ("log lenn(\"x\")", ["script.name.function@1"]),
            ("connect smpt mx.test", ["script.name.protocol@1"]),
            ("expect mail.example.net == \"x\"", ["script.name.unknown@1"]),
            ("if true {\nlet x = 1\n}\nlog x", ["script.name.unknown@4"]),
            ("step \"s\" {\nlet x = 1\n}\nlog x", []),
            ("do nothing()", ["script.name.unknown@1"]),
            ("start grey", ["script.name.unknown@1"]),
            // Kinds
            ("let x = 1 + \"a\"", ["script.type.mismatch@1"]),
            ("let x = 30s + 5", ["script.type.unit@1"]),
            ("let x = 3 * 5s", []),
            ("let x = now() - now()\nexpect x > 30", ["script.type.unit@2"]),
            ("let x = now() + now()", ["script.type.mismatch@1"]),
            ("pause 5", ["script.type.unit@1"]),
            ("expect 5 + 1", ["script.type.mismatch@1"]),
            ("let x = \"a\" capture /a/\nlog \"${x}\"", ["script.type.optional@2"]),
            ("let x = \"a\" capture /a/ default \"b\"\nlog \"${x}\"", []),
            ("let x = \"a\" capture /a/\nexpect x == none", []),
            ("let x = \"a\" capture /a/ 2", ["script.type.pattern@1"]),
            ("let x = [1, 2]\nlog \"${x}\"", ["script.type.text@2"]),
            ("expect \"a\" matches /(/", ["script.type.pattern@1"]),
            ("let x = len(1, 2)", ["script.type.arguments@1"]),
            ("let x = 5 default 4", ["script.type.optional@1"]),
            ("let x = 1.5 * 5s\nlet y = 5s * 1.5\nlet z = 0.5 * 1MB", []),
            ("expect 5 in [1, 2]", []),
            ("expect \"x\" in [1, 2]", ["script.type.mismatch@1"]),
            ("for x in 5 {\nlog \"x\"\n}", ["script.type.mismatch@1"]),
            ("let x = none", ["script.type.mismatch@1"]),
            ("let x = split(\"a b\", / /)\nexpect x.first == \"a\"", []),
            // Sessions
            ("ehlo x.test", ["script.session.none@1"]),
            ("expect tls.version >= TLSv1.2", ["script.session.none@1"]),
            ("if true {\nconnect smtp a.test\n}\nehlo x.test", ["script.session.none@4"]),
            // A word is no code
            ("connect imap a.test\nexpect reply.code == 250", ["script.name.field@2"]),
            ("connect imap a.test as a\nexpect a.reply.code == 250", ["script.name.field@2"]),
            ("connect imap a.test\nnoop => OK as r\nlog \"${r.code}\"", ["script.name.field@3"]),
            (
                "connect imap a.test\nnoop => OK as r\nlet s = r\nexpect s.code == 1",
                ["script.name.field@4"]
            ),
            (
                "connect imap a.test\nsend \"x NOOP\" => OK as r\nexpect r.code == 1",
                ["script.name.field@3"]
            ),
            (
                "connect imap a.test as a\nconnect smtp a.test as b\nb: noop => 250 as r\n"
                    + "expect r.code == 250\nexpect b.reply.code == 250\n"
                    + "a: noop => OK as s\nexpect s.status == \"OK\"",
                []
            ),
            ("connect smtp a.test\nclose\nehlo x.test", ["script.session.none@3"]),
            ("connect smtp a.test\nquit\nnoop", ["script.session.over@3"]),
            ("connect smtp a.test\nquit => 221 as bye\nlog bye.text\nclose", []),
            ("connect smtp a.test\nquit => any\nnoop", []),
            ("connect smtp a.test\nquit => 221 else warn\nnoop", []),
            ("connect smtp a.test\nquit\nnoop => closed", []),
            ("connect smtp a.test\nquit\nreceive line => closed", []),
            ("connect smtp a.test\nquit\nconnect smtp a.test\nnoop", []),
            ("connect smtp a.test\nif true {\nquit\n}\nnoop", []),
            ("connect smtp a.test\nquit\nif true {\nnoop\n}", ["script.session.over@4"]),
            ("connect smtp a.test\nstep \"s\" {\nquit\n}\nnoop", ["script.session.over@5"]),
            ("connect smtp a.test\nnoop\nquit\nfinally {\nrset\n}", []),
            ("connect smtp a.test\npipeline {\nrset\nquit\n}\nnoop", ["script.session.over@6"]),
            (
                "connect smtp a.test as a\nconnect smtp b.test as b\nquit\na: noop\nnoop",
                ["script.session.over@5"]
            ),
            ("connect smtp a.test as a\nconnect smtp b.test\nquit\nclose\nnoop", []),
            ("connect smtp a.test as b\nbox: ehlo x.test", ["script.session.unknown@2"]),
            ("connect smtp a.test as quit", ["script.session.name@1"]),
            (
                "connect smtp a.test\nparallel {\nstep \"s\" {\nehlo x.test\n}\n}",
                ["script.session.outer@4"]
            ),
            (
                "connect smtp a.test as b\nfor i in [1] parallel 2 {\nb: ehlo x.test\n}",
                ["script.session.outer@3"]
            ),
            ("connect smtp a.test as b\nexpect b.tls.version >= TLSv1.2\nb: ehlo x.test", []),
            // Verbs
            ("connect smtp a.test\nehol x.test", ["script.verb.unknown@2"]),
            ("connect smtp a.test\nfetch 1", ["script.verb.protocol@2"]),
            ("connect tcp a.test:25\nehlo x.test", ["script.verb.protocol@2"]),
            ("connect tcp a.test", ["script.verb.argument@1"]),
            ("connect smtp ::1:25", ["script.type.literal@1"]),
            ("connect smtp [::1]:25", []),
            ("connect smtp a.test:99999", ["script.type.literal@1"]),
            ("connect smtp unix:/run/x", []),
            ("connect smtp a.test\nmail a@b c d=", ["script.verb.argument@2"]),
            ("connect smtp a.test\nmail a@b SIZE=100 BODY=8BITMIME", []),
            ("connect smtp a.test\nrcpt <>", ["script.verb.argument@2"]),
            ("connect smtp a.test\nmail <>", []),
            ("connect smtp a.test\nrcpt nobody", ["script.verb.argument@2"]),
            ("connect smtp a.test\nrcpt postmaster", []),
            ("connect smtp a.test\nrcpt", ["script.verb.usage@2"]),
            ("connect smtp a.test\nrset now", ["script.verb.usage@2"]),
            ("connect smtp a.test\nehlo 127.0.0.1", ["script.verb.argument@2"]),
            ("connect smtp a.test\nauth plain u p in clear", []),
            ("connect smtp a.test\nauth plain u p \"in\" clear", ["script.verb.usage@2"]),
            ("connect smtp a.test\nstarttls verify some", ["script.verb.argument@2"]),
            ("connect smtp a.test\nrset => OK", ["script.verb.expectation@2"]),
            ("connect smtp a.test\nrset => refused", ["script.verb.expectation@2"]),
            ("connect smtp a.test => refused", []),
            ("connect tcp a.test:1 => 220", ["script.verb.expectation@1"]),
            ("connect smtp a.test\nreceive line => 250", ["script.verb.expectation@2"]),
            ("connect smtp a.test\nreceive lines", ["script.verb.usage@2"]),
            ("connect smtp a.test\nsend x as r", ["script.verb.tail@2"]),
            ("connect smtp a.test\nsend x => 250 as r\nexpect r.code == 250", []),
            (
                "connect smtp a.test\nrset => 250 or closed as r\nexpect r.code == 250",
                ["script.type.optional@3"]
            ),
            ("connect smtp a.test\npipeline {\ndata\nmail a@b\n}", ["script.verb.pipeline@3"]),
            ("connect smtp a.test\npipeline force {\ndata\nmail a@b\n}", []),
            ("connect smtp a.test\npipeline {\nlog \"x\"\n}", ["script.verb.pipeline@3"]),
            ("connect smtp a.test\nsend raw \"a\\r\\nb\"", []),
            // Reserved
            ("connect pop3 a.test\nlogin x", ["script.reserved@1"]),
            ("connect smtp a.test\ndeliver x => 250 as y\nlog y.text", ["script.reserved@2"]),
            ("resolve mx a.test as m\nfor x in m.addresses {\nlog x\n}", ["script.reserved@1"]),
            // Structure
            ("parallel {\nlog \"x\"\n}", ["script.syntax.structure@2"]),
            ("measure x = \"a\"", ["script.type.mismatch@1"]),
            ("measure x = 5s warn > 3", ["script.type.unit@1"]),
        ] as [(String, [String])]
    )
    func aMistakeIsReportedOnce(_ statements: String, _ expected: [String]) {
        #expect(complaintsInTest(statements) == expected, "\(statements)")
    }

    @Test(
        arguments: [
            ("param a: adress", ["script.name.kind@1"]),
            ("param a: address = x", ["script.type.literal@1"]),
            ("param a: duration = 30", ["script.type.literal@1"]),
            ("param a = 1\nparam a = 2", ["script.name.duplicate@2"]),
            ("secret p = env P\nparam a = ${p}", ["script.permission.secret@2"]),
            ("secret p = netrc host", ["script.reserved@1"]),
            ("secret p = environment P", ["script.name.setting@1"]),
            ("profile x {\na = 1\n}", ["script.name.setting@2"]),
            ("defaults {\nrctp = 5s\n}", ["script.name.setting@2"]),
            ("defaults {\nreply = 5s\nrcpt = 5m\nline = 4KB\nlines = 10\n}", []),
            ("timeouts rfc821", ["script.name.setting@1"]),
            ("secret p = env P\ntest \"a ${p}\" {\nlog \"x\"\n}", ["script.permission.secret@2"]),
            (
                "secret p = env P\ntest \"a\" {\nmeasure m = len(p)\n}",
                ["script.permission.secret@3"]
            ),
            (
                "secret p = env P\ntest \"a\" {\nlet x = p == \"a\"\nlog \"${x}\"\nmeasure m = "
                    + "5s\n}",
                []
            ),
            ("use \"b.parley\"", ["script.name.file@1"]),
            ("cases x in [1]", ["script.syntax.structure@1"]),
            ("before all {\nlog \"x\"\n}", ["script.reserved@1"]),
            ("suite \"s\" {\n}", ["script.reserved@1"]),
            ("server s smtp on 127.0.0.1:auto {\non rctp => 250\n}", ["script.verb.unknown@2"]),
            (
                "server s smtp on 127.0.0.1:auto {\non rcpt => 250 after 5\n}",
                ["script.type.literal@2"]
            ),
            ("server s smtp on ::1:25 {\n}", ["script.type.literal@1"]),
            ("server s smtp on 127.0.0.1:auto certificate old {\n}", ["script.verb.argument@1"]),
            ("dialogue a() {\ndo a()\n}", ["script.name.circle@2"]),
            ("dialogue a(x: nuber) {\n}", ["script.name.kind@1"]),
            ("dialogue a() {\nehlo x.test\nmial a@b\n}", ["script.verb.unknown@3"]),
        ] as [(String, [String])]
    )
    func aMistakeAtFileLevelIsReportedOnce(_ text: String, _ expected: [String]) {
        #expect(codes(text) == expected, "\(complaints(text))")
    }

    @Test func allMistakesAreReportedAtOnce() {
        let found = complaintsInTest(
            """
            connect smtp a.test
            ehol x
            expect hots == 1
            let x = 30s > 5
            """
        )
        #expect(found == ["script.verb.unknown@2", "script.name.unknown@3", "script.type.unit@4"])
    }
}
