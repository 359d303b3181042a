import Foundation
import Testing

/// The protocol's own rules, with the real process: what is announced, positions, names refused.
@Suite struct LanguageServerProtocolTests {
    typealias Object = LanguageClient.Object

    private static let uri = "untitled:one.parley"

    private func at(_ line: Int, _ character: Int, _ more: Object = [:]) -> Object {
        more.merging([
            "textDocument": ["uri": Self.uri],
            "position": ["line": line, "character": character],
        ]) { $1 }
    }

    private func change(_ start: (Int, Int), _ end: (Int, Int), _ text: String) -> Object {
        let ends = [start, end].map { ["line": $0.0, "character": $0.1] }
        return ["range": ["start": ends[0], "end": ends[1]], "text": text]
    }

    private func errors(_ diagnostics: [Object]) -> [String] {
        diagnostics.filter { $0["severity"] as? Int == 1 }
            .compactMap { $0["message"] as? String }
    }

    // MARK: - Announced

    @Test func `everything that is announced is answered, and diagnostics come once`() throws {
        let client = try LanguageClient()
        let result = try client.initialize()
        let capabilities = try #require(result["capabilities"] as? Object)
        // Who is told of both ways shows each diagnostic twice; they are pushed.
        #expect(capabilities["diagnosticProvider"] == nil)
        try client.open(Self.uri, "test \"a\" {\n    connect smtp h\n    quit\n}\n")
        let methods = [
            "hoverProvider": ["hover"], "documentFormattingProvider": ["formatting"],
            "definitionProvider": ["definition"], "referencesProvider": ["references"],
            "documentHighlightProvider": ["documentHighlight"],
            "documentSymbolProvider": ["documentSymbol"], "completionProvider": ["completion"],
            "signatureHelpProvider": ["signatureHelp"], "codeActionProvider": ["codeAction"],
            "renameProvider": ["prepareRename"],
            "semanticTokensProvider": ["semanticTokens/full"],
        ]
        let providers = capabilities.keys.filter { $0.hasSuffix("Provider") }
        #expect(Set(providers) == Set(methods.keys))
        for name in methods.values.joined() {
            let id = try client.ask("textDocument/\(name)", at(1, 6))
            #expect(try client.answer(to: id)["result"] != nil, "\(name)")
        }
        let other = ["textDocument/typeDefinition", "$/what", "workspace/executeCommand"]
        for method in other { #expect(try client.failure(method) == -32601, "\(method)") }
        // Notifications that nobody knows are passed over.
        for method in ["$/setTrace", "workspace/didChangeConfiguration", "x/y"] {
            try client.notify(method)
        }
        #expect(try client.end() == 0)
    }

    @Test func `before hello and after goodbye nothing is carried out`() throws {
        let client = try LanguageClient()
        try client.notify("textDocument/didOpen", ["textDocument": ["uri": Self.uri, "text": ""]])
        for method in ["textDocument/hover", "shutdown", "parley/nothing"] {
            #expect(try client.failure(method, at(0, 0)) == -32002, "\(method)")
        }
        try client.initialize()
        #expect(try client.failure("textDocument/hover", at(0, 0)) == -32602)
        _ = try client.request("shutdown")
        for method in ["shutdown", "initialize", "parley/nothing"] {
            #expect(try client.failure(method) == -32600, "\(method)")
        }
        try client.notify("exit")
        #expect(client.exitCode() == 0)
        let rude = try LanguageClient()
        try rude.initialize()
        try rude.notify("exit")
        #expect(rude.exitCode() == 1)
    }

    @Test func `a folder that leaves the workspace no longer lends its files`() throws {
        let files = ["lib/common.parley": "param host = h\n", "in/main.parley": ""]
        try Tool.withFolder(files) { folder in
            let client = try LanguageClient()
            try client.initialize(folder: folder)
            let uri = folder.appending(path: "in/main.parley").absoluteString
            let text = "use \"../lib/common.parley\"\n"
            #expect(errors(try client.open(uri, text)) == [])
            let removed = [["uri": folder.absoluteString, "name": "w"]]
            try client.notify(
                "workspace/didChangeWorkspaceFolders",
                ["event": ["added": [] as [Object], "removed": removed] as Object]
            )
            let found = errors(try client.diagnostics(of: uri))
            #expect(found.first?.contains("outside the script's folder") == true, "\(found)")
            #expect(try client.end() == 0)
        }
    }

    // MARK: - Frames

    @Test func `a message that is announced and never comes keeps nothing waiting at the end`()
        throws
    {
        for length in ["999999999999", "67108864", "5"] {
            let client = try LanguageClient()
            try client.initialize()
            try client.send(Data("Content-Length: \(length)\r\n\r\n{".utf8))
            client.closeInput()
            #expect(client.exitCode() == 1, "\(length)")
        }
    }

    @Test func `a body without its header is passed over, and what follows is read`() throws {
        let client = try LanguageClient()
        try client.initialize()
        try client.send(Data(#"{"jsonrpc":"2.0","id":77,"method":"shutdown"}"#.utf8))
        try client.send(Data("\r\n\r\n".utf8))
        #expect((try client.message()["error"] as? Object)?["code"] as? Int == -32700)
        #expect(try client.end() == 0)
    }

    // MARK: - Positions

    @Test(arguments: [
        (["utf-8", "utf-16"], "utf-8", 8), (["utf-16"], "utf-16", 5), (["utf-32"], "utf-16", 5),
        ([], "utf-16", 5),
    ])
    func `columns are counted as was agreed`(
        _ offered: [String],
        _ agreed: String,
        _ units: Int
    ) throws {
        let client = try LanguageClient()
        let result = try client.initialize(encodings: offered)
        let capabilities = result["capabilities"] as? Object
        #expect(capabilities?["positionEncoding"] as? String == agreed)
        try client.open(Self.uri, "test \"t\" {\nlet a = 1\nlog \"é💥${a}\"\n}\n")
        // Behind é, the emoji and `${`, which have so many units.
        let found = try client.request("textDocument/definition", at(2, 5 + units)) as? Object
        let start = (found?["range"] as? Object)?["start"] as? [String: Int]
        #expect(start == ["line": 1, "character": 4])
        #expect(try client.end() == 0)
    }

    @Test(arguments: ["\n", "\r\n"])
    func `a mark in front and either end of a line move no place`(_ end: String) throws {
        let text =
            "\u{FEFF}"
            + [
                "param limit: duration = 3s", "test \"💥\" {", "    connect smtp h",
                "    log \"${limit}\"", "    quit", "}", "",
            ].joined(separator: end)
        let client = try LanguageClient()
        try client.initialize()
        #expect(errors(try client.open(Self.uri, text)) == [])
        let found = try client.request("textDocument/definition", at(3, 12)) as? Object
        let range = found?["range"] as? [String: [String: Int]]
        // The mark is a unit of its own, before the first word.
        #expect(range?["start"] == ["line": 0, "character": 7])
        try client.notify(
            "textDocument/didChange",
            [
                "textDocument": ["uri": Self.uri, "version": 2],
                "contentChanges": [
                    // A range that reaches beyond its line ends with it, one beyond the text with
                    // the text, and one within a pair of surrogates before the pair.
                    change((4, 8), (4, 900), " => 221"), change((99, 0), (99, 9), "# end"),
                    change((1, 7), (1, 7), "x"),
                ],
            ]
        )
        #expect(errors(try client.diagnostics(of: Self.uri)) == [])
        let symbols = try client.request("textDocument/documentSymbol", at(0, 0)) as? [Object]
        #expect(symbols?.last?["name"] as? String == "x💥")
        #expect(try client.end() == 0)
    }

    // MARK: - Names

    private static let names = """
        let host = 1
        dialogue hello(name: domain) {
            ehlo ${name}
        }
        test "a" {
            let x = 2
            connect smtp h as box
            box: noop
            log "${x} ${host}"
            quit
        }

        """

    @Test(arguments: [
        ("host", -32803, "‘host’ is bound already"), ("box", -32803, "‘box’ is bound already"),
        ("hello", -32803, "‘hello’ is bound already"), ("and", -32602, "is a word of the language"),
        ("true", -32602, "is a word of the language"), ("run", -32602, "is a word of the language"),
        ("1x", -32602, "is no name"), ("a b", -32602, "is no name"), ("", -32602, "is no name"),
        ("a-", -32602, "is no name"), ("é", -32602, "is no name"), ("x = 1", -32602, "is no name"),
    ])
    func `a name that will not do is refused with the reason`(
        _ name: String,
        _ code: Int,
        _ reason: String
    ) throws {
        let client = try LanguageClient()
        try client.initialize()
        try client.open(Self.uri, Self.names)
        let id = try client.ask("textDocument/rename", at(5, 8, ["newName": name]))
        let error = try client.answer(to: id)["error"] as? Object
        #expect(error?["code"] as? Int == code)
        let message = error?["message"] as? String ?? ""
        #expect(message.contains(reason), "\(message)")
    }

    @Test func `only names are offered for renaming`() throws {
        let client = try LanguageClient()
        try client.initialize()
        try client.open(Self.uri, Self.names)
        func prepared(_ line: Int, _ character: Int) throws -> String? {
            let result = try client.request("textDocument/prepareRename", at(line, character))
            return (result as? Object)?["placeholder"] as? String
        }
        #expect(try prepared(5, 8) == "x" && prepared(5, 9) == "x" && prepared(7, 5) == "box")
        #expect(try prepared(1, 11) == "hello")
        for (line, character) in [(5, 5), (4, 6), (7, 10), (6, 13), (3, 0), (99, 0)] {
            #expect(try prepared(line, character) == nil, "\(line):\(character)")
        }
        let nothing = at(5, 5, ["newName": "y"])
        #expect(try client.failure("textDocument/rename", nothing) == -32803)
        let twice: Object = ["textDocument": ["uri": Self.uri], "newName": "y"]
        #expect(try client.failure("textDocument/rename", twice) == -32602)
    }
}
