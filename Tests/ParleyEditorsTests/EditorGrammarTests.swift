import Foundation
import ParleyDiagnostics
import ParleyEditors
import ParleySyntax
import ParleyVerbs
import ParleyWire
import Testing

/// The grammars of editors are made from the language's tables, and are what the repository holds.
/// `PARLEY_RECORD=1` writes them anew.
@Suite struct EditorGrammarTests {
    private static let files: [(path: String, text: String)] = [
        ("grammar/textmate/parley.tmLanguage.json", TextMateGrammar.json),
        ("grammar/vim/syntax/parley.vim", VimSyntax.text),
        ("grammar/vim/ftdetect/parley.vim", VimFiles.detection),
        ("grammar/vim/ftplugin/parley.vim", VimFiles.settings),
        ("grammar/vim/indent/parley.vim", VimFiles.indentation),
        ("grammar/textmate/package.json", VisualStudioCode.manifest),
        ("grammar/textmate/language-configuration.json", VisualStudioCode.configuration),
    ]

    @Test(arguments: files.map(\.path))
    func `the file is what the tables make`(_ path: String) throws {
        let file = VimRunner.root.appending(path: path)
        let text = try #require(Self.files.first { $0.path == path }).text
        if ProcessInfo.processInfo.environment["PARLEY_RECORD"] != nil {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: file)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }

    /// Every word that the language knows.
    private static let words =
        Keywords.statements.map(\.word) + Keywords.clauses + Keywords.operators + Keywords.constants
        + Keywords.predicates + Protocols.registry.verbNames
        + Protocols.registry.protocols.map(\.name)
        + Protocols.registry.protocols.flatMap(\.verbs).flatMap(\.clauses).flatMap(\.words)
        + ServerDeclaration.settingNames + ServerAction.words.map(\.word) + ServerAction.statuses
        + Keywords.durationUnits.map(\.unit) + Keywords.sizeUnits.map(\.unit)

    @Test func `every keyword and verb is in both`() throws {
        #expect(Self.words.count > 100)
        let vim = VimSyntax.text.replacing("\\.", with: ".").replacing("\\zs", with: " ")
            .replacing("\\ze", with: " ")
        let textMate = TextMateGrammar.json.replacing("\\\\.", with: ".")
            .replacing("\\\\-", with: "-")
        for word in Set(Self.words) {
            let whole = try NSRegularExpression(
                pattern: "(?<![\\w.-])" + NSRegularExpression.escapedPattern(for: word)
                    + "(?![\\w.-])"
            )
            func holds(_ text: String) -> Bool {
                let range = NSRange(text.startIndex..., in: text)
                return whole.firstMatch(in: text, range: range) != nil
            }
            // A backslash of Vim's own stands before some words.
            #expect(holds(vim.replacing("\\", with: " ")), "vim: \(word)")
            #expect(holds(textMate), "TextMate: \(word)")
        }
    }

    @Test func `a script is coloured by what its words mean`() throws {
        let runner = try TextMateRunner(TextMateGrammar.json)
        let pieces = runner.pieces(
            of: """
                # a comment
                test "mail for ${user}" tags [smtp] timeout 90s {
                    connect smtp mx.example.net:25 => 220 within 30s
                    box: ehlo probe.example.org    => 250
                    expect banner matches /ES(MTP)/i
                    rcpt <a@example.net>           => 550 5.1.1
                    require tls.version >= TLSv1.2
                }
                """
        )
        func scope(_ text: String) -> [String] {
            pieces.filter { $0.text == text }.map { $0.scope }
        }
        #expect(scope("# a comment") == ["comment.line.number-sign.parley"])
        #expect(scope("test") == ["keyword.control.parley"])
        #expect(scope("${") == ["meta.interpolation.parley"])
        #expect(scope("90s") == ["constant.numeric.quantity.parley"])
        #expect(scope("connect") == ["keyword.control.session.parley"])
        #expect(scope("smtp") == ["storage.type.protocol.parley"])
        #expect(scope("=>").count == 3)
        #expect(scope("box:") == ["entity.name.tag.parley"])
        #expect(scope("ehlo") == ["support.function.verb.parley"])
        #expect(scope("/ES(MTP)/i") == ["string.regexp.parley"])
        #expect(scope("<a@example.net>") == ["constant.other.address.parley"])
        #expect(scope("5.1.1") == ["constant.numeric.enhanced.parley"])
        #expect(scope("TLSv1.2") == ["constant.language.parley"])
        #expect(scope("within") == ["keyword.other.clause.parley"])
    }

    @Test func `literals in literals end where they end`() throws {
        let runner = try TextMateRunner(TextMateGrammar.json)
        let pieces = runner.pieces(
            of: #"""
                param limit: duration = 1.5s
                server s smtp on 127.0.0.1:auto certificate expired {
                    on rcpt /a "b/ first => 450 "later \" \x41 \u{1F600} $${no}"
                }
                test "t" {
                    let y = "x${join(split("} a", /"/), "}")}z"
                    send """
                        odd " and \""" and ${x
                        """
                    noop => closed
                }
                expect true
                """#
        )
        func scopes(_ text: String) -> [String] {
            pieces.filter { $0.text == text }.map { $0.scope }
        }
        #expect(scopes("duration") == ["storage.type.kind.parley"])
        #expect(scopes("limit") == ["variable.other.parley"])
        #expect(scopes("certificate") == ["keyword.other.clause.parley"])
        #expect(scopes(#"/a "b/"#) == ["string.regexp.parley"])
        #expect(scopes(#"/"/"#) == ["string.regexp.parley"])
        for text in [#"\""#, #"\x41"#, #"\u{1F600}"#, "$${"] {
            #expect(scopes(text).first == "constant.character.escape.parley", "\(text)")
        }
        #expect(scopes("join") == ["entity.name.function.parley"])
        #expect(scopes("split") == ["entity.name.function.parley"])
        #expect(scopes("closed") == ["constant.language.answer.parley"])
        #expect(scopes("127") == [] && scopes("1.5s") == ["constant.numeric.quantity.parley"])
        #expect(pieces.suffix(2).map { $0.text } == ["expect", "true"])
    }

    @Test func `every word of the tables is coloured where it stands`() throws {
        let runner = try TextMateRunner(TextMateGrammar.json)
        let words =
            Keywords.clauses + Keywords.operators + Keywords.constants + Keywords.predicates
            + ServerDeclaration.settingNames + ServerAction.words.map(\.word)
        for word in Set(words) {
            let scopes = runner.pieces(of: "x \(word) y").filter { $0.text == word }.map {
                $0.scope
            }
            #expect(scopes.count == 1, "\(word): \(scopes)")
        }
        for word in Set(Keywords.statements.map(\.word) + Protocols.registry.verbNames) {
            for line in ["\(word) x", "    \(word) x", "a: \(word) x"] {
                let scopes = runner.pieces(of: line).filter { $0.text == word }.map { $0.scope }
                #expect(scopes.count == 1, "\(line): \(scopes)")
            }
        }
    }

    @Test func `the folder of the grammar is an extension whose parts fit together`() throws {
        let folder = VimRunner.root.appending(path: "grammar/textmate")
        func object(_ name: String) throws -> [String: Any] {
            let data = try Data(contentsOf: folder.appending(path: name))
            return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        }
        let manifest = try object("package.json")
        #expect((manifest["engines"] as? [String: String])?["vscode"]?.hasPrefix("^1.") == true)
        for key in ["name", "version", "publisher"] { #expect(manifest[key] is String, "\(key)") }
        let parts = try #require(manifest["contributes"] as? [String: Any])
        let language = try #require((parts["languages"] as? [[String: Any]])?.first)
        let grammar = try #require((parts["grammars"] as? [[String: String]])?.first)
        #expect(language["id"] as? String == grammar["language"])
        #expect(language["extensions"] as? [String] == [".parley"])
        let described = try object(try #require(grammar["path"]))
        #expect(described["scopeName"] as? String == grammar["scopeName"])
        let configuration = try object(try #require(language["configuration"] as? String))
        #expect((configuration["comments"] as? [String: String])?["lineComment"] == "#")
        let rules = try #require(configuration["indentationRules"] as? [String: String])
        let patterns = rules.values + [configuration["wordPattern"] as? String ?? "("]
        for pattern in patterns { _ = try NSRegularExpression(pattern: pattern) }
    }

    @Test
    func `the scripts of the repository keep no string open, and every first word has its colour`()
        throws
    {
        let runner = try TextMateRunner(TextMateGrammar.json)
        let folder = VimRunner.root.appending(path: "scripts")
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".parley") }
        #expect(names.count >= 4)
        for name in names {
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            let (tree, problems) = Parser.parse(SourceText(name: name, text))
            #expect(problems.isEmpty && !tree.statements.isEmpty, "\(name)")
            // The last word of a file would be inside a string that nothing closed.
            let last = runner.pieces(of: text + "\nexpect true\n").suffix(2)
            #expect(last.map { $0.text } == ["expect", "true"], "\(name): \(last)")
        }
    }
}
