import ParleyDiagnostics

/// What those who come from other languages write, and how it is said here.
extension Parser {
    /// What one who writes `a is b` may have meant.
    func juxtapositionHelp(at offset: Int) -> String? {
        let word = text(offset, max(offset, endOfName(from: offset)))
        if let meant = Self.operatorsElsewhere[word] {
            let isOffer = meant == "contains" && textsBefore(offset).last == "capabilities"
            return isOffer ? "write `offers CAPABILITY`" : "write `\(meant)`"
        }
        let operators = BinaryOperator.allCases.map(\.rawValue).filter { $0.utf8.count > 2 }
        if word.utf8.count > 2, let near = Suggestion.nearest(to: word, among: operators) {
            return "did you mean `\(near)`?"
        }
        let before = textsBefore(offset)
        if let help = unitHelp(word, behind: before.last) { return help }
        switch octet(at: offset) {
        case UInt8(ascii: "@"):
            return "an address in an expression stands in quotes: `\"a@b.test\"`"
        case UInt8(ascii: "~"): return "write `matches`"
        case let digit where isDigit(digit) && before.last == "reply":
            return "write `reply.code == \(text(offset, endOfRaw(from: offset)))`"
        case UInt8(ascii: "\""):
            let isBehindWarn = before.suffix(2) == ["else", "warn"]
            return isBehindWarn ? "the message stands before `else warn`" : nil
        default: return word.isEmpty ? nil : nameHelp(word, behind: before)
        }
    }

    private static let operatorsElsewhere = [
        "is": "==", "equals": "==", "equal": "==", "eq": "==", "be": "==", "isnt": "!=",
        "ne": "!=", "has": "contains", "includes": "contains", "include": "contains",
        "contain": "contains", "startswith": "starts", "starts-with": "starts",
        "begins": "starts", "endswith": "ends", "ends-with": "ends", "like": "matches",
        "match": "matches", "matching": "matches", "gt": ">", "lt": "<", "ge": ">=",
        "le": "<=", "mod": "%", "startsWith": "starts", "endsWith": "ends", "AND": "and",
        "OR": "or", "NOT": "not",
    ]

    /// `21 days`, `5 s`
    private func unitHelp(_ word: String, behind number: String?) -> String? {
        guard let number, let first = number.utf8.first, isDigit(first) else { return nil }
        let units = Keywords.durationUnits.map(\.unit) + Keywords.sizeUnits.map(\.unit)
        let unit = units.contains(word) ? word : Self.commonUnits[word.asciiLowercase]
        return unit.map { "a unit stands right behind its number: `\(number)\($0)`" }
    }

    /// A name behind a complete expression: mostly text that lacks its quotes.
    private func nameHelp(_ word: String, behind before: [String]) -> String? {
        let last = before.last ?? ""
        if before.dropLast().last == "offers" {
            return "parameters stand in brackets: `offers \(last) [\(word)]`"
        }
        if Suggestion.nearest(to: last, among: ["offers"]) != nil {
            return "did you mean `offers`?"
        }
        if ["env", "file", "prompt", "credential"].contains(last) {
            return "a secret is declared at the top of the file: `secret NAME = \(last) \(word)`"
        }
        if last == "if" { return "a condition stands on a line of its own: `if CONDITION {`" }
        guard let first = last.utf8.first, isNameStart(first), Keywords.statement(last) == nil
        else {
            return nil
        }
        return "text in an expression stands in quotes: `\"\(last) \(word)\"`"
    }

    /// The texts of the statement's last tokens before `offset`, without spaces.
    private func textsBefore(_ offset: Int) -> [String] {
        let last = tokens.suffix(8).filter { !$0.kind.isTrivia && $0.range.end <= offset }
        return last.suffix(4).map { text($0.range.start, $0.range.end) }
    }

    // MARK: - Behind the arrow

    /// Whether a word behind `=>` is none of a server's; reported, with what it may have meant.
    mutating func reportForeignWord(
        _ word: String,
        _ range: SourceRange,
        behindCode isBehindCode: Bool
    ) -> Bool {
        let outcomes = Keywords.outcomes
        var end = range.end
        var problem: (code: SyntaxProblem, message: String, help: String)?
        if word == "not" {
            problem = (
                .alternative, "‘not’ stands in no arrow",
                "take every reply and judge it: `=> any as r`, then `expect r.code != 250`"
            )
        } else if ["contains", "matches", "with", "like", "containing"].contains(word) {
            problem = (
                .alternative, "‘\(word)’ stands in no arrow",
                "write `matching \"text\"` or `matching /pattern/`"
            )
        } else if isBehindCode, !outcomes.contains(word),
            Suggestion.nearest(to: word, among: outcomes + ["matching"]) == nil
        {
            let rest = textOfAlternative(from: range.start)
            end = max(end, rest.end)
            problem = (
                .bareText, "a text behind a code judges nothing",
                "leave it out, or write `matching \"\(shown(rest))\"`"
            )
        }
        guard let problem else { return false }
        // It is passed over in any case, or the parser would stand still.
        if !hasErrorInStatement {
            report(
                problem.code,
                problem.message,
                SourceRange(range.start, end),
                help: problem.help
            )
        }
        emit(.unexpected, upTo: end)
        if byte == UInt8(ascii: " ") {
            skipSpaces()
            if byte == UInt8(ascii: "\"") || isDigit(byte) {
                emit(.unexpected, upTo: endOfRaw(from: position))
            }
        }
        return true
    }

    /// The words up to `or`, `within`, `as` or `else`.
    private func textOfAlternative(from start: Int) -> SourceRange {
        var stop = endOfRaw(from: start)
        while true {
            let next = endOfSpaces(from: stop)
            guard !isStatementEnd(at: next), octet(at: next) != UInt8(ascii: "\"") else { break }
            let last = endOfRaw(from: next)
            guard last > next, !["or", "within", "as", "else"].contains(text(next, last)) else {
                break
            }
            stop = last
        }
        return SourceRange(start, stop)
    }

    /// What `=> 2*`, `=> 250-259`, `=> 250/251` may have meant.
    func codeHelp(_ word: String) -> String? {
        let digits = word.prefix { $0.isASCII && $0.isNumber }
        let rest = word.dropFirst(digits.count)
        guard let mark = rest.first else { return nil }
        let last = rest.dropFirst()
        if "/;".contains(mark), digits.count == 3, last.count == 3 {
            return "join alternatives with `or`: `=> \(digits) or \(last)`"
        }
        if mark == "-", digits.count == 3, last.count == 3 {
            let same = zip(digits, last).prefix { $0 == $1 }.count
            guard 1...2 ~= same else { return "join alternatives with `or`: `=> 250 or 251`" }
            return "write `\(digits.prefix(same))\(same == 1 ? "xx" : "x")`"
        }
        guard "*.?_#".contains(mark), 1...2 ~= digits.count else { return nil }
        return "write `\(digits)\(digits.count == 1 ? "xx" : "x")`"
    }

    // MARK: - Declarations

    /// How a declaration that lacks its `=` is written.
    func equalsHelp(_ statement: String, _ name: String) -> String {
        var stop = position
        while !isStatementEnd(at: stop) { stop += 1 }
        let rest = shown(SourceRange(position, stop))
        var lead = statement.isEmpty ? name : "\(statement) \(name)"
        if statement == "param", rest.contains("=") {
            return "the form is `param NAME[: KIND] [= VALUE]`, and a name is one word"
        }
        if octet(at: position) == UInt8(ascii: ".") {
            lead = "\(statement) NAME"
            return "write `\(lead) = \(name)\(rest)`"
        }
        if let first = rest.split(separator: " ").first,
            ["->", ":=", ":", "is", "to"].contains(first)
        {
            return "write `\(lead) = \(rest.dropFirst(first.count + 1))`"
        }
        let form = statement == "param" ? "; the form is `param NAME[: KIND] [= VALUE]`" : ""
        return "write `\(lead) = \(rest.isEmpty ? "value" : rest)`\(form)"
    }

    /// How the statement that wants a value behind `word` is written.
    static func valueHelp(after word: String) -> String? {
        switch word {
        case "expect", "require": "say what must hold: `\(word) offers STARTTLS`"
        case "repeat": "say how often: `repeat 3 {`"
        case "if": "say when: `if offers STARTTLS {`"
        case "pause": "say how long: `pause 5s`"
        default: nil
        }
    }
}
