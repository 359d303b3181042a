import ParleyDiagnostics

/// The TextMate grammar: for VS Code, Sublime Text and GitHub.
///
/// Look-behind stays of one length, as Oniguruma wants it; where a word counts by its place, groups
/// are captured instead.
public enum TextMateGrammar {
    /// The text of `parley.tmLanguage.json`.
    public static var json: String {
        var writer = JSONWriter()
        writer.object { json in
            json.member("name", "Parley")
            json.member("scopeName", "source.parley")
            json.key("fileTypes")
            json.array { $0.value("parley") }
            json.member("firstLineMatch", "^#!.*\\bparley\\b")
            json.key("patterns")
            json.array { list in
                for rule in rules where !innerOnly.contains(rule.name) {
                    list.object { $0.member("include", "#\(rule.name)") }
                }
            }
            json.key("repository")
            json.object { repository in
                for rule in rules {
                    repository.key(rule.name)
                    rule.write(to: &repository)
                }
            }
        }
        return IndentedJSON.text(of: writer.text)
    }

    /// Rules that stand only inside others.
    private static let innerOnly: Set<String> = ["escape"]

    private static let end = "(?=\\s|$)"
    private static let name = "[A-Za-z_][A-Za-z0-9_-]*"

    /// All rules, in the order in which they are tried at each place.
    private static let rules: [TextMateRule] = [
        TextMateRule("comment", "comment.line.number-sign.parley", match: "(?:^|(?<=\\s))#.*$"),
        TextMateRule(
            "text-block",
            "string.quoted.triple.parley",
            begin: "\"\"\"",
            end: "\"\"\"",
            inner: ["insertion", "escape"]
        ),
        TextMateRule(
            "string",
            "string.quoted.double.parley",
            begin: "(?<![^\\s(\\[,{=])\"",
            end: "\"|$",
            inner: ["escape", "insertion"]
        ),
        TextMateRule(
            "escape",
            "constant.character.escape.parley",
            match: "\\\\(?:x[0-9A-Fa-f]{2}|u\\{[0-9A-Fa-f]+\\}|.)|\\$\\$\\{"
        ),
        TextMateRule(
            "insertion",
            "meta.interpolation.parley",
            begin: "\\$\\{",
            end: "\\}|$",
            inner: [
                "string", "pattern-argument", "constant", "operator", "function", "quantity",
                "number",
            ]
        ),
        TextMateRule(
            "connect",
            match: "^\\s*(connect)\\s+(\(alternatives(EditorWords.protocols)))\(end)",
            captures: [(1, "keyword.control.session.parley"), (2, "storage.type.protocol.parley")]
        ),
        TextMateRule(
            "server",
            match: "^\\s*(server)\\s+(\(name))\\s+(\(alternatives(EditorWords.protocols)))\(end)",
            captures: [
                (1, "keyword.control.parley"), (2, "entity.name.type.server.parley"),
                (3, "storage.type.protocol.parley"),
            ]
        ),
        TextMateRule(
            "binding",
            match: "^\\s*(\(alternatives(EditorWords.binders)))\\s+(\(name))"
                + "(?:\\s*:\\s*(\(name)))?(?![\\w-])",
            captures: [
                (1, "keyword.control.parley"), (2, "variable.other.parley"),
                (3, "storage.type.kind.parley"),
            ]
        ),
        first("statement", EditorWords.statements, "keyword.control.parley"),
        first("session", EditorWords.sessions, "keyword.control.session.parley"),
        first("verb", EditorWords.verbs, "support.function.verb.parley"),
        TextMateRule("else", "keyword.control.parley", match: "(?<=\\}) else(?= )"),
        TextMateRule(
            "regex",
            match: "(?<=\\s)(matches|matching|capture|until|on \(name))"
                + "\\s+(/(?:\\\\.|[^/\\\\])*/i?)",
            captures: [(1, "keyword.operator.word.parley"), (2, "string.regexp.parley")]
        ),
        TextMateRule(
            "pattern-argument",
            match: ",\\s*(/(?:\\\\.|[^/\\\\])+/i?)(?=\\s*[,)])",
            captures: [(1, "string.regexp.parley")]
        ),
        TextMateRule(
            "answer",
            match: "(?<=\\s)(=>)\\s+(\(alternatives(EditorWords.answers)))\(end)",
            captures: [
                (1, "keyword.operator.arrow.parley"), (2, "constant.language.answer.parley"),
            ]
        ),
        TextMateRule("arrow", "keyword.operator.arrow.parley", match: "(?<=\\s)=>\(end)"),
        TextMateRule(
            "enhanced",
            "constant.numeric.enhanced.parley",
            match: "(?<=\\s)[245]\\.[0-9x]{1,3}\\.[0-9x]{1,3}\(end)"
        ),
        TextMateRule(
            "quantity",
            "constant.numeric.quantity.parley",
            match: "(?<![\\w.])\\d+(?:\\.\\d+)?(?:\(alternatives(EditorWords.units)))\\b"
        ),
        TextMateRule(
            "address",
            "constant.other.address.parley",
            match: "(?<=\\s)(?:<[^\\s>]*>|[^\\s@\"<$]+@[^\\s@\"$]+)"
        ),
        TextMateRule(
            "number",
            "constant.numeric.parley",
            match: "(?<![\\w.:@-])(?:[1-5](?:\\dx|xx)|\\d+)(?![\\w.:@-])"
        ),
        word("constant", EditorWords.constants, "constant.language.parley"),
        word("operator", EditorWords.operators, "keyword.operator.word.parley"),
        TextMateRule(
            "function",
            match: "(?<![\\w.-])(\(name))(?=\\()",
            captures: [(1, "entity.name.function.parley")]
        ),
        word("clause", EditorWords.clauses, "keyword.other.clause.parley"),
    ]

    private static func alternatives(_ words: [String]) -> String {
        EditorWords.alternatives(words)
    }

    /// Words that begin a statement, behind a label or not.
    private static func first(_ rule: String, _ words: [String], _ scope: String) -> TextMateRule {
        TextMateRule(
            rule,
            match: "^\\s*(?:(\(name):)\\s+)?(\(alternatives(words)))\(end)",
            captures: [(1, "entity.name.tag.parley"), (2, scope)]
        )
    }

    /// Words that stand alone, wherever they are.
    private static func word(_ rule: String, _ words: [String], _ scope: String) -> TextMateRule {
        TextMateRule(rule, scope, match: "(?<![\\w.-])(?:\(alternatives(words)))(?![\\w.-])")
    }
}
