import Foundation
import ParleyAssist
import ParleyDiagnostics
import ParleySemantics
import ParleySyntax
import ParleyVerbs
import ParleyWire
import Testing

@Suite("What is told of a word")
struct TellingTests {
    @Test(arguments: [
        (body("expect lim‸it > 20s"), "limit: duration", "bound at typed.parley:12:9"),
        (body("expect hello.co‸de == 250"), "code: code", "three digits"),
        (body("expect tls.ver‸sion == TLSv1.2"), "version: TLS version", ""),
        (body("expect ban‸ner == \"x\""), "banner: string", "greeting"),
        (body("b‸ox: noop"), "box: session", "bound at"),
        (body("ma‸il <>"), "=> 2xx", "begin a transaction"),
        (body("start‸tls"), "=> 2xx", "the server must offer STARTTLS"),
        (body("da‸ta"), "=> 3xx", "RFC 5321"),
        (body("mail <> RE‸T=FULL"), "RET=FULL|HDRS", "RFC 3461"),
        (body("mail <> => 55‸0 5.1.1"), "550", "stays"),
        (body("mail <> => 550 5.1.‸1"), "5.1.1", "addresses"),
        (body("mail <> => a‸ny"), "any", "well-formed"),
        (body("exp‸ect true"), "expect", "note a failure"),
        (body("expect le‸n(\"x\") == 1"), "len(x): int", "octets"),
        (body("expect hello.took < 3‸0s"), "30s", "30.0 seconds"),
        (body("connect smt‸ps h"), "protocol smtps", "465"),
        ("test \"t\" fails smtp.rep‸ly {\n}", "smtp.reply", "another reply"),
        ("server s smtp on h:auto {\n    on r‸cpt => drop\n}", "on rcpt", "recipient"),
        ("server s smtp on h:auto {\n    on rcpt => dr‸op\n}", "drop", "close the connection"),
    ])
    func `a word is told of`(_ text: String, _ title: String, _ line: String) throws {
        let telling = try #require(try Typed(text).telling, "\(text)")
        #expect(telling.title.contains(title), "\(telling)")
        #expect(line.isEmpty || telling.lines.contains { $0.contains(line) }, "\(telling)")
    }

    @Test(arguments: [
        (body("mail ‸"), "mail REVERSE-PATH [PARAMETERS…] [unoffered] => 2xx"),
        (body("data ‸"), "data => 3xx"),
        (body("connect ‸"), "connect PROTOCOL HOST[:PORT] [CLAUSES…] => 2xx"),
        (body("expect ‸"), "expect: note a failure"),
        (body("let x = hmac(\"a\", ‸"), "hmac(key, x): string"),
        (body("do greet(‸"), "do greet(name: domain)"),
        ("server s smtp on h:auto {\n    on ‸\n}", "on VERB"),
        ("server s smtp on h:auto {\n    latency ‸\n}", "latency 50ms"),
    ])
    func `a hint says how it is written and what it demands`(
        _ text: String,
        _ line: String
    ) throws {
        let typed = try Typed(text)
        let assistant = Assistant(typed.study, at: typed.offset)
        let hint = try #require(assistant.hint(for: typed.source, at: typed.offset), "\(text)")
        #expect(hint.line.hasPrefix(line), "\(hint.line)")
    }

    @Test func `the argument of a function that is due is counted`() throws {
        let typed = try Typed(body("let x = hmac(lower(\"a,b\"), ‸"))
        let assistant = Assistant(typed.study, at: typed.offset)
        let hint = try #require(assistant.hint(for: typed.source, at: typed.offset))
        #expect(hint.arguments == ["key", "x"] && hint.argument == 1)
    }
}

@Suite("What a place sees")
struct SurroundingsTests {
    private func names(_ text: String) throws -> [String: String] {
        let around = try Typed(text).surroundings
        let pairs = around.names.map { ($0.name, $0.kindName(in: around)) }
        return Dictionary(pairs) { first, _ in first }
    }

    @Test func `names have their kinds, those of other blocks and of later lines are not seen`()
        throws
    {
        let text = """
            param host = h
            test "a" {
                let before = 1
                if true {
                    let inner = 2s
                    ‸
                }
                let after = 3
            }
            test "b" {
                let other = 4
            }
            """
        let names = try names(text)
        #expect(names["host"] == "string" && names["before"] == "int")
        #expect(names["inner"] == "duration")
        #expect(names["after"] == nil && names["other"] == nil)
    }

    @Test func `the session is the latest that is open there, in the block that is not closed yet`()
        throws
    {
        let text = """
            test "a" {
                connect smtp one as first
                connect lmtp two:24 as second
                close
                ma‸
            """
        let around = try Typed(text).surroundings
        #expect(around.currentSession?.label == "first")
        #expect(around.currentSession?.spec?.name == "smtp")
        #expect(around.session(labelled: "second")?.isOpen == false)
    }

    @Test func `a dialogue sees its parameters and the session of who does it`() throws {
        let text = """
            dialogue d(name: domain) {
                ‸
            }
            test "a" {
                connect lmtp h:24
                do d("x")
            }
            """
        let around = try Typed(text).surroundings
        #expect(around.name("name") != nil)
        #expect(around.currentSession?.spec?.name == "lmtp")
    }

    @Test func `a dialogue that nobody does speaks on a session of its own`() throws {
        let text = """
            dialogue d(name: domain) {
                ehlo ${name}
                ‸
            }
            test "a" {
                connect lmtp h:24
                quit
            }
            """
        let typed = try Typed(text)
        #expect(typed.study.diagnostics.isEmpty, "\(typed.study.diagnostics.map(\.message))")
        #expect(typed.surroundings.sessions.map(\.label) == ["caller"])
        #expect(typed.surroundings.currentSession?.spec?.name == "smtp")
    }

    @Test func `one study tells every place what it sees and no more`() throws {
        let text = """
            let a = 1
            dialogue d(x: int) {
                let b = x
            }
            test "one" {
                connect smtp h as first
                let a1 = 1
                if a1 == 1 {
                    connect lmtp h:24 as second
                    let c = 2
                    noop
                }
                let a2 = 2
            }
            test "two" {
                connect lmtp h:24
                do d(1)
            }
            """
        let typed = try Typed(text + "‸")
        func seen(_ needle: String) throws -> (names: [String], sessions: [String]) {
            let place = try #require(text.range(of: needle))
            let offset = text.utf8.distance(from: text.startIndex, to: place.lowerBound)
            let around = typed.study.surroundings(at: offset)
            let sessions = around.sessions.filter(\.isOpen).map(\.label)
            return (around.names.map(\.name), sessions)
        }
        #expect(try seen("connect smtp") == (["a", "d"], []))
        #expect(try seen("let a1") == (["a", "d", "first"], ["first"]))
        let inner = try seen("noop")
        #expect(inner == (["a", "a1", "c", "d", "first", "second"], ["first", "second"]))
        #expect(try seen("let a2") == (["a", "a1", "d", "first"], ["first"]))
        #expect(try seen("do d(1)") == (["a", "d"], ["lmtp"]))
        #expect(try seen("let b") == (["a", "d", "x"], ["lmtp"]))
        #expect(try seen("let a = 1") == (["a", "d"], []))
    }

    @Test func `every use of a name leads to where it is bound`() throws {
        let typed = try Typed(body("expect li‸mit > 1s\n    log \"${limit}\""))
        let names = typed.study.names
        let use = try #require(names.occurrence(at: typed.offset, in: typed.source))
        let all = names.occurrences(of: use.definition)
        #expect(all.count == 3 && all.filter(\.isDefinition).count == 1)
        #expect(all.allSatisfy { typed.source.text($0.place.range) == "limit" })
    }

    @Test func `help never stumbles, wherever a text is cut and whatever it is`() throws {
        let script = body("expect offers AUTH [PLAIN] and hello.lines[0].count > (1 + 2)")
        let bytes = Array(script.utf8)
        var generator = SystemRandomNumberGenerator()
        for cut in stride(from: 0, through: bytes.count, by: 7) {
            var text = Array(bytes[..<cut])
            if cut % 2 == 1, cut > 0 {
                text[Int.random(in: 0..<cut, using: &generator)] = .random(in: 0...255)
            }
            let source = SourceText(name: "typed.parley", bytes: text)
            let tree = Parser.parse(source).tree
            let study = Checker.study(tree, registry: Protocols.registry) { _, _ in
                .failure(LoadFailure("none"))
            }
            for isConversation in [false, true] {
                var assistant = Assistant(study, at: cut)
                assistant.isConversation = isConversation
                let proposals = assistant.proposals(for: source, at: cut)
                #expect(proposals.range.start <= cut && proposals.range.end == cut)
                _ = assistant.hint(for: source, at: cut)
            }
            _ = study.telling(at: cut)
        }
    }
}
