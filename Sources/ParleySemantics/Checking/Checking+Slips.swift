import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

/// What newcomers write on the line of a verb, told with the way it is said here.
extension Checking {
    /// Reports what cannot be meant as an argument: another arrow, `FROM:`, a clause that is not
    /// one.
    ///
    /// - Returns: whether something was reported; the verb is then passed over.
    func reportSlip(_ verb: VerbStatement, _ spec: VerbSpec) -> Bool {
        let words = verb.words
        if let first = words.first, let lead = spec.slots.first?.lead,
            reportLead(first, lead, words.dropFirst().first, spec)
        {
            return true
        }
        for (index, word) in words.enumerated() where !word.isQuoted {
            guard let literal = word.literal else { continue }
            let next = index + 1 < words.count ? words[index + 1].literal ?? "" : ""
            if ["->", "=", "==", "→", "≥", "=>"].contains(literal) {
                let reply = next.isEmpty ? "250" : next
                let said = said(spec, words[..<index])
                report(
                    .verbUsage,
                    "‘\(literal)’ is no arrow",
                    at: word.range,
                    help: "what the server must answer stands behind `=>`: `\(said) => \(reply)`"
                )
            } else if literal == "within" || literal == "timeout", let first = next.utf8.first,
                0x30...0x39 ~= first
            {
                let unit = index + 2 < words.count ? words[index + 2].literal ?? "" : ""
                let isNumber = next.utf8.allSatisfy { 0x30...0x39 ~= $0 }
                let limit = isNumber ? next + Self.unit(unit) : next
                report(
                    .verbUsage,
                    literal == "within"
                        ? "`within` takes one word and stands at the end"
                        : "a verb has no clause ‘timeout’",
                    at: word.range,
                    help: "write `within \(limit)`"
                )
            } else if literal == "//" || literal == "--" {
                report(
                    .verbUsage,
                    "‘\(literal)’ begins no comment",
                    at: word.range,
                    help: "a comment begins with `#`"
                )
            } else if let (row, value, owner) = unjoined(literal, next, at: index, of: spec) {
                let joined = "`\(row.name)=\(DisplayText.safe(value, limit: 40))`"
                let foreign = owner.map { Self.foreign(row.name, of: $0, behind: spec) }
                report(
                    .verbArgument,
                    foreign?.message ?? "\(row.name) lacks its value",
                    at: word.range.union(words[index + 1].range),
                    label: row.usage,
                    notes: [row.reference],
                    help: foreign?.help ?? "write KEYWORD=value, as in \(joined)"
                )
            } else {
                continue
            }
            return true
        }
        return false
    }

    /// `SIZE 10`, `SIZE: 10`, `SIZE =10`: the parameter and the value that are meant, and the verb
    /// that has the parameter if this one has not.
    private func unjoined(
        _ literal: String,
        _ next: String,
        at index: Int,
        of spec: VerbSpec
    ) -> (row: ParameterSpec, value: String, owner: VerbSpec?)? {
        guard let last = spec.slots.indices.last, spec.slots[min(index, last)].kind.isParameter
        else { return nil }
        let name =
            literal.hasSuffix(":") || literal.hasSuffix("=") ? literal.dropLast() : literal[...]
        let value = next.hasPrefix("=") ? next.dropFirst() : next[...]
        var owner: VerbSpec?
        if spec.parameter(String(name)) == nil {
            owner = self.owner(of: String(name), spec.slots[last].kind, besides: spec)
        }
        guard let row = (owner ?? spec).parameter(String(name)), row.value != .none,
            value != next && !value.isEmpty || takes(row, String(value), spec)
        else { return nil }
        return (row, String(value), owner)
    }

    /// Whether the word behind `SIZE` or `RET` is the value that a `=` should join to it.
    private func takes(_ row: ParameterSpec, _ next: String, _ spec: VerbSpec) -> Bool {
        guard row.value != .none, !next.isEmpty, spec.parameter(next) == nil,
            !spec.clauses.contains(where: { $0.words[0] == next })
        else { return false }
        let value = Self.plainNumber(next, row.value) ?? row.spelled(next)
        return row.problem(with: value) == nil
    }

    private static func unit(_ word: String) -> String {
        switch word.asciiLowercased {
        case "ms", "milliseconds": "ms"
        case "m", "min", "minute", "minutes": "m"
        case "h", "hour", "hours": "h"
        default: "s"
        }
    }

    /// The verb as far as it is said, for a message.
    private func said(_ spec: VerbSpec, _ words: ArraySlice<Word>) -> String {
        let text = words.map { source.text($0.range) }.joined(separator: " ")
        return DisplayText.safe(text.isEmpty ? spec.name : "\(spec.name) \(text)", limit: 60)
    }

    /// `mail FROM:<a@b>`, `mail from <a@b>`, `rcpt to: a@b`
    private func reportLead(_ word: Word, _ lead: String, _ next: Word?, _ spec: VerbSpec) -> Bool {
        guard !word.isQuoted, let literal = word.literal else { return false }
        let upper = literal.asciiUppercased
        var path: String
        if upper == lead || upper == lead.dropLast() {
            path = next.map { source.text($0.range) } ?? "a@example.net"
        } else if upper.hasPrefix(lead) {
            path = String(literal.dropFirst(lead.count))
        } else {
            return false
        }
        path = DisplayText.safe(path, limit: 60)
        report(
            .verbArgument,
            "`\(spec.name)` writes \(lead) itself",
            at: word.range,
            help: "write `\(spec.name) \(path)`"
        )
        return true
    }

    // MARK: - Names that are not inserted

    /// What the word would be if it inserted a value: `${user}` for `user`, `$user`, `%user%`,
    /// `{user}` and `user.field`, where `user` is a name that is known here.
    func insertionMeant(by literal: String) -> String? {
        var name = literal
        for (open, close) in [("$", ""), ("%", "%"), ("{", "}"), ("<", ">"), ("", "")]
        where name.hasPrefix(open) && name.hasSuffix(close) {
            name = String(name.dropFirst(open.count).dropLast(close.count))
        }
        let head = name.prefix { $0 != "." }
        let field = name.dropFirst(head.count).dropFirst()
        func has(_ kind: Kind) -> Bool {
            field.isEmpty || KindFields.rows(of: kind).contains { $0.field.rawValue == field }
        }
        // `mail.example.net` is a host, whatever else is called `mail`.
        switch scope.find(String(head))?.meaning {
        case .variable(let variable) where has(variable.kind.plain): return "${\(name)}"
        case .started where has(.server), .server where has(.server):
            return field.isEmpty ? "${\(name).address}" : "${\(name)}"
        default: return nil
        }
    }

    /// Warns of a word that is taken as it stands although a value has that very name.
    func warnOfName(_ word: Word) {
        guard !word.isQuoted, let literal = word.literal else { return }
        var (name, port) = (literal, "")
        if let colon = literal.firstIndex(of: ":") {
            (name, port) = (String(literal[..<colon]), String(literal[colon...]))
        }
        guard let meant = insertionMeant(by: name) else { return }
        let head = meant.dropFirst(2).prefix { $0 != "." && $0 != "}" }
        guard let symbol = scope.find(String(head)) else { return }
        var help = "write `\(meant)\(port)` for its value; in quotes it is meant as it stands"
        if case .server = symbol.meaning { help = "write `start \(head)` first, then `\(meant)`" }
        report(
            .nameLiteral,
            "‘\(literal)’ goes out as it stands, and ‘\(head)’ is a name here",
            at: word.range,
            severity: .warning,
            secondary: [Diagnostic.Label(symbol.place, "bound here")],
            help: help
        )
    }

    /// Warns of `$user` within a word, where `user` is a name: only `${user}` inserts.
    func warnOfDollar(_ word: Word) {
        guard !word.isQuoted else { return }
        for case .text(let text, let range) in word.parts {
            for piece in text.split(separator: "$", omittingEmptySubsequences: false).dropFirst() {
                let name = piece.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
                guard !name.isEmpty, case .variable? = scope.find(String(name))?.meaning else {
                    continue
                }
                report(
                    .nameLiteral,
                    "‘$\(name)’ inserts nothing",
                    at: range,
                    severity: .warning,
                    help: "write `${\(name)}`; in quotes it is meant as it stands"
                )
            }
        }
    }

    // MARK: - Words of other languages

    /// What does here what `word` does elsewhere.
    func wordMeant(by word: String) -> String? {
        let meant = [
            "assert": "expect CONDITION` or `require CONDITION", "check": "expect CONDITION",
            "verify": "expect CONDITION", "should": "expect CONDITION", "print": "log \"…\"",
            "echo": "log \"…\"", "puts": "log \"…\"", "say": "log \"…\"", "printf": "log \"…\"",
            "sleep": "pause 5s", "wait": "pause 5s", "delay": "pause 5s",
            "set": "let NAME = …", "var": "let NAME = …", "const": "let NAME = …",
            "exit": "quit", "bye": "quit", "logout": "quit", "disconnect": "close",
            "hangup": "close", "open": "connect smtp HOST:PORT", "import": "use \"FILE\"",
            "include": "use \"FILE\"", "source": "use \"FILE\"", "require_once": "use \"FILE\"",
            "call": "do NAME(…)", "run": "do NAME(…)", "return": "skip \"…\"",
            "error": "fail \"…\"",
            "retry": "eventually within 60s every 1s {",
            "while": "eventually within 60s every 1s {",
            "from": "mail ADDRESS", "to": "rcpt ADDRESS", "login": "auth plain USER PASSWORD",
            "tls": "starttls", "upgrade": "starttls", "function": "dialogue NAME() {",
            "def": "dialogue NAME() {", "func": "dialogue NAME() {",
        ]
        return meant[word.asciiLowercased].map { "write `\($0)`" }
    }

    /// The way out for a name that nothing binds and nothing is near to.
    func helpForUnknown(_ name: String, at range: SourceRange) -> String {
        let isInserted =
            range.start >= 2
            && source.text(SourceRange(range.start - 2, range.start)) == "${"
        if isInserted {
            return "declare it, `param \(name) = VALUE`, or bind it, `let \(name) = …`"
        }
        switch name.asciiLowercased {
        case "yes", "on": return "write `true`"
        case "no", "off": return "write `false`"
        case "null", "nil", "undefined": return "write `none`"
        case "with": return "`starts` and `ends` stand alone: `banner starts \"mx\"`"
        case "status", "response", "answer":
            return "the last reply is `reply`; its code, `reply.code`"
        default: break
        }
        let isUpper = name == name.asciiUppercased && name.utf8.count > 2
        let text = "text stands in quotes: `\"\(name)\"`"
        guard isUpper, name != "ESMTP" else { return text }
        return "\(text); whether EHLO advertised it asks `offers \(name)`"
    }
}
