/// The syntax file of Vim and Neovim.
public enum VimSyntax {
    /// The text of `syntax/parley.vim`.
    public static var text: String {
        var lines = [
            "\" Vim syntax file for Parley, made from the language's own tables: do not edit.",
            "if exists('b:current_syntax')",
            "  finish",
            "endif",
            "syntax case match",
            "setlocal iskeyword+=-",
            "",
        ]
        lines += first("parleyStatement", EditorWords.statements)
        lines += first("parleySession", EditorWords.sessions)
        lines += first("parleyVerb", EditorWords.verbs)
        lines += keywords("parleyClause", EditorWords.clauses)
        lines += keywords("parleyOperator", EditorWords.operators)
        lines += keywords("parleyConstant", EditorWords.constants)
        let units = EditorWords.units.joined(separator: "\\|")
        lines += [
            "syntax match parleyLabel /^\\s*[A-Za-z_][A-Za-z0-9_-]*:\\ze\\s/",
            "syntax match parleyProtocol /\\(\\<connect\\s\\+\\)\\@<=\\<\\("
                + EditorWords.protocols.joined(separator: "\\|") + "\\)\\>/",
            "syntax match parleyArrow /\\s\\zs=>\\ze\\(\\s\\|$\\)/",
            "syntax match parleyNumber /\\<\\d\\+\\(\\.\\d\\+\\)\\?\\(\(units)\\)\\?\\>/",
            "syntax match parleyNumber /\\<[1-5]\\(\\dx\\|xx\\)\\>/",
            "syntax match parleyNumber "
                + "/\\s\\zs[245]\\.[0-9x]\\{1,3}\\.[0-9x]\\{1,3}\\ze\\(\\s\\|$\\)/",
            "syntax match parleyAddress "
                + "/\\s\\zs\\(<[^ \\t>]*>\\|[^ \\t@\"<$]\\+@[^ \\t@\"$]\\+\\)/",
            "syntax match parleyPattern "
                + "/\\(\\<\\(matches\\|matching\\|capture\\|until\\)\\s\\+\\)\\@<="
                + "\\/\\(\\\\.\\|[^\\/\\\\]\\)*\\/i\\?/",
            insertion + " contained containedin=parleyString,parleyText",
            insertion,
            "syntax region parleyString start=/\\(^\\|[ \\t(\\[,={]\\)\\@<=\"/ "
                + "skip=/\\\\./ end=/\"/ oneline",
            "syntax region parleyText start=/\"\"\"/ end=/\"\"\"/",
            "syntax match parleyComment /\\(^\\|\\s\\)\\@<=#.*$/",
            "",
        ]
        lines += links.map { "highlight default link \($0) \($1)" }
        lines += ["", "let b:current_syntax = 'parley'"]
        return lines.joined(separator: "\n") + "\n"
    }

    /// The text of `ftdetect/parley.vim`.
    public static let detection = "autocmd BufRead,BufNewFile *.parley setfiletype parley\n"

    private static let insertion =
        "syntax region parleyInsertion matchgroup=parleyBrace start=/\\$\\@<!\\${/ end=/}/ oneline"

    private static let links = [
        ("parleyStatement", "Statement"), ("parleySession", "Statement"),
        ("parleyVerb", "Function"),
        ("parleyClause", "Keyword"), ("parleyOperator", "Operator"), ("parleyConstant", "Constant"),
        ("parleyLabel", "Label"), ("parleyProtocol", "Type"), ("parleyArrow", "Operator"),
        ("parleyNumber", "Number"), ("parleyAddress", "Identifier"), ("parleyPattern", "Special"),
        ("parleyBrace", "Delimiter"), ("parleyString", "String"), ("parleyText", "String"),
        ("parleyComment", "Comment"),
    ]

    /// Words that begin a statement, behind a label or not.
    private static func first(_ group: String, _ words: [String]) -> [String] {
        words.map { word in
            "syntax match \(group) "
                + "/^\\s*\\([A-Za-z_][A-Za-z0-9_-]*:\\s\\+\\)\\?\\zs\(word)\\ze\\(\\s\\|$\\)/"
        }
    }

    /// Words that stand alone, wherever they are. Vim's keywords hold no full stop.
    private static func keywords(_ group: String, _ words: [String]) -> [String] {
        let plain = words.filter { !$0.contains(".") }
        let dotted = words.filter { $0.contains(".") }.map { word in
            "syntax match \(group) /\\<\(word.replacing(".", with: "\\."))\\>/"
        }
        return ["syntax keyword \(group) \(plain.joined(separator: " "))"] + dotted
    }
}
