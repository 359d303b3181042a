import Foundation
import Testing

/// A conversation over every feature, with the real process.
@Suite struct LanguageServerTests {
    typealias Object = LanguageClient.Object

    private static let uri = "untitled:one.parley"

    private static let script = """
        # ż 💥
        param host = mx.example.net
        dialogue hello(name: domain) {
            ehlo ${name}
        }

        test "it greets" tags [smtp] {
            connect smtp ${host} as box
            ehlo probe.test => 250 as greeting
            log "💥 ${greeting.code}"
            step "mail" {
                mail <> SIZE=10 => 250
            }
            quit => 221
        }

        """

    private func client(_ text: String = script) throws -> LanguageClient {
        let client = try LanguageClient()
        try client.initialize()
        try client.open(Self.uri, text)
        return client
    }

    /// The request's place: where `needle` stands, and so many units further.
    private func at(
        _ needle: String,
        plus: Int = 0,
        in text: String = script,
        _ more: Object = [:]
    ) throws -> Object {
        let place = try #require(text.range(of: needle), "\(needle)")
        let before = text[..<place.lowerBound]
        let line = before.filter { $0 == "\n" }.count
        let column = before.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
        return more.merging([
            "textDocument": ["uri": Self.uri],
            "position": ["line": line, "character": column.utf16.count + plus],
        ]) { $1 }
    }

    private func document(_ more: Object = [:]) -> Object {
        more.merging(["textDocument": ["uri": Self.uri]]) { $1 }
    }

    /// `line:character-line:character`
    private func text(_ range: Any?) -> String {
        let range = range as? Object
        let ends = ["start", "end"].map { name -> String in
            let place = range?[name] as? Object
            return "\(place?["line"] as? Int ?? -1):\(place?["character"] as? Int ?? -1)"
        }
        return ends.joined(separator: "-")
    }

    // MARK: - Life

    @Test func `it says what it can do, and ends with 0 after a goodbye`() throws {
        let client = try LanguageClient()
        let result = try client.initialize(encodings: ["utf-16", "utf-8"])
        let capabilities = try #require(result["capabilities"] as? Object)
        #expect(capabilities["positionEncoding"] as? String == "utf-8")
        #expect(capabilities["hoverProvider"] as? Bool == true)
        #expect((result["serverInfo"] as? Object)?["name"] as? String == "parley")
        #expect(try client.end() == 0)
    }

    @Test func `it ends with 1 where the client leaves without a goodbye`() throws {
        let client = try LanguageClient()
        try client.initialize()
        client.closeInput()
        #expect(client.exitCode() == 1)
        let other = try LanguageClient()
        try other.notify("exit")
        #expect(other.exitCode() == 1)
    }

    @Test func `what comes at the wrong time or is not known is refused by its code`() throws {
        let client = try LanguageClient()
        #expect(try client.failure("textDocument/hover") == -32002)
        try client.initialize()
        #expect(try client.failure("initialize") == -32600)
        #expect(try client.failure("parley/nothing") == -32601)
        #expect(try client.failure("textDocument/hover") == -32602)
        #expect(try client.failure("textDocument/hover", document()) == -32602)
        _ = try client.request("shutdown")
        #expect(try client.failure("textDocument/hover", document()) == -32600)
        try client.notify("exit")
        #expect(client.exitCode() == 0)
    }

    @Test func `a request is taken back before its turn, and answered so`() throws {
        let client = try client()
        // All in one write: the server reads it before it answers.
        let hover = try at("ehlo ${name}")
        var octets = Data()
        for id in 900...903 {
            octets += try LanguageClient.frame(
                ["jsonrpc": "2.0", "id": id, "method": "textDocument/hover", "params": hover]
            )
        }
        octets += try LanguageClient.frame(
            ["jsonrpc": "2.0", "method": "$/cancelRequest", "params": ["id": 903]]
        )
        try client.send(octets)
        let answer = try client.answer(to: 903)
        #expect((answer["error"] as? Object)?["code"] as? Int == -32800)
        #expect(client.notifications.allSatisfy { $0["error"] == nil })
        #expect(try client.end() == 0)
    }

    // MARK: - Frames

    @Test func `frames may be cut anywhere and come several at once`() throws {
        let client = try LanguageClient()
        let hello = try LanguageClient.frame(
            ["jsonrpc": "2.0", "id": 1, "method": "initialize", "params": ["capabilities": [:]]]
        )
        for byte in hello { try client.send(Data([byte])) }
        #expect(try client.answer(to: 1)["result"] != nil)
        let both = try LanguageClient.frame(["jsonrpc": "2.0", "id": 2, "method": "x/y"])
        try client.send(both + both.prefix(7))
        #expect(try client.answer(to: 2)["error"] != nil)
        try client.send(both.dropFirst(7))
        #expect(try client.answer(to: 2)["error"] != nil)
    }

    @Test(arguments: [
        "{", "nonsense", "\"\\ud83d", "[[[[[[[[", "\u{0}", String(repeating: "[", count: 200_000),
    ])
    func `what is no JSON is a parse error, and the talk goes on`(_ body: String) throws {
        let client = try client()
        try client.send(LanguageClient.frame(data: Data(body.utf8)))
        let error = try client.message()
        #expect((error["error"] as? Object)?["code"] as? Int == -32700, "\(error)")
        #expect(error["id"] is NSNull)
        #expect(try client.end() == 0)
    }

    @Test func `hostile frames and messages end nothing`() throws {
        let client = try client()
        var octets = Data("Content-Length: 99999999999999999999999\r\n\r\n".utf8)
        octets += Data(repeating: 0x41, count: 20_000) + Data("\r\n\r\n".utf8)
        octets += LanguageClient.frame(data: Data([0x22, 0xFF, 0x22]))
        for text in ["[]", "42", "null", "{}", #"{"id":[1],"method":"a"}"#, #"{"method":7}"#] {
            octets += LanguageClient.frame(data: Data(text.utf8))
        }
        for text in [
            #"{"method":"textDocument/didChange"}"#,
            #"{"method":"textDocument/didOpen","params":[]}"#,
            #"{"method":"$/cancelRequest","params":{"id":null}}"#,
            #"{"id":7,"result":null}"#, #"{"method":"textDocument/didClose","params":{}}"#,
        ] {
            octets += LanguageClient.frame(data: Data(text.utf8))
        }
        try client.send(octets)
        let far: Object = ["line": 1e300, "character": -4]
        try client.notify(
            "textDocument/didChange",
            [
                "textDocument": ["uri": Self.uri, "version": 2],
                "contentChanges": [["range": ["start": far, "end": far], "text": "# x\n"]],
            ]
        )
        _ = try client.request("textDocument/documentSymbol", document())
        #expect(try client.end() == 0)
    }

    // MARK: - Diagnostics

    @Test func `diagnostics come as a text is typed, with code, severity and related places`()
        throws
    {
        let client = try client()
        let wrong = """
            test "a" {
                connect smtp h
                elho x
                let a = 1
                let a = 2
                pause 5s
            }

            """
        try client.notify(
            "textDocument/didChange",
            [
                "textDocument": ["uri": Self.uri, "version": 7],
                "contentChanges": [["text": wrong]],
            ]
        )
        let found = try client.diagnostics(of: Self.uri)
        let verb = try #require(found.first { $0["code"] as? String == "script.verb.unknown" })
        #expect(verb["severity"] as? Int == 1 && verb["source"] as? String == "parley")
        #expect(text(verb["range"]) == "2:4-2:8")
        #expect((verb["message"] as? String)?.contains("did you mean ‘ehlo’?") == true)
        let twice = try #require(found.first { $0["code"] as? String == "script.name.duplicate" })
        let related = try #require((twice["relatedInformation"] as? [Object])?.first)
        #expect(text((related["location"] as? Object)?["range"]) == "3:8-3:9")
        // The linter's advice, too.
        #expect(found.contains { ($0["code"] as? String)?.hasPrefix("lint.") == true })
        let pulled = try client.request("textDocument/diagnostic", document()) as? Object
        #expect((pulled?["items"] as? [Object])?.count == found.count)
        try client.notify("textDocument/didClose", document())
        #expect(try client.diagnostics(of: Self.uri).isEmpty)
    }

    @Test func `incremental changes count UTF-16 and follow one upon the other`() throws {
        let client = try client("test \"💥\" {\n    log \"💥\" == nobody\n}\n")
        func change(_ line: Int, _ start: Int, _ end: Int, _ text: String) -> Object {
            [
                "range": [
                    "start": ["line": line, "character": start],
                    "end": ["line": line, "character": end],
                ], "text": text,
            ]
        }
        try client.notify(
            "textDocument/didChange",
            [
                "textDocument": ["uri": Self.uri, "version": 2],
                // Behind the emoji's two units; then what the first change has made.
                "contentChanges": [
                    change(1, 16, 22, "whoever"), change(1, 16, 23, "\"x\""),
                    change(0, 6, 8, "ż💥"),
                ],
            ]
        )
        let found = try client.diagnostics(of: Self.uri)
        #expect(!found.contains { $0["severity"] as? Int == 1 }, "\(found)")
        let symbols = try client.request("textDocument/documentSymbol", document()) as? [Object]
        #expect(symbols?.first?["name"] as? String == "ż💥")
        #expect(text(symbols?.first?["selectionRange"]) == "0:5-0:10")
    }

    // MARK: - Features

    @Test func `hover tells a name's kind, a verb's row and a reply's meaning`() throws {
        let client = try client()
        func hover(_ needle: String, plus: Int = 1) throws -> String {
            let result = try client.request("textDocument/hover", at(needle, plus: plus))
            return ((result as? Object)?["contents"] as? Object)?["value"] as? String ?? ""
        }
        #expect(try hover("greeting.code").contains("greeting: reply"))
        #expect(try hover("code}").contains("the three digits"))
        #expect(try hover("mail <>").contains("begin a transaction"))
        #expect(try hover("250 as").contains("done"))
        #expect(try hover("host}").contains("host: string"))
        #expect(try hover("# ż").isEmpty)
        let place = try client.request("textDocument/hover", at("greeting.code", plus: 1))
        #expect(text((place as? Object)?["range"]) == "9:14-9:22")
    }

    @Test func `completion knows the place, the session and the fields`() throws {
        let client = try client()
        func labels(_ needle: String, plus: Int) throws -> [String] {
            let result = try client.request(
                "textDocument/completion",
                at(needle, plus: plus)
            )
            let items = (result as? Object)?["items"] as? [Object] ?? []
            return items.compactMap { $0["label"] as? String }
        }
        #expect(try labels("quit =>", plus: 0).contains("rcpt"))
        #expect(try labels("greeting.code", plus: 9).contains("enhanced"))
        #expect(try labels("connect smtp", plus: 8).contains("smtps"))
        #expect(try labels("SIZE=10", plus: 0).contains("RET="))
        let result = try client.request("textDocument/completion", at("mail <>", plus: 2))
        let item = try #require(((result as? Object)?["items"] as? [Object])?.first)
        #expect(item["label"] as? String == "mail" && item["kind"] as? Int == 2)
        let edit = try #require(item["textEdit"] as? Object)
        #expect(text(edit["range"]) == "11:8-11:10" && edit["newText"] as? String == "mail")
        #expect((item["documentation"] as? String)?.contains("RFC 5321") == true)
    }

    @Test func `signature help shows a verb's arguments`() throws {
        let client = try client()
        let result = try client.request("textDocument/signatureHelp", at("mail <>", plus: 5))
        let signature = ((result as? Object)?["signatures"] as? [Object])?.first
        let label = signature?["label"] as? String ?? ""
        #expect(label.contains("REVERSE-PATH") && label.hasSuffix("=> 2xx"), "\(label)")
    }

    @Test func `formatting changes the lines that need it`() throws {
        let client = try client("test \"a\" {\n  connect   smtp h\n    quit\n}\n")
        let edits = try client.request("textDocument/formatting", document()) as? [Object]
        #expect(edits?.count == 1 && text(edits?.first?["range"]) == "1:0-2:0")
        #expect(edits?.first?["newText"] as? String == "    connect smtp h\n")
        let broken = try self.client("test \"a\" {\n  expect (\n")
        #expect((try broken.request("textDocument/formatting", document()) as? [Any])?.count == 0)
    }

    @Test func `tokens have their classes`() throws {
        let client = try LanguageClient()
        let result = try client.initialize()
        try client.open(
            Self.uri,
            "# c\ntest \"é💥\" {\n    connect smtp h as box\n    box: noop\n}\n"
        )
        let provider = (result["capabilities"] as? Object)?["semanticTokensProvider"] as? Object
        let legend = (provider?["legend"] as? Object)?["tokenTypes"] as? [String] ?? []
        let tokens = try client.request("textDocument/semanticTokens/full", document()) as? Object
        let data = tokens?["data"] as? [Int] ?? []
        #expect(data.count % 5 == 0 && data.prefix(5).elementsEqual([0, 0, 3, 0, 0]))
        let kinds = stride(from: 3, to: data.count, by: 5).map { legend[data[$0]] }
        #expect(
            kinds == [
                "comment", "keyword", "string", "method", "type", "keyword", "namespace",
                "namespace", "method",
            ],
            "\(kinds)"
        )
        // The title with its quotes: two, one, and two units.
        #expect(data[12] == 5)
    }

    @Test func `a name leads to where it is bound, its uses are found and marked`() throws {
        let client = try client()
        let bound = try client.request("textDocument/definition", at("greeting.code", plus: 3))
        #expect(text((bound as? Object)?["range"]) == "8:30-8:38")
        let all = try client.request(
            "textDocument/references",
            at("host = ", ["context": ["includeDeclaration": true]])
        )
        #expect((all as? [Object])?.map { text($0["range"]) } == ["1:6-1:10", "7:19-7:23"])
        let marks = try client.request("textDocument/documentHighlight", at("host = "))
        #expect((marks as? [Object])?.count == 2)
        let none = try client.request("textDocument/definition", at("quit"))
        #expect(none is NSNull)
    }

    @Test func `a name is renamed wherever it is used, and not to nonsense`() throws {
        let client = try client()
        let prepared = try client.request("textDocument/prepareRename", at("greeting.code"))
        #expect((prepared as? Object)?["placeholder"] as? String == "greeting")
        let edit = try client.request(
            "textDocument/rename",
            at("greeting.code", ["newName": "answer"])
        )
        let changes = ((edit as? Object)?["changes"] as? Object)?[Self.uri] as? [Object]
        #expect(changes?.map { text($0["range"]) } == ["8:30-8:38", "9:14-9:22"])
        for name in ["", "a b", "1x", "in", "true", "run", "host", "x\ny"] {
            let code = try client.failure(
                "textDocument/rename",
                at("greeting.code", ["newName": name])
            )
            #expect(code == -32602 || code == -32803, "\(name)")
        }
        let session = try client.failure("textDocument/rename", at("box\n", ["newName": "quit"]))
        #expect(session == -32803)
        #expect(try client.failure("textDocument/rename", at("quit", ["newName": "x"])) == -32803)
    }

    @Test func `the outline shows parameters, dialogues, tests and their steps`() throws {
        let client = try client()
        let symbols = try client.request("textDocument/documentSymbol", document()) as? [Object]
        #expect(symbols?.map { $0["name"] as? String } == ["host", "hello", "it greets"])
        let children = symbols?.last?["children"] as? [Object]
        #expect(children?.map { $0["name"] as? String } == ["mail"])
    }

    @Test func `a misspelt word is mended by an action`() throws {
        let wrong = "test \"a\" {\n    connect smtp h\n    elho x\n    quit\n}\n"
        let client = try client(wrong)
        let range = [
            "start": ["line": 2, "character": 5], "end": ["line": 2, "character": 5],
        ]
        let actions = try client.request(
            "textDocument/codeAction",
            document(["range": range, "context": ["diagnostics": []] as Object])
        )
        let action = try #require((actions as? [Object])?.first)
        #expect(action["title"] as? String == "Replace ‘elho’ by ‘ehlo’")
        let changes = (action["edit"] as? Object)?["changes"] as? Object
        let edit = (changes?[Self.uri] as? [Object])?.first
        #expect(text(edit?["range"]) == "2:4-2:8" && edit?["newText"] as? String == "ehlo")
    }
}
