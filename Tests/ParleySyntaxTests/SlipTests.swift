import ParleyDiagnostics
import ParleySyntax
import Testing

/// What newcomers write, and the way out that they are told.
@Suite struct SlipTests {
    private func complaints(_ text: String) -> [String] {
        let diagnostics = assertParse(SourceText(name: "slip.parley", text)).1
        return diagnostics.map { "\($0.message); \($0.help ?? "")" }
    }

    @Test(
        arguments: [
            ("noop => 250 OK", "leave it out, or write `matching \"OK\"`"),
            ("noop => 250 Ok queued", "`matching \"Ok queued\"`"),
            ("noop => 250 matching OK", "`matching /OK/`, or `matching \"OK\"`"),
            ("noop => 250 contains \"OK\"", "write `matching \"text\"`"),
            ("noop => not 250", "`expect r.code != 250`"),
            ("noop => 2*", "write `2xx`"), ("noop => 25.", "write `25x`"),
            ("noop => 250-259", "write `25x`"), ("noop => 250/251", "`=> 250 or 251`"),
            ("expect banner matches ESMTP", "`matches /ESMTP/`, or `contains \"…\"`"),
            ("expect cert.remaining > 21 days", "right behind its number: `21d`"),
            ("expect offers AUTH PLAIN", "`offers AUTH [PLAIN]`"),
            ("expect reply 250", "write `reply.code == 250`"),
            ("expect capabilities has AUTH", "write `offers CAPABILITY`"),
            ("expect offer AUTH", "did you mean `offers`?"),
            ("expect banner ~ /x/", "write `matches`"),
            ("expect true else warn \"x\"", "the message stands before `else warn`"),
            ("expect offers SIZE > 10M", "did you mean `10MB`?"),
            ("expect tls.version >= TLS1.2", "a TLS version is written `TLSv1.2`"),
            ("expect (offers AUTH", "close it with `)`"),
            ("expect", "`expect offers STARTTLS`"),
            ("log hello world", "stands in quotes: `\"hello world\"`"),
            ("skip if true", "`if CONDITION {`"),
            ("let p = env PASS", "`secret NAME = env PASS`"),
            ("let x 5", "write `let x = 5`"),
            ("measure reply.took", "write `measure NAME = reply.took`"),
            (".", "write `send .`"),
        ]
    )
    func `a statement says what it should have been`(_ line: String, _ words: String) {
        let found = complaints("test \"t\" {\n    \(line)\n}\n")
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.contains(words) == true, "\(found)")
    }

    @Test(arguments: ["box: ", "box: # why", "box:  \n", "test \"a\" {\n    box: "])
    func `a label with nothing behind it is told, wherever the script ends`(_ text: String) {
        let found = complaints(text)
        #expect(
            found.contains { $0.hasPrefix("nothing stands behind the label; write") },
            "\(found)"
        )
    }

    @Test(
        arguments: [
            ("param host mail.example.net", "write `param host = mail.example.net`; the form is"),
            ("param", "the form is `param NAME[: KIND] [= VALUE]`"),
            ("param smtp host = x", "a name is one word"),
            ("secret x env X", "write `secret x = env X`"),
            ("secret x = $VAR", "write `env VAR`"),
            ("server mx on 127.0.0.1:auto {\n}", "write `server NAME smtp on 127.0.0.1:auto {`"),
            ("test \"t\" {\n    for i in 1..3 {\n    }\n}", "write `range(1, 3)`"),
            ("test \"t\" {\n    repeat 3 times {\n    }\n}", "leave ‘times’ out"),
            ("test \"t\" {\n    retry 3 {\n    }\n}", "`eventually within 60s every 1s {`"),
            ("test \"t\" {\n    data {\n    }\n}", "at last `send .`"),
            ("test \"t\"\n    connect smtp a.test\n", "end the line with ` {`"),
        ]
    )
    func `a declaration or a block says what it should have been`(_ text: String, _ words: String) {
        let found = complaints(text + "\n")
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.contains(words) == true, "\(found)")
    }

    @Test(
        arguments: [
            ("rcpt => 250", "write `on rcpt => 250`"),
            ("on rcpt -> 250", "write `on rcpt => 250`"),
            ("on rcpt 550", "write `on rcpt => 550`"),
            ("on rcpt nobody => 550", "`on rcpt /nobody/ => 250`"),
            ("greet 220", "write `greet => 220"),
            ("on rcpt => 550 no such user", "text stands in quotes: `550 \"no …\"`"),
            ("on ehlo => 250 offers STARTTLS", "write `offers [STARTTLS]`"),
            ("on rcpt => close", "did you mean `drop`?"),
        ]
    )
    func `a rule of a server says what it should have been`(_ line: String, _ words: String) {
        let found = complaints("server s smtp on 127.0.0.1:auto {\n    \(line)\n}\n")
        #expect(found.count == 1, "\(found)")
        #expect(found.first?.contains(words) == true, "\(found)")
    }
}
