import ParleyVerbs
import ParleyWire
import Testing

@Suite struct IMAPClientTests {
    @Test(arguments: [
        ("* OK ready\r\n", "not authenticated", false), ("* PREAUTH hi\r\n", "authenticated", true),
        ("* BYE full\r\n", "closed", false),
    ])
    func `the greeting says where the session begins`(
        greeting: String,
        state: String,
        isAuthenticated: Bool
    ) throws {
        let client = try IMAPTalk(greeting).client
        #expect(client.state == state)
        #expect(client.isAuthenticated == isAuthenticated)
    }

    @Test func `a greeting is OK, PREAUTH or BYE and nothing else`() throws {
        for wire in ["* NO\r\n", "* 3 EXISTS\r\n", "A1 OK x\r\n", "+ x\r\n", "220 x\r\n"] {
            let client = IMAPClient()
            bytes(wire).withUnsafeBytes { client.receive($0) }
            #expect(throws: WireError.self, "\(wire)") { try client.nextReply() }
        }
    }

    @Test(
        arguments: [
            ("select", ["INBOX"], "A1 SELECT INBOX\r\n"),
            ("select", ["My box"], "A1 SELECT \"My box\"\r\n"),
            ("select", ["a\"b\\c"], "A1 SELECT \"a\\\"b\\\\c\"\r\n"),
            ("select", ["Entwürfe & mehr"], "A1 SELECT \"Entw&APw-rfe &- mehr\"\r\n"),
            ("select", ["台北"], "A1 SELECT &U,BTFw-\r\n"),
            ("select", [""], "A1 SELECT \"\"\r\n"), ("select", ["NIL"], "A1 SELECT \"NIL\"\r\n"),
            ("examine", ["x"], "A1 EXAMINE x\r\n"),
            ("create", ["x"], "A1 CREATE x\r\n"), ("delete", ["x"], "A1 DELETE x\r\n"),
            ("rename", ["x", "y z"], "A1 RENAME x \"y z\"\r\n"),
            ("subscribe", ["x"], "A1 SUBSCRIBE x\r\n"),
            ("unsubscribe", ["x"], "A1 UNSUBSCRIBE x\r\n"),
            ("list", [], "A1 LIST \"\" \"*\"\r\n"), ("list", ["A%"], "A1 LIST \"\" \"A%\"\r\n"),
            ("list", ["~x/", "*"], "A1 LIST \"~x/\" \"*\"\r\n"),
            ("status", ["x"], "A1 STATUS x (MESSAGES UIDNEXT UIDVALIDITY UNSEEN)\r\n"),
            ("status", ["x", "unseen", "size"], "A1 STATUS x (unseen size)\r\n"),
            ("namespace", [], "A1 NAMESPACE\r\n"), ("id", [], "A1 ID NIL\r\n"),
            ("id", ["name", "parley", "os", ""], "A1 ID (\"name\" \"parley\" \"os\" \"\")\r\n"),
            ("getquota", [], "A1 GETQUOTA \"\"\r\n"),
            ("getquotaroot", ["INBOX"], "A1 GETQUOTAROOT INBOX\r\n"),
            ("enable", ["UTF8=ACCEPT"], "A1 ENABLE UTF8=ACCEPT\r\n"),
            ("idle", [], "A1 IDLE\r\n"), ("noop", [], "A1 NOOP\r\n"),
            ("capability", [], "A1 CAPABILITY\r\n"), ("logout", [], "A1 LOGOUT\r\n"),
        ] as [(String, [String], String)]
    )
    func `a verb goes out as its RFC has it`(name: String, words: [String], line: String) throws {
        let talk = try IMAPTalk.loggedIn("IMAP4rev1 ID IDLE NAMESPACE QUOTA ENABLE UNSELECT")
        #expect(text(try talk.begin(try imapCall(name, words)).bytes) == line)
    }

    @Test(
        arguments: [
            ("search", [], "A2 SEARCH ALL\r\n"),
            (
                "search", ["unseen", "(or", "from", "a", "to", "b)"],
                "A2 SEARCH unseen (or from a to b)\r\n"
            ),
            ("search", ["subject", "two words"], "A2 SEARCH subject \"two words\"\r\n"),
            ("search", ["header", "Message-ID", "<a@b>"], "A2 SEARCH header Message-ID <a@b>\r\n"),
            ("search", ["text", "\""], "A2 SEARCH text \"\\\"\"\r\n"),
            ("fetch", ["1"], "A2 FETCH 1 (FLAGS INTERNALDATE BODY.PEEK[])\r\n"),
            ("fetch", ["1:*", "flags"], "A2 FETCH 1:* flags\r\n"),
            ("fetch", ["2,4:5", "flags", "uid"], "A2 FETCH 2,4:5 (flags uid)\r\n"),
            (
                "fetch", ["1", "(body[header.fields", "(subject", "to)])"],
                "A2 FETCH 1 (body[header.fields (subject to)])\r\n"
            ),
            (
                "store", ["1", "+flags", "\\Deleted", "$Junk"],
                "A2 STORE 1 +FLAGS (\\Deleted $Junk)\r\n"
            ),
            ("store", ["1", "flags.silent"], "A2 STORE 1 FLAGS.SILENT ()\r\n"),
            ("copy", ["1:3", "Old mail"], "A2 COPY 1:3 \"Old mail\"\r\n"),
            ("move", ["$", "Müll"], "A2 MOVE $ M&APw-ll\r\n"), ("expunge", [], "A2 EXPUNGE\r\n"),
            ("unselect", [], "A2 UNSELECT\r\n"),
            ("uid", ["fetch", "7", "flags"], "A2 UID FETCH 7 flags\r\n"),
            ("uid", ["store", "7", "-flags", "\\Seen"], "A2 UID STORE 7 -FLAGS (\\Seen)\r\n"),
            ("uid", ["expunge", "7:9"], "A2 UID EXPUNGE 7:9\r\n"),
        ] as [(String, [String], String)]
    )
    func `so does a verb on messages`(name: String, words: [String], line: String) throws {
        let talk = try IMAPTalk.selected("IMAP4rev1 MOVE UNSELECT UIDPLUS")
        #expect(text(try talk.begin(try imapCall(name, words)).bytes) == line)
    }

    @Test func `what is inserted is data and never syntax`() throws {
        func sent(_ word: String) throws -> String {
            var call = try imapCall("search", ["subject", word])
            call.arguments[1].isInserted = true
            return text(try IMAPTalk.selected().begin(call).bytes)
        }
        #expect(try sent("a) ALL (b") == "A2 SEARCH subject \"a) ALL (b\"\r\n")
        #expect(try sent("(x") == "A2 SEARCH subject \"(x\"\r\n")
        #expect(try sent("*") == "A2 SEARCH subject *\r\n")
        #expect(try sent("plain") == "A2 SEARCH subject plain\r\n")
        for (name, words) in [
            ("fetch", ["1 2", "flags"]), ("fetch", ["1", "a b"]), ("store", ["x", "flags"]),
            ("copy", ["1)", "x"]),
        ] {
            let client = try IMAPTalk.selected().client
            #expect(imapReason(client, try imapCall(name, words)) == "script.verb", "\(name)")
        }
    }

    @Test func `octets that no quotes can hold travel as literals`() throws {
        let talk = try IMAPTalk.selected()
        let (sent, reply) = try talk.run(
            "search",
            "subject",
            "zażółć",
            answers: "+ go on\r\n",
            "* SEARCH 3\r\nA2 OK done\r\n"
        )
        #expect(sent == "A2 SEARCH CHARSET UTF-8 subject {10}\r\nzażółć\r\n")
        #expect(reply.lines == ["SEARCH 3", "done"])
        // With LITERAL+ nobody waits, with LITERAL- only for large ones.
        let plus = try IMAPTalk.loggedIn("IMAP4rev1 LITERAL+")
        let call = try imapCall(
            "append",
            ["INBOX", "a\nb\r\n"],
            clauses: ["flags": "\\Seen,\\Draft"]
        )
        #expect(
            text(try plus.begin(call).bytes)
                == "A1 APPEND INBOX (\\Seen \\Draft) {6+}\r\na\r\nb\r\n\r\n"
        )
        let minus = try IMAPTalk.loggedIn("IMAP4rev2")
        let large = String(repeating: "x", count: 5000)
        let begun = try minus.begin(try imapCall("append", ["INBOX", large]))
        #expect(text(begun.bytes) == "A1 APPEND INBOX {5000}\r\n")
        #expect(try minus.goOn("+ \r\n")?.bytes == bytes(large + "\r\n"))
        let small = try IMAPTalk.loggedIn("IMAP4rev2")
        let free = try small.begin(try imapCall("append", ["INBOX", "x"]))
        #expect(text(free.bytes) == "A1 APPEND INBOX {1+}\r\nx\r\n")
    }

    @Test func `a literal that the server refuses is not sent`() throws {
        let talk = try IMAPTalk.loggedIn()
        let (sent, reply) = try talk.run("append", "x", "m", answers: "A1 NO [TRYCREATE] no\r\n")
        #expect(sent == "A1 APPEND x {1}\r\n")
        #expect(reply.hasResponseCode("trycreate") && !reply.isPositive)
        #expect(imapReason(talk.client, try imapCall("noop", [])) == nil)
    }

    @Test func `a reply has its word, response code, text and what came before it`() throws {
        let talk = try IMAPTalk.loggedIn()
        let (_, reply) = try talk.run(
            "select",
            "INBOX",
            answers: "* 3 EXISTS\r\n* OK [UIDNEXT 9] next\r\nA1 OK [READ-WRITE] done\r\n"
        )
        #expect(reply.status?.word == .ok && reply.code == 0 && reply.verdict == "OK")
        #expect(reply.responseCode == "READ-WRITE" && reply.statusText == "[READ-WRITE] done")
        #expect(reply.lines == ["3 EXISTS", "OK [UIDNEXT 9] next", "[READ-WRITE] done"])
        #expect(reply.text == "3 EXISTS\nOK [UIDNEXT 9] next\n[READ-WRITE] done")
        #expect(talk.client.state == "selected" && talk.client.mailboxes == ["INBOX"])
        // A mailbox that cannot be opened closes the one before it (RFC 9051 §6.3.2).
        try talk.run("select", "gone", answers: "A2 NO no such mailbox\r\n")
        #expect(talk.client.state == "authenticated")
    }

    @Test func `capabilities count until TLS or a login may have changed them`() throws {
        let talk = try IMAPTalk()
        #expect(talk.client.capabilities?.authMechanisms == ["PLAIN"])
        #expect(talk.client.capabilities?.keywords == ["IMAP4REV1", "STARTTLS", "AUTH"])
        _ = try talk.begin(try imapCall("starttls", []), isEncrypted: false)
        let reply = try #require(try talk.reply("A1 OK go\r\n"))
        guard case .startTLS = try talk.client.resume(reply) else {
            Issue.record("TLS does not begin")
            return
        }
        talk.client.upgraded()
        #expect(talk.client.capabilities == nil && talk.client.state == "not authenticated")
        try talk.run("capability", answers: "* CAPABILITY IMAP4rev1 IDLE\r\nA2 OK x\r\n")
        #expect(talk.client.capabilities?.offers("idle") == true)
        try talk.run("login", "a", "b", answers: "A3 OK in\r\n")
        #expect(talk.client.capabilities == nil)
        let told = try IMAPTalk()
        try told.run("login", "a", "b", answers: "A1 OK [CAPABILITY IMAP4rev1 MOVE] in\r\n")
        #expect(told.client.capabilities?.offers("MOVE") == true)
    }

    @Test(
        arguments: [
            ("* OK hi\r\n", "select", ["INBOX"], "smtp.out-of-turn"),
            ("* PREAUTH hi\r\n", "login", ["a", "b"], "smtp.out-of-turn"),
            ("* PREAUTH hi\r\n", "starttls", [], "smtp.out-of-turn"),
            ("* PREAUTH hi\r\n", "fetch", ["1"], "smtp.out-of-turn"),
            ("* PREAUTH hi\r\n", "idle", [], "smtp.not-offered"),
            ("* PREAUTH [CAPABILITY IMAP4rev1] hi\r\n", "idle", [], "smtp.not-offered"),
            ("* PREAUTH [CAPABILITY IMAP4rev2] hi\r\n", "idle", [], nil),
            ("* OK [CAPABILITY LOGINDISABLED] hi\r\n", "login", ["a", "b"], "smtp.not-offered"),
            ("* OK hi\r\n", "auth", ["plain", "a", "b"], "auth.mechanism"),
            ("* OK [CAPABILITY AUTH=LOGIN] hi\r\n", "auth", ["plain", "a", "b"], "auth.mechanism"),
            ("* BYE hi\r\n", "noop", [], "smtp.out-of-turn"),
        ] as [(String, String, [String], String?)]
    )
    func `turn and offer are judged before anything is sent`(
        greeting: String,
        name: String,
        words: [String],
        expected: String?
    ) throws {
        let talk = try IMAPTalk(greeting)
        #expect(imapReason(talk.client, try imapCall(name, words)) == expected)
        guard expected?.hasPrefix("smtp.") == true, !greeting.contains("BYE") else { return }
        let admitted = try imapCall(name, words, admitsRefusal: true)
        #expect(imapReason(try IMAPTalk(greeting).client, admitted) == nil)
    }

    @Test func `a password does not travel in clear, and is marked where it goes`() throws {
        let talk = try IMAPTalk()
        let call = try imapCall("login", ["anna", "open sesame"])
        #expect(imapReason(talk.client, call, isEncrypted: false) == "auth.clear")
        // What stands in the password's place is one, though it was typed as a word.
        let sent = try talk.begin(call)
        #expect(text(sent.bytes) == "A1 LOGIN anna \"open sesame\"\r\n")
        #expect(sent.secretRanges.map { text(Array(sent.bytes[$0])) } == ["open sesame"])
        // As a literal, too.
        let long = try IMAPTalk("* OK [CAPABILITY LITERAL+] x\r\n")
        var secret = call
        secret.arguments[1].bytes = bytes("pässword")
        let literal = try long.begin(secret)
        #expect(text(literal.bytes) == "A1 LOGIN anna {9+}\r\npässword\r\n")
        #expect(literal.secretRanges.map { text(Array(literal.bytes[$0])) } == ["pässword"])
    }

    @Test func `mailboxes are learnt from what the server lists`() throws {
        let talk = try IMAPTalk.loggedIn()
        try talk.run(
            "list",
            answers: "* LIST () \"/\" INBOX\r\n* LIST (\\Noselect) NIL \"a \\\"b\\\"\"\r\n"
                + "* LIST () \"/\" {4}\r\nx  y\r\n* LIST () \"/\" M&APw-ll\r\n* LIST ( \"/\r\n"
                + "* LIST () \"/\" INBOX\r\nA1 OK done\r\n"
        )
        #expect(talk.client.mailboxes == ["INBOX", "a \"b\"", "x  y", "Müll"])
    }

    @Test func `mailboxes that are made, renamed and removed are known as they are`() throws {
        let talk = try IMAPTalk.loggedIn()
        try talk.run("create", "new", answers: "A1 OK done\r\n")
        try talk.run("create", "refused", answers: "A2 NO over quota\r\n")
        try talk.run("select", "inbox", answers: "A3 OK done\r\n")
        try talk.run("rename", "new", "newer", answers: "A4 OK done\r\n")
        #expect(talk.client.mailboxes == ["INBOX", "newer"])
        try talk.run("delete", "newer", answers: "A5 OK done\r\n")
        #expect(talk.client.mailboxes == ["INBOX"])
    }

    @Test func `a server that lists without end is listened to for so long`() throws {
        let talk = try IMAPTalk.loggedIn()
        let rows = (0..<2100).map { "* LIST () \"/\" m\($0)\r\n" }.joined()
        let long = "* LIST () \"/\" \(String(repeating: "x", count: 1025))\r\n"
        try talk.run("list", answers: long + rows + "A1 OK done\r\n")
        #expect(talk.client.mailboxes.count == 2000)
        #expect(talk.client.mailboxes.first == "m0" && talk.client.mailboxes.last == "m1999")
    }

    @Test func `modified UTF-7 goes both ways, and what is none stays as it is`() {
        for name in ["INBOX", "Entwürfe", "台北/日本語", "a & b", "😀", ""] {
            #expect(ModifiedUTF7.decode(ModifiedUTF7.encode(name)) == name)
        }
        #expect(
            text(ModifiedUTF7.encode("~peter/mail/台北/日本語")) == "~peter/mail/&U,BTFw-/&ZeVnLIqe-"
        )
        for odd in ["a&b", "&!-", "&AA-", "Ünicode"] {
            #expect(ModifiedUTF7.decode(bytes(odd)) == odd)
        }
    }
}
