import ParleyAssist
import ParleyDiagnostics
import ParleySemantics
import ParleySyntax
import ParleyVerbs
import ParleyWire
import Testing

@Suite("What may stand at a place")
struct CompletionTests {
    @Test(arguments: [
        ("‸", ["test", "param", "server", "use", "let"], ["ehlo", "expect", "connect"]),
        (
            body("‸"), ["expect", "ehlo", "mail", "box:", "connect", "send", "if"],
            ["test", "lhlo"]
        ),
        (body("ma‸"), ["mail"], ["ehlo"]),
        (body("box: ‸"), ["ehlo", "expect", "close", "pipeline"], ["connect", "if", "box:"]),
        (body("pipeline {\n ‸\n}"), ["mail", "rcpt"], ["expect", "connect"]),
        (body("parallel {\n ‸\n}"), ["step", "do"], ["mail"]),
        (body("} ‸"), ["else"], []),
        ("test \"t\" {\n    ‸\n}", ["connect", "expect"], ["ehlo", "send"]),
        ("test \"t\" {\n    connect smtp mx.test\n    ‸", ["ehlo", "send"], ["test"]),
        ("test \"t\" {\n    connect lmtp mx.test:24\n    ‸\n}", ["lhlo"], ["ehlo", "helo"]),
        ("test \"a\" {\n    connect smtp h\n}\n\n‸", ["test"], ["ehlo"]),
    ])
    func `a line begins with`(_ text: String, _ there: [String], _ absent: [String]) throws {
        let words = try Typed(text).words
        for word in there { #expect(words.contains(word), "\(word) in \(words)") }
        for word in absent { #expect(!words.contains(word), "\(word) in \(words)") }
    }

    @Test(arguments: [
        ("connect ‸", ["smtp", "smtps", "lmtp", "tcp"], ["pop3"]),
        ("connect smtp h ‸", ["verify", "name", "via", "=>", "within", "as"], ["smtp"]),
        ("connect smtp h verify ‸", ["full", "chain", "none"], ["ca"]),
        ("connect smtp h min ‸", ["TLSv1.2"], ["true"]),
        ("connect smtp h in ‸", ["clear"], ["verify"]),
        ("connect smtp ‸", ["${grey.address}"], ["${pass}"]),
        ("auth ‸", ["plain", "best", "scram-sha-256"], []),
        ("auth plain ${user} ‸", ["${pass}"], []),
        ("mail ‸", ["${user}", "${probe.sender}"], ["SIZE=", "${limit}"]),
        ("mail ${user} ‸", ["SIZE=", "BODY=", "RET=", "=>", "unoffered"], ["FULL"]),
        ("mail ${user} SIZE=10 ‸", ["RET="], ["SIZE="]),
        ("mail ${user} RET=‸", ["FULL", "HDRS"], ["RET="]),
        ("rcpt ${user} NOTIFY=‸", ["NEVER", "FAILURE"], []),
        ("ehlo ‸", ["${probe.name}", "=>"], []),
        ("start ‸", ["grey"], ["box"]),
        ("close ‸", ["now", "reset", "half"], ["=>"]),
        ("receive ‸", ["line", "reply", "until"], []),
        ("quit => ‸", ["221", "2xx", "5xx", "any", "closed", "timeout"], ["refused"]),
        ("connect smtp h => ‸", ["220", "refused"], []),
        ("data => ‸", ["354", "3xx"], []),
        ("connect imap h => ‸", ["OK", "PREAUTH", "any"], ["220", "2xx"]),
        ("quit => 221 ‸", ["matching", "or", "within", "as", "else"], ["=>"]),
        ("quit => 221 or ‸", ["any", "5xx"], ["or"]),
        ("quit => 221 else ‸", ["warn"], ["or"]),
        ("quit within ‸", ["${limit}"], ["=>"]),
        ("quit => 221 within 5s ‸", ["as", "else"], ["within", "or"]),
        ("connect smtp h as again resume ‸", [], ["verify"]),
        ("starttls resume ‸", ["auto", "box"], []),
    ])
    func `behind a verb stand its arguments, clauses and tail`(
        _ line: String,
        _ there: [String],
        _ absent: [String]
    ) throws {
        let words = try Typed(body(line)).words
        for word in there { #expect(words.contains(word), "\(line): \(word) in \(words)") }
        for word in absent { #expect(!words.contains(word), "\(line): \(word) in \(words)") }
    }

    @Test(arguments: [
        ("select ‸", ["INBOX", "Archive/2024", "\"Sent Items\"", "Entwürfe", "\"as\""]),
        ("select in‸", ["INBOX"]), ("select Se‸", ["\"Sent Items\"", "\"Sent\""]),
        ("select \"Sent I‸", ["\"Sent Items\""]), ("select \"IN‸", ["\"INBOX\""]),
        ("examine Ent‸", ["Entwürfe"]), ("create Arch‸", ["Archive/2024"]),
        ("delete Arch‸", ["Archive/2024"]), ("rename Arch‸", ["Archive/2024"]),
        ("rename INBOX Arch‸", ["Archive/2024"]), ("subscribe Arch‸", ["Archive/2024"]),
        ("unsubscribe Arch‸", ["Archive/2024"]), ("list Arch‸", ["Archive/2024"]),
        ("status Arch‸", ["Archive/2024"]), ("append Arch‸", ["Archive/2024"]),
        ("getquotaroot Arch‸", ["Archive/2024"]), ("copy 1:* Arch‸", ["Archive/2024"]),
        ("move 1:* Arch‸", ["Archive/2024"]), ("select nothing‸", []), ("copy Arch‸", []),
        ("select q‸", ["\"q\\\"uote\""]), ("append fl‸", ["\"flags\""]),
    ])
    func `a mailbox is proposed as the word that names it`(
        _ line: String,
        _ mailboxes: [String]
    ) throws {
        let head = "test \"t\" {\n    connect imap mx.test\n    login a bbbb\n    "
        let typed = try Typed(head + line + "\n}")
        let proposals = typed.proposals {
            $0.mailboxes = [
                0: [
                    "INBOX", "Archive/2024", "Sent Items", "Entwürfe", "as", "q\"uote", "flags",
                    "Sent",
                ],
                1: ["of another session"],
            ]
        }
        let words = proposals.list.filter { $0.role == .mailbox }.map(\.text)
        #expect(
            line == "select ‸" ? words.starts(with: mailboxes) : words == mailboxes,
            "\(line): \(words)"
        )
        // Each of them is read as one word that stands for the name.
        for word in words {
            let line = head + "append \(word) \"x\"\n}\n"
            #expect(Parser.parse(SourceText(name: "", line)).diagnostics.isEmpty, "\(word)")
        }
    }

    @Test func `INBOX is proposed where nothing is known, and a label's session is asked`() throws {
        let text = "test \"t\" {\n    connect imap a as one\n    connect imap b as two\n    "
        let unknown = try Typed(text + "select ‸\n}").proposals()
        #expect(unknown.list.first?.text == "INBOX")
        let known: [Int: [String]] = [0: ["first"], 1: ["second"]]
        let labelled = try Typed(text + "one: select f‸\n}").proposals { $0.mailboxes = known }
        #expect(labelled.list.first?.text == "first")
        let current = try Typed(text + "select ‸\n}").proposals { $0.mailboxes = known }
        #expect(current.list.prefix(2).map(\.text) == ["INBOX", "second"])
    }

    @Test(arguments: [
        (
            "expect ‸", ["limit", "hello", "tls", "banner", "offers", "not", "len", "true", "run"],
            []
        ),
        ("expect li‸", ["limit", "lines"], ["banner"]),
        ("expect hello.‸", ["code", "enhanced", "text", "took"], ["version", "limit"]),
        ("expect hello.lines.‸", ["count", "first"], ["code"]),
        ("expect hello.lines[0].‸", ["count"], ["code"]),
        ("expect (hello).co‸", ["code"], ["text"]),
        ("expect box.‸", ["tls", "banner", "state"], ["code"]),
        ("expect cert.key.‸", ["kind", "size"], []),
        ("expect grey.‸", ["address", "log"], []),
        ("expect run.‸", ["id", "seed"], ["name"]),
        ("expect probe.‸", ["name", "sender"], ["id"]),
        ("expect len(hello.‸", ["text"], []),
        ("expect cert ‸", ["covers", "dane-ok", "else"], ["count", "same-as"]),
        ("expect grey.log ‸", ["count"], ["covers"]),
        ("expect grey.log count ‸", ["rcpt", "body"], ["limit"]),
        ("expect offers ‸", ["STARTTLS", "SIZE", "AUTH", "PIPELINING"], ["limit"]),
        ("expect offers AUTH [‸", ["PLAIN", "SCRAM-SHA-256"], ["limit"]),
        ("expect hello.code == 250 ‸", ["and", "or", "else"], ["hello"]),
        ("expect hello.code == 250 and ‸", ["hello", "not"], ["or"]),
        ("expect banner matches ‸", [], ["limit"]),
        ("expect true else ‸", ["warn"], ["limit"]),
        ("measure m = hello.took ‸", ["warn", "fail"], ["hello"]),
        ("for x in ‸", ["hello", "lines"], []),
        ("for x in hello.lines ‸", ["parallel", "within"], []),
        ("log \"took ${hello.‸", ["took"], ["limit"]),
        ("rcpt a@${hello.‸", ["text"], ["limit"]),
        ("let x = (hello.code +\n ‸", ["limit", "hello"], ["expect"]),
        ("do ‸", ["greet"], ["limit"]),
        ("eventually ‸", ["within", "every"], []),
        ("for line in hello.lines {\n ‸\n}", ["expect"], []),
        ("for line in hello.lines {\n expect ‸\n}", ["line"], []),
    ])
    func `an expression goes on with`(
        _ line: String,
        _ there: [String],
        _ absent: [String]
    ) throws {
        let words = try Typed(body(line)).words
        for word in there { #expect(words.contains(word), "\(line): \(word) in \(words)") }
        for word in absent { #expect(!words.contains(word), "\(line): \(word) in \(words)") }
    }

    @Test(arguments: [
        ("test \"t\" ‸", ["tags", "timeout", "retry", "fails"], ["ehlo"]),
        ("test \"a\" tags [fast] {\n}\ntest \"t\" tags [‸", ["fast"], ["tags"]),
        ("param x: ‸", ["duration", "address"], ["session"]),
        ("dialogue d(a: ‸", ["session", "duration"], []),
        ("secret x = ‸", ["env", "prompt"], ["netrc"]),
        ("timeouts ‸", ["rfc5321"], []),
        ("before ‸", ["each", "all"], []),
        ("defaults {\n    ‸\n}", ["greeting", "line", "mail"], ["test\t"]),
        ("param host = h\nprofile p {\n    ‸\n}", ["host"], []),
        ("server s ‸", ["smtp", "lmtp"], []),
        ("server s smtp on 127.0.0.1:auto ‸", ["certificate", "name"], ["on"]),
        ("server s smtp on 127.0.0.1:auto certificate ‸", ["expired"], ["name"]),
        ("server s smtp on h:auto {\n    ‸\n}", ["on", "greet", "at", "latency"], ["expect"]),
        ("server s smtp on h:auto {\n    on ‸\n}", ["rcpt", "body", "greet", "lhlo"], ["on"]),
        ("server s smtp on h:auto {\n    on rcpt ‸\n}", ["first", "nth", "before", "=>"], []),
        ("server s smtp on h:auto {\n    on rcpt after ‸\n}", ["tls", "auth"], ["=>"]),
        ("server s smtp on h:auto {\n    on rcpt => 250 ‸\n}", ["drop", "dribble"], ["tls"]),
        ("server s smtp on h:auto {\n    on auth => sasl ‸\n}", ["wrong-nonce"], ["drop"]),
        ("server s smtp on h:auto {\n    connection 2 {\n    ‸\n}", ["on"], ["latency"]),
    ])
    func `a declaration goes on with`(
        _ text: String,
        _ there: [String],
        _ absent: [String]
    ) throws {
        let words = try Typed(text).words
        for word in there { #expect(words.contains(word), "\(text): \(word) in \(words)") }
        for word in absent { #expect(!words.contains(word), "\(text): \(word) in \(words)") }
    }

    @Test(arguments: [
        ("use \"co‸", "co"), ("use \"‸\"", ""), (body("let x = read(\"a/b‸"), "a/b"),
        (body("starttls ca ‸"), ""), (body("starttls ca pki/‸"), "pki/"),
        ("secret k = file ‸", ""),
    ])
    func `a file is asked for`(_ text: String, _ path: String) throws {
        #expect(try Typed(text).proposals().file == path)
    }

    @Test(arguments: [
        "# a com‸", body("mail \"a‸"), body("let x = \"a ‸"), body("expect 12‸"),
        body("let new‸"), body("connect smtp h as ‸"), body("rcpt a@b # ‸"),
        body("message m {\n    text \"\"\"\n        expect ‸\n        \"\"\"\n}"),
    ])
    func `nothing is proposed in comments, texts, numbers and new names`(_ text: String) throws {
        let proposals = try Typed(text).proposals()
        #expect(proposals.list.isEmpty && proposals.file == nil, "\(proposals.list.map(\.text))")
    }

    @Test func `what is replaced is the word up to the cursor`() throws {
        let typed = try Typed("test \"t\" {\n    connect sm‸tp\n}")
        let proposals = typed.proposals()
        #expect(typed.source.text(proposals.range) == "sm")
        let field = try Typed(body("expect hello.co‸"))
        #expect(field.source.text(field.proposals().range) == "co")
        let value = try Typed(body("mail <> RET=F‸"))
        #expect(value.source.text(value.proposals().range) == "F")
    }

    private func reply(_ text: String) throws -> Reply {
        var parser = ReplyParser(limits: WireLimits())
        Array(text.utf8).withUnsafeBytes { parser.append($0) }
        return try #require(try parser.next())
    }

    @Test func `what the state or the server forbids comes last and says why`() throws {
        let reply = try reply("250-mx.test\r\n250-AUTH PLAIN LOGIN\r\n250 SIZE 100\r\n")
        let verbs = try Typed(body("‸")).proposals {
            $0.state = "ready"
            $0.capabilities = Capabilities(reply)
        }
        let rcpt = try #require(verbs.list.first { $0.text == "rcpt" })
        #expect(rcpt.obstacle == "not in state ‘ready’")
        let starttls = try #require(verbs.list.first { $0.text == "starttls" })
        #expect(starttls.obstacle == "not offered")
        #expect(verbs.list.first { $0.text == "mail" }?.obstacle == "")
        let mechanisms = try Typed(body("auth ‸")).proposals {
            $0.capabilities = Capabilities(reply)
        }
        #expect(mechanisms.list.prefix(3).map(\.text) == ["best", "plain", "login"])
        #expect(mechanisms.list.dropFirst(3).allSatisfy { $0.obstacle == "not offered" })
        let parameters = try Typed(body("mail <> ‸")).proposals {
            $0.capabilities = Capabilities(reply)
        }
        #expect(parameters.list.first { $0.text == "SIZE=" }?.obstacle == "")
        #expect(parameters.list.first { $0.text == "RET=" }?.obstacle == "not offered")
    }
}
