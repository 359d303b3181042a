import Foundation
import Testing

/// The language server and files that use each other.
@Suite struct LanguageServerFilesTests {
    typealias Object = LanguageClient.Object

    private static let main = """
        use "lib/common.parley"

        test "t" {
            connect smtp ${host}
            do hello("probe.test")
            quit
        }

        """

    private static let common = """
        param host = mx.example.net
        dialogue hello(name: domain) {
            ehlo ${name}
        }

        """

    private func withFolder(
        _ files: [String: String] = ["main.parley": main, "lib/common.parley": common],
        _ body: (LanguageClient, URL) throws -> Void
    ) throws {
        try Tool.withFolder(files) { folder in
            let client = try LanguageClient()
            try client.initialize(folder: folder)
            try body(client, folder)
            #expect(try client.end() == 0)
        }
    }

    private func uri(_ folder: URL, _ name: String) -> String {
        folder.appending(path: name).absoluteString
    }

    private func at(_ uri: String, _ line: Int, _ character: Int, _ more: Object = [:]) -> Object {
        more.merging([
            "textDocument": ["uri": uri], "position": ["line": line, "character": character],
        ]) { $1 }
    }

    private func errors(_ diagnostics: [Object]) -> [String] {
        diagnostics.filter { $0["severity"] as? Int == 1 }
            .compactMap { $0["message"] as? String }
    }

    @Test func `a file that is used is read, and what it binds leads there`() throws {
        try withFolder { client, folder in
            let main = uri(folder, "main.parley")
            #expect(errors(try client.open(main, Self.main)) == [])
            let host = try client.request("textDocument/definition", at(main, 3, 20)) as? Object
            #expect(host?["uri"] as? String == uri(folder, "lib/common.parley"))
            let file = try client.request("textDocument/definition", at(main, 0, 8)) as? Object
            #expect(file?["uri"] as? String == uri(folder, "lib/common.parley"))
            let result = try client.request("textDocument/completion", at(main, 0, 10)) as? Object
            let items = result?["items"] as? [Object] ?? []
            #expect(items.compactMap { $0["label"] as? String } == ["common.parley"])
        }
    }

    @Test func `what is open wins over the disk, and who uses it is checked again`() throws {
        try withFolder { client, folder in
            let (main, common) = (uri(folder, "main.parley"), uri(folder, "lib/common.parley"))
            try client.open(main, Self.main)
            try client.open(common, Self.common)
            #expect(errors(try client.diagnostics(of: main)) == [])
            try client.notify(
                "textDocument/didChange",
                [
                    "textDocument": ["uri": common, "version": 2],
                    "contentChanges": [["text": Self.common.replacing("host", with: "server_")]],
                ]
            )
            let found = errors(try client.diagnostics(of: main))
            #expect(found.first?.contains("unknown name ‘host’") == true, "\(found)")
            // Closed, the file of the disk counts again.
            try client.notify("textDocument/didClose", ["textDocument": ["uri": common]])
            #expect(errors(try client.diagnostics(of: main)) == [])
        }
    }

    @Test func `a name is renamed in every open file that knows it`() throws {
        try withFolder { client, folder in
            let (main, common) = (uri(folder, "main.parley"), uri(folder, "lib/common.parley"))
            try client.open(main, Self.main)
            try client.open(common, Self.common)
            let edit = try client.request(
                "textDocument/rename",
                at(common, 0, 7, ["newName": "target"])
            )
            let changes = (edit as? Object)?["changes"] as? Object
            #expect((changes?[main] as? [Object])?.count == 1)
            #expect((changes?[common] as? [Object])?.count == 1)
        }
    }

    @Test func `an error in a file that is used is told where it is used`() throws {
        let files = ["main.parley": Self.main, "lib/common.parley": Self.common + "param = 1\n"]
        try withFolder(files) { client, folder in
            let found = try client.open(uri(folder, "main.parley"), Self.main)
            let told = found.first {
                ($0["message"] as? String)?.hasPrefix("this file has errors") == true
            }
            let related = (told?["relatedInformation"] as? [Object])?.first
            let location = related?["location"] as? Object
            #expect(location?["uri"] as? String == uri(folder, "lib/common.parley"))
        }
    }

    @Test func `files outside the folder, folders and pipes are not read`() throws {
        try withFolder(["in/main.parley": "", "out.parley": "param a = 1\n"]) { client, folder in
            mkfifo(folder.appending(path: "in/pipe.parley").path, 0o600)
            let inner = try LanguageClient()
            try inner.initialize(folder: folder.appending(path: "in"))
            let main = uri(folder, "in/main.parley")
            for name in ["../out.parley", "/etc/passwd", "pipe.parley", "../in", "none.parley"] {
                let found = errors(try inner.open(main, "use \"\(name)\"\n"))
                #expect(found.first?.hasPrefix("cannot use") == true, "\(name): \(found)")
            }
            #expect(try inner.end() == 0)
        }
    }

    @Test func `a text of a megabyte is checked, and requests do not wait for every change`() throws
    {
        let block = """
            test "number %" {
                connect smtp mx.example.net => 220
                ehlo probe.test => 250
                quit => 221
            }

            """
        var text = ""
        var count = 0
        while text.utf8.count < 1 << 20 {
            count += 1
            text += block.replacing("%", with: "\(count)")
        }
        let client = try LanguageClient()
        try client.initialize()
        let uri = "untitled:large"
        #expect(errors(try client.open(uri, text)) == [])
        for version in 2..<22 {
            let place = ["line": 0, "character": 0]
            try client.notify(
                "textDocument/didChange",
                [
                    "textDocument": ["uri": uri, "version": version],
                    "contentChanges": [["range": ["start": place, "end": place], "text": "#\n"]],
                ]
            )
        }
        let symbols = try client.request(
            "textDocument/documentSymbol",
            ["textDocument": ["uri": uri]]
        )
        #expect((symbols as? [Any])?.count == count)
        // Twenty changes are no twenty checks.
        #expect(client.notifications.count < 10)
        #expect(try client.end() == 0)
    }
}
