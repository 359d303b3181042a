import Testing

@testable import ParleyLanguageServer

@Suite("How often a text is studied")
struct StudyTests {
    typealias Object = InnerClient.Object

    private static let uri = "untitled:a"

    private static let script = """
        let limit = 30s

        test "a" {
            connect smtp h
            ehlo x => 250 as greeting
            log "${greeting.code} ${limit}"
            quit
        }

        """

    private func client(_ text: String = script) throws -> InnerClient {
        let client = InnerClient()
        try client.initialize()
        try client.open(Self.uri, text)
        return client
    }

    /// In `greeting.code`.
    private func place(_ more: Object = [:]) -> Object {
        more.merging([
            "textDocument": ["uri": Self.uri],
            "position": ["line": 5, "character": 12] as Object,
        ]) { $1 }
    }

    /// The requests that look at a place or at all of a text.
    static let requests = [
        "hover", "completion", "signatureHelp", "definition", "references", "documentHighlight",
        "prepareRename", "semanticTokens/full", "diagnostic", "documentSymbol", "formatting",
        "codeAction",
    ]

    @Test func `one study serves the diagnostics and every request`() throws {
        let client = try client()
        for _ in 0..<2 {
            for name in Self.requests {
                let answer = try client.request("textDocument/\(name)", place())
                #expect(answer?["result"] != nil, "\(name)")
            }
            client.run()
        }
        #expect(client.studies == ["\(Self.uri) 1"])
        #expect(client.checkedVersions(of: Self.uri) == [1])
    }

    @Test(arguments: requests)
    func `each request has its answer from one study`(_ name: String) throws {
        let client = try client()
        _ = try client.request("textDocument/\(name)", place())
        client.run()
        #expect(client.studies == ["\(Self.uri) 1"])
    }

    @Test func `renaming studies the changed text, and the text itself once`() throws {
        let client = try client()
        client.run()
        for name in ["answer", "limit"] {
            _ = try client.request("textDocument/rename", place(["newName": name]))
        }
        #expect(client.studies.filter { $0 == "\(Self.uri) 1" }.count == 1)
        #expect(client.studies.count == 3)
    }

    @Test func `of a burst of changes only the newest text is studied`() throws {
        let client = try client()
        for version in 2...50 {
            try client.replace(Self.uri, Self.script + "# \(version)\n", version: version)
        }
        client.run()
        #expect(client.studies == ["\(Self.uri) 50"])
        #expect(client.checkedVersions(of: Self.uri) == [50])
    }

    @Test func `a request within a burst is answered from the text it was asked about`() throws {
        let client = try client()
        try client.replace(Self.uri, "# 2\n" + Self.script, version: 2)
        let old = try client.ask("textDocument/definition", place())
        let here: Object = ["position": ["line": 6, "character": 12] as Object]
        let then = try client.ask(
            "textDocument/definition",
            here.merging(place()) { one, _ in one }
        )
        try client.replace(Self.uri, "# 3\n# 3\n" + Self.script, version: 3)
        client.run()
        func line(_ id: Int) -> Int? {
            let result = client.answer(to: id)?["result"] as? Object
            let start = (result?["range"] as? Object)?["start"] as? Object
            return start?["line"] as? Int
        }
        #expect(line(then) == 5)
        #expect(client.answer(to: old)?["error"] == nil && line(old) == nil)
        #expect(client.studies == ["\(Self.uri) 2", "\(Self.uri) 3"])
        #expect(client.checkedVersions(of: Self.uri) == [3])
    }

    @Test func `a change of a file that is used costs its user one study more`() throws {
        let client = InnerClient(files: ["/w/main.parley": "", "/w/lib.parley": ""])
        try client.initialize()
        try client.open("file:///w/lib.parley", "let a = 1\n")
        try client.open("file:///w/main.parley", "use \"lib.parley\"\n")
        client.run()
        #expect(client.studies == ["file:///w/lib.parley 1", "file:///w/main.parley 1"])
        try client.replace("file:///w/lib.parley", "let b = 1\n", version: 2)
        client.run()
        #expect(
            client.studies.suffix(2).sorted() == [
                "file:///w/lib.parley 2", "file:///w/main.parley 1",
            ]
        )
        #expect(client.studies.count == 4)
    }
}
