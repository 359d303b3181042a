import Foundation
import ParleySyntax
import ParleyVerbs
import ParleyWire
import Testing

/// The files for Vim, tried with Vim itself.
@Suite("Vim", .enabled(if: VimRunner.program != nil))
struct VimTests {
    private static let scripts: [(name: String, text: String)] = {
        let folder = VimRunner.root.appending(path: "scripts")
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().filter { $0.hasSuffix(".parley") }.compactMap { name in
            (try? String(contentsOf: folder.appending(path: name), encoding: .utf8))
                .map { (name, $0) }
        }
    }()

    @Test func `a script is known by its name or its first line, and has its settings`() throws {
        let ask =
            "call add(told, &filetype . ' ' . &commentstring . ' ' . &shiftwidth "
            + ". ' ' . &expandtab . ' ' . &indentexpr)"
        let expected = ["parley # %s 4 1 GetParleyIndent()"]
        #expect(try VimRunner.lines(of: "", ask) == expected)
        let text = "#!/usr/bin/env parley\nlet a = 1\n"
        #expect(try VimRunner.lines(of: text, name: "probe", ask) == expected)
        #expect(try VimRunner.lines(of: "let a = 1\n", name: "probe", ask) != expected)
    }

    @Test func `every kind of word and literal has its colour`() throws {
        let pieces = try VimRunner.pieces(
            of: #"""
                # "open ${
                param limit: duration = 1.5s
                server grey smtp on 127.0.0.1:auto certificate expired {
                    on rcpt /a "b/ first => 450 4.2.0 "later"
                }
                test "a \"é💥 ${greeting} $${no} \x41" tags [x] {
                    connect smtp mx.example.net:25 => 220
                    box: mail <a@b.test> SIZE=10   => 25x
                    expect banner matches /ES"MTP\/(x)/i and TLSv1.2 == TLSv1
                    let y = "x${join(split("} a", /"/), "}")}z"
                    noop => closed
                    expect size < 10KiB or not true
                    log "tls" # comment "
                }
                """#
        )
        func groups(_ text: String) -> [String] {
            pieces.filter { $0.text.trimmingCharacters(in: .whitespaces) == text }.map { $0.group }
        }
        #expect(groups(#"# "open ${"#) == ["Comment"] && groups(#"# comment ""#) == ["Comment"])
        #expect(groups("duration") == ["Kind"] && groups("certificate") == ["Clause"])
        #expect(groups("smtp") == ["Protocol", "Protocol"])
        #expect(groups(#"/a "b/"#) == ["Pattern"] && groups(#"/ES"MTP\/(x)/i"#) == ["Pattern"])
        #expect(groups(#""later""#) == ["String"] && groups(#""tls""#) == ["String"])
        #expect(groups(#"\""#) == ["Escape"] && groups(#"\x41"#) == ["Escape"])
        #expect(groups("$${") == ["Escape"] && groups("${") == ["Brace", "Brace"])
        #expect(groups("greeting") == ["Insertion"])
        #expect(groups("box:") == ["Label"] && groups("mail") == ["Verb"])
        #expect(groups("<a@b.test>") == ["Address"])
        for text in ["1.5s", "450", "4.2.0", "220", "25x", "10KiB"] {
            #expect(groups(text) == ["Number"], "\(text): \(groups(text))")
        }
        #expect(groups("TLSv1.2") == ["Constant"] && groups("TLSv1") == ["Constant"])
        #expect(groups("join") == ["Function"] && groups(#""} a""#) == ["Inner"])
        #expect(groups(#"/"/"#) == ["Pattern"] && groups(#"z""#) == ["String"])
        #expect(groups("closed") == ["Answer"] && groups("not") == ["Operator"])
        // No part of an address or a host is a number.
        #expect(pieces.allSatisfy { $0.group != "Number" || !$0.text.contains("127") })
        #expect(pieces.last?.text == "}" && pieces.last?.group == "")
    }

    @Test func `every word of the tables is coloured where it stands`() throws {
        let words =
            Keywords.clauses + Keywords.operators + Keywords.constants + Keywords.predicates
            + ServerDeclaration.settingNames + ServerAction.words.map(\.word)
        let firsts = Keywords.statements.map(\.word) + Protocols.registry.verbNames
        let lines =
            words.map { "x \($0) y" } + firsts.map { "\($0) x" } + firsts.map { "a: \($0) x" }
        let pieces = try VimRunner.pieces(of: lines.joined(separator: "\n"))
        for word in Set(words) {
            let group = pieces.first { $0.text == word }?.group ?? ""
            let groups = ["Clause", "Operator", "Constant"]
            #expect(groups.contains(group), "\(word): \(group)")
        }
        for word in Set(firsts) {
            let groups = pieces.filter { $0.text == word }.map { $0.group }
            let known = groups.filter { ["Statement", "Session", "Verb"].contains($0) }
            #expect(known.count == 2, "\(word): \(groups)")
        }
    }

    @Test func `no script of the repository leaves anything open`() throws {
        #expect(Self.scripts.count >= 4)
        for (name, text) in Self.scripts {
            let last = try VimRunner.pieces(of: text + "\nexpect true\n").suffix(3)
            let groups = last.map { $0.group }
            #expect(groups == ["Statement", "", "Constant"], "\(name): \(last)")
        }
    }

    @Test func `a text ends at its marks, whatever it holds`() throws {
        let pieces = try VimRunner.pieces(
            of: #"""
                send """
                    odd " and \""" and ${x
                    """
                expect true
                """#
        )
        #expect(pieces.suffix(3).map { $0.group } == ["Statement", "", "Constant"], "\(pieces)")
    }

    @Test func `the scripts of the repository are indented as they are`() throws {
        for (name, text) in Self.scripts {
            let told = try VimRunner.lines(
                of: text,
                "let before = getline(1, '$')\nsilent normal! gg=G\n"
                    + "call add(told, 'done')\n"
                    + "for line in range(1, line('$'))\nif getline(line) !=# before[line - 1]\n"
                    + "call add(told, line . ':' . getline(line))\nendif\nendfor"
            )
            #expect(told == ["done"], "\(name)")
        }
    }

    @Test func `lines that were not indented become so`() throws {
        let text = """
            test "a # {" {
            connect smtp h # what {
            if a == (
            b
            ) {
            noop
            } else {
            send \"""
                kept {
              here
                \"""
            quit
            }
            }

            """
        let told = try VimRunner.lines(
            of: text,
            "silent normal! gg=G\ncall extend(told, getline(1, '$'))"
        )
        let expected = """
            test "a # {" {
                connect smtp h # what {
                if a == (
                    b
                ) {
                    noop
                } else {
                    send \"""
                kept {
              here
                \"""
                    quit
                }
            }
            """
        #expect(told.joined(separator: "\n") == expected)
    }
}
