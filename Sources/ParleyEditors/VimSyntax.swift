import ParleySyntax

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
            "syntax sync fromstart",
            "",
        ]
        lines += [
            "syntax match parleyFunction /\\<\(name)\\ze(/",
            "syntax match parleyKind /\\(^\\s*param\\s\\+\(name)\\s*:\\s*\\)\\@<=\(name)/",
        ]
        lines += keywords("parleyClause", EditorWords.clauses)
        lines += keywords("parleyOperator", EditorWords.operators)
        lines += keywords("parleyConstant", EditorWords.constants)
        // What is defined later wins: a clause's word at the beginning of a line is a statement.
        lines += first("parleyStatement", EditorWords.statements)
        lines += first("parleySession", EditorWords.sessions)
        lines += first("parleyVerb", EditorWords.verbs)
        let units = EditorWords.units.joined(separator: "\\|")
        lines += [
            "syntax match parleyLabel /^\\s*\(name):\\ze\\s/",
            "syntax match parleyProtocol /\\(\\<connect\\s\\+\\|^\\s*server\\s\\+\(name)\\s\\+\\)"
                + "\\@<=\\<\\(" + EditorWords.protocols.joined(separator: "\\|") + "\\)\\>/",
            "syntax match parleyArrow /\\s\\zs=>\\ze\\(\\s\\|$\\)/",
            "syntax match parleyAnswer /\\(\\s=>\\s\\+\\)\\@<=\\("
                + EditorWords.answers.joined(separator: "\\|") + "\\)\\ze\\(\\s\\|$\\)/",
            "syntax match parleyNumber /[0-9A-Za-z_.:@-]\\@1<!"
                + "\\d\\+\\(\\.\\d\\+\\)\\?\\(\(units)\\)\\?[0-9A-Za-z_.:@-]\\@!/",
            "syntax match parleyNumber "
                + "/[0-9A-Za-z_.:@-]\\@1<![1-5]\\(\\dx\\|xx\\)[0-9A-Za-z_.:@-]\\@!/",
            "syntax match parleyNumber "
                + "/\\s\\zs[245]\\.[0-9x]\\{1,3}\\.[0-9x]\\{1,3}\\ze\\(\\s\\|$\\)/",
            "syntax match parleyAddress "
                + "/\\s\\zs\\(<[^ \\t>]*>\\|[^ \\t@\"<$]\\+@[^ \\t@\"$]\\+\\)/",
            "syntax match parleyPattern "
                + "/\\(\\<\\(matches\\|matching\\|capture\\|until\\|on\\s\\+\(name)\\)"
                + "\\s\\+\\)\\@<="
                + "\(pattern)/",
            "syntax match parleyPattern /\\(,\\s*\\)\\@<=\(pattern)\\ze\\s*[,)]/",
            "syntax match parleyEscape /\\\\\\(x\\x\\x\\|u{\\x\\+}\\|.\\)\\|\\$\\${/ contained "
                + "containedin=parleyString,parleyText,parleyInner",
            // A string in an insertion may hold its closing brace.
            "syntax region parleyInner start=/\"/ skip=/\\\\./ end=/\"/ contained oneline",
            insertion + " contained containedin=parleyString,parleyText,parleyInner",
            insertion,
            "syntax region parleyString start=/\\(^\\|[ \\t(\\[,={]\\)\\@<=\"/ "
                + "skip=/\\\\./ end=/\"/ oneline",
            "syntax region parleyText start=/\"\"\"/ skip=/\\\\./ end=/\"\"\"/",
            "syntax match parleyComment /\\(^\\|\\s\\)\\@<=#.*$/",
            "",
        ]
        lines += links.map { "highlight default link \($0) \($1)" }
        lines += ["", "let b:current_syntax = 'parley'"]
        return lines.joined(separator: "\n") + "\n"
    }

    private static let insertion =
        "syntax region parleyInsertion matchgroup=parleyBrace start=/\\$\\@<!\\${/ end=/}/ oneline "
        + "contains=parleyInner,parleyPattern,parleyNumber,parleyOperator,parleyConstant,"
        + "parleyFunction"

    private static let name = "[A-Za-z_][A-Za-z0-9_-]*"
    private static let pattern = "\\/\\(\\\\.\\|[^\\/\\\\]\\)*\\/i\\?"

    private static let links = [
        ("parleyStatement", "Statement"), ("parleySession", "Statement"),
        ("parleyVerb", "Function"),
        ("parleyClause", "Keyword"), ("parleyOperator", "Operator"), ("parleyConstant", "Constant"),
        ("parleyLabel", "Label"), ("parleyProtocol", "Type"), ("parleyArrow", "Operator"),
        ("parleyNumber", "Number"), ("parleyAddress", "Identifier"), ("parleyPattern", "Special"),
        ("parleyBrace", "Delimiter"), ("parleyString", "String"), ("parleyText", "String"),
        ("parleyInner", "String"), ("parleyEscape", "SpecialChar"), ("parleyComment", "Comment"),
        ("parleyFunction", "Function"), ("parleyKind", "Type"), ("parleyAnswer", "Constant"),
    ]

    /// Words that begin a statement, behind a label or not.
    private static func first(_ group: String, _ words: [String]) -> [String] {
        [
            "syntax match \(group) /\\(^\\s*\\(\(name):\\s\\+\\)\\?\\)\\@<=\\("
                + words.joined(separator: "\\|") + "\\)\\ze\\(\\s\\|$\\)/"
        ]
    }

    private static let firsts = Set(
        EditorWords.statements + EditorWords.sessions + EditorWords.verbs
    )

    /// Words that `syntax keyword` would take for its own.
    private static let options: Set<String> = [
        "cchar", "conceal", "contained", "containedin", "contains", "nextgroup", "skipempty",
        "skipnl", "skipwhite", "transparent",
    ]

    /// Words that stand alone, wherever they are.
    ///
    /// Vim's keywords hold no full stop and win over every match: what a dotted word begins with,
    /// and what is a function or a statement as well, is a match.
    private static func keywords(_ group: String, _ words: [String]) -> [String] {
        let dotted = words.filter { $0.contains(".") }
        var plain: [String] = []
        var matches: [String] = []
        for word in words {
            if Keywords.patternFunctions.contains(word) {
                matches.append("\\<\(word)\\>(\\@!")
            } else if firsts.contains(word) || options.contains(word)
                || dotted.contains(where: { $0.hasPrefix(word) })
            {
                matches.append("\\<\(word.replacing(".", with: "\\."))\\>")
            } else {
                plain.append(word)
            }
        }
        return ["syntax keyword \(group) \(plain.joined(separator: " "))"]
            + matches.map { "syntax match \(group) /\($0)/" }
    }
}
