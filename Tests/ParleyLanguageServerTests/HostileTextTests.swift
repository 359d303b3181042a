import Foundation
import ParleyTesting
import Testing

@testable import ParleyLanguageServer

/// Scripts that are cut, mixed and spoilt, and places anywhere in and outside of them: every
/// request has an answer, and the process lives. `PARLEY_FUZZ=N` tries so many more.
@Suite("Hostile texts and places")
struct HostileTextTests {
    typealias Object = InnerClient.Object

    private static let uri = "file:///w/main.parley"

    private static let scripts: [[UInt8]] = {
        let root = URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        var scripts: [[UInt8]] = []
        for folder in ["scripts", "Tests/Fixtures"] {
            let base = root.appending(path: folder)
            let names = (try? FileManager.default.subpathsOfDirectory(atPath: base.path)) ?? []
            for name in names.sorted() where name.hasSuffix(".parley") {
                if let data = try? Data(contentsOf: base.appending(path: name)) {
                    scripts.append(Array(data))
                }
            }
        }
        return scripts
    }()

    /// Pieces that open what nothing closes, and numbers that fit nowhere.
    private static let pieces = [
        "\"", "\"\"\"", "${", "}", "{", "(", "[", "/", "\\", "=>", "as ", ":", ".", "$", "$${", "#",
        "99999999999999999999", "9223372036854775807", "1e999", "1.99.999", "=", "\r", "\n", "\t",
        "\u{FEFF}", "💥", "e\u{301}", "\u{0}", "use \"main.parley\"\n", "test ", "server s smtp on ",
        "on rcpt /", "matches /(", "offers ", "count ", "do ", "within 99999999999999d", "if ",
        "connect ", "box: ", "message m {\n", "x.y.z(", "\\u{110000}", "-9223372036854775808",
    ]

    private static func text(_ numbers: inout SeededGenerator) -> String {
        guard let script = scripts.randomElement(using: &numbers) else { return "" }
        // A stretch of a script, and of a second one.
        func stretch(_ script: [UInt8], _ numbers: inout SeededGenerator) -> ArraySlice<UInt8> {
            let start = Int.random(in: 0...script.count, using: &numbers)
            return script[start...].prefix(.random(in: 0...1200, using: &numbers))
        }
        var bytes = Array(stretch(script, &numbers))
        if Bool.random(using: &numbers), let other = scripts.randomElement(using: &numbers) {
            bytes += stretch(other, &numbers)
        }
        for _ in 0..<Int.random(in: 0...6, using: &numbers) {
            let place = Int.random(in: 0...bytes.count, using: &numbers)
            switch Int.random(in: 0..<5, using: &numbers) {
            case 0 where place < bytes.count: bytes[place] = .random(in: 0...255, using: &numbers)
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + 9))
            case 2: bytes.insert(contentsOf: bytes[..<place].suffix(40), at: place)
            default:
                let piece = pieces.randomElement(using: &numbers) ?? ""
                bytes.insert(contentsOf: piece.utf8, at: place)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func position(in text: String, _ numbers: inout SeededGenerator) -> Object {
        if Int.random(in: 0..<12, using: &numbers) == 0 {
            let odd = [-1, Int.max, Int.min, 1 << 31, 4096]
            return [
                "line": odd.randomElement(using: &numbers) ?? 0,
                "character": odd.randomElement(using: &numbers) ?? 0,
            ]
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let line = Int.random(in: 0...lines.count, using: &numbers)
        let width = line < lines.count ? lines[line].utf16.count : 0
        return ["line": line, "character": Int.random(in: 0...width + 1, using: &numbers)]
    }

    private static let atPlaces = [
        "hover", "completion", "signatureHelp", "definition", "references", "documentHighlight",
        "prepareRename", "rename",
    ]

    private func tryText(_ text: String, _ numbers: inout SeededGenerator) throws {
        let client = InnerClient(files: ["/w/main.parley": ""])
        let offered: [String] = Bool.random(using: &numbers) ? ["utf-8"] : []
        let general: Object = ["positionEncodings": offered]
        _ = try client.request("initialize", ["capabilities": ["general": general]])
        try client.open(Self.uri, text)
        let document: Object = ["uri": Self.uri]
        for round in 0..<2 {
            for _ in 0..<3 {
                for name in Self.atPlaces {
                    let answer = try client.request(
                        "textDocument/\(name)",
                        [
                            "textDocument": document, "newName": "fresh-name",
                            "position": Self.position(in: text, &numbers),
                        ]
                    )
                    #expect(answer?["result"] != nil || answer?["error"] != nil, "\(name)")
                }
            }
            for name in ["semanticTokens/full", "formatting", "documentSymbol", "codeAction"] {
                let range: Object = [
                    "start": Self.position(in: text, &numbers),
                    "end": Self.position(in: text, &numbers),
                ]
                let answer = try client.request(
                    "textDocument/\(name)",
                    ["textDocument": document, "range": range]
                )
                try check(answer?["result"], of: name)
            }
            client.run()
            guard round == 0 else { break }
            let change: Object = [
                "range": [
                    "start": Self.position(in: text, &numbers),
                    "end": Self.position(in: text, &numbers),
                ],
                "text": Self.pieces.randomElement(using: &numbers) ?? "",
            ]
            try client.tell(
                "textDocument/didChange",
                ["textDocument": document, "contentChanges": [change]]
            )
        }
        #expect(client.messages.allSatisfy { $0["unreadable"] == nil })
    }

    private func check(_ result: Any?, of name: String) throws {
        switch name {
        case "semanticTokens/full":
            let data = (result as? Object)?["data"] as? [Int] ?? [-1]
            #expect(data.count % 5 == 0 && data.allSatisfy { $0 >= 0 }, "\(data)")
            let lengths = stride(from: 2, to: data.count, by: 5).map { data[$0] }
            #expect(lengths.allSatisfy { $0 > 0 })
        case "documentSymbol": try checkSymbols(result as? [Object] ?? [])
        default: #expect(result is [Any], "\(name)")
        }
    }

    /// Clients refuse an outline whose names do not stand in their ranges.
    private func checkSymbols(_ symbols: [Object]) throws {
        func ends(_ range: Any?) -> [[Int]] {
            let range = range as? [String: [String: Int]] ?? [:]
            return ["start", "end"].map { name in
                [range[name]?["line"] ?? -1, range[name]?["character"] ?? -1]
            }
        }
        for symbol in symbols {
            let (outer, inner) = (ends(symbol["range"]), ends(symbol["selectionRange"]))
            #expect(!outer[0].lexicographicallyPrecedes([0, 0]))
            #expect(!inner[0].lexicographicallyPrecedes(outer[0]), "\(symbol)")
            #expect(!outer[1].lexicographicallyPrecedes(inner[1]), "\(symbol)")
            #expect((symbol["name"] as? String)?.isEmpty == false)
            try checkSymbols(symbol["children"] as? [Object] ?? [])
        }
    }

    @Test(arguments: 0..<4)
    func `every text and every place is survived`(_ seed: Int) throws {
        #expect(Self.scripts.count > 10)
        let more = ProcessInfo.processInfo.environment["PARLEY_FUZZ"].flatMap { Int($0) } ?? 0
        var numbers = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<12 + more { try tryText(Self.text(&numbers), &numbers) }
    }

    @Test(arguments: [
        "${", "\"${", "test \"${", "/", "a.", "a.b.c", "(((((", "[[[[", "}}}}", "{{{{", "\"\"\"",
        "=>",
        ": ", "x:", "test", "test \"a\" {\n    \"", "let x = \"${\"${", "\\", "\u{FEFF}", "\r",
        "\r\n",
        "test \"a\" {\n    connect smtp h\n    mail <> RET=", "server",
        "server s smtp on h:auto {\n on ",
    ])
    func `a text that ends anywhere is survived at each of its places`(_ text: String) throws {
        let client = InnerClient()
        try client.initialize()
        try client.open(Self.uri, text)
        for line in 0...text.filter({ $0.isNewline }).count + 1 {
            for character in 0...text.utf16.count + 1 {
                let position = ["line": line, "character": character]
                for name in Self.atPlaces {
                    let answer = try client.request(
                        "textDocument/\(name)",
                        [
                            "textDocument": ["uri": Self.uri], "newName": "y",
                            "position": position,
                        ]
                    )
                    #expect(answer?["result"] != nil || answer?["error"] != nil)
                }
            }
        }
    }
}
