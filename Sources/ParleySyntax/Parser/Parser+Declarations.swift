import ParleyDiagnostics

extension Parser {
    /// `use "file" [with name = value, …]`
    mutating func parseUse() -> StatementKind? {
        guard let path = parseWord() else {
            reportMissing("a file", after: "use", help: "write `use \"common.parley\"`")
            return nil
        }
        return .use(path: path, with: parseWithValues())
    }

    /// `replay [with name = value, …]`
    mutating func parseReplay() -> StatementKind? {
        let values = parseWithValues()
        if values.isEmpty, !isStatementEnd(at: position), !hasErrorInStatement {
            let range = SourceRange(position, endOfRaw(from: position))
            report(
                .secondWord,
                "‘replay’ takes no ‘\(shown(range))’: it stands in the recording itself",
                range,
                help: "run the recording as it is: parley run FILE"
            )
            return nil
        }
        return .replay(with: values)
    }

    /// `with name = value, …`, if it is there.
    private mutating func parseWithValues() -> [NamedWord] {
        skipSpaces()
        guard takeWord("with") else { return [] }
        stopsAtComma = true
        defer { stopsAtComma = false }
        var values: [NamedWord] = []
        while let value = parseNamedWord() {
            values.append(value)
            skipSpaces()
            guard byte == UInt8(ascii: ",") else { break }
            emit(.punctuation, upTo: position + 1)
        }
        return values
    }

    /// `profile NAME { … }`
    mutating func parseProfile() -> StatementKind? {
        let name = parseName("the profile's name")
        let (_, values) = parseBlock(of: "profile") { $0.parseNamedWordLine() }
        return name.map { .profile($0, values) }
    }

    /// `defaults { … }`
    mutating func parseDefaults() -> StatementKind? {
        .defaults(parseBlock(of: "defaults") { $0.parseNamedWordLine() }.items)
    }

    /// `timeouts rfc5321`
    mutating func parseTimeouts() -> StatementKind? {
        guard let set = parseWord() else {
            reportMissing("a set of limits", after: "timeouts", help: "write `timeouts rfc5321`")
            return nil
        }
        return .timeouts(set)
    }

    /// `param NAME[: KIND] [= WORD]`
    mutating func parseParameter() -> StatementKind? {
        let form = "param NAME[: KIND] [= VALUE]"
        guard let name = parseName("the parameter's name", form: form) else { return nil }
        let kind = parseKindSuffix()
        skipSpaces()
        guard !isStatementEnd(at: position) else {
            return .parameter(name, kind: kind, value: nil)
        }
        guard parseEquals(after: name, in: "param") else { return nil }
        guard let value = parseWord() else {
            reportMissing(
                "a value",
                after: "=",
                help: "leave out `=` for a parameter without a default"
            )
            return .parameter(name, kind: kind, value: nil)
        }
        reportMoreWords()
        return .parameter(name, kind: kind, value: value)
    }

    private mutating func reportMoreWords() {
        skipSpaces()
        guard !isStatementEnd(at: position), !hasErrorInStatement else { return }
        reportSecondWord()
    }

    /// `: KIND` behind a name.
    private mutating func parseKindSuffix() -> Identifier? {
        let colon = endOfSpaces(from: position)
        guard octet(at: colon) == UInt8(ascii: ":") else { return nil }
        skipSpaces()
        emit(.punctuation, upTo: position + 1)
        skipSpaces()
        guard let kind = takeName() else {
            reportMissing("a kind", after: ":", help: "kinds are `string`, `int`, `duration` …")
            return nil
        }
        return kind
    }

    /// `secret NAME = SOURCE [WORD…]`
    mutating func parseSecret() -> StatementKind? {
        guard let name = parseName("the secret's name", form: "secret NAME = env VARIABLE"),
            parseEquals(after: name, in: "secret")
        else { return nil }
        let sources = "`env NAME`, `file PATH`, `prompt \"…\"` or `credential NAME`"
        skipSpaces()
        guard let source = takeName() else {
            let stop = max(position, endOfRaw(from: position))
            let variable = endOfName(from: position + 1)
            let isVariable = byte == UInt8(ascii: "$") && variable > position + 1
            report(
                .secretValue,
                stop > position
                    ? "a secret's value does not stand in a script"
                    : "the secret's source is missing",
                SourceRange(position, stop),
                label: "expected a source",
                help: isVariable
                    ? "write `env \(text(position + 1, variable))`: the variable's name without `$`"
                    : "say where it comes from: \(sources)"
            )
            return nil
        }
        var arguments: [Word] = []
        while let word = parseWord() { arguments.append(word) }
        return .secret(name, source: source, arguments: arguments)
    }

    /// `let NAME = EXPRESSION`
    mutating func parseBinding() -> StatementKind? {
        guard let name = parseName("a name") else { return nil }
        if octet(at: endOfSpaces(from: position)) == UInt8(ascii: ":") {
            let start = position
            _ = parseKindSuffix()
            report(
                .bindingKind,
                "‘let’ takes no kind",
                SourceRange(start, position),
                help: "the value has a kind of its own: `let \(name.text) = …`"
            )
        }
        guard parseEquals(after: name, in: "let") else { return nil }
        return .binding(name, parseExpression())
    }

    /// `cases NAME in EXPRESSION`
    mutating func parseCases() -> StatementKind? {
        guard let name = parseName("a name") else { return nil }
        guard parseIn("cases", name) else { return nil }
        return .cases(name, parseExpression())
    }

    /// `in` between a name and what it runs through.
    mutating func parseIn(_ statement: String, _ name: Identifier) -> Bool {
        skipSpaces()
        if takeClause("in") { return true }
        reportMissing(
            "‘in’",
            after: name.text,
            help: "write `\(statement) \(name.text) in values`"
        )
        return false
    }

    /// `dialogue NAME(a, b: KIND) { … }`
    mutating func parseDialogue() -> StatementKind? {
        let name = parseName("the dialogue's name")
        var parameters: [DialogueParameter] = []
        skipSpaces()
        if byte == UInt8(ascii: "(") {
            parameters = parseDialogueParameters()
        } else if !hasErrorInStatement {
            reportMissing(
                "‘(’",
                after: name?.text ?? "dialogue",
                help: "write `dialogue \(name?.text ?? "name")() {`"
            )
        }
        let block = parseBlock(of: "dialogue")
        return name.map { .dialogue($0, parameters: parameters, block) }
    }

    private mutating func parseDialogueParameters() -> [DialogueParameter] {
        let bracket = openBracket()
        var parameters: [DialogueParameter] = []
        while true {
            skipTrivia()
            guard let name = takeName() else { break }
            checkReserved(name)
            parameters.append(DialogueParameter(name: name, kind: parseKindSuffix()))
            skipTrivia()
            guard byte == UInt8(ascii: ",") else { break }
            emit(.punctuation, upTo: position + 1)
        }
        closeBracket(bracket, UInt8(ascii: ")"))
        return parameters
    }

    /// `suite "title" { … }`
    mutating func parseSuite() -> StatementKind? {
        let title = parseTitle(of: "suite")
        return .suite(title: title, parseBlock(of: "suite", holdsTests: true))
    }

    /// `before each { … }`, `after all { … }`
    mutating func parseHook(isBefore: Bool) -> StatementKind? {
        let word = isBefore ? "before" : "after"
        var isEach = true
        if takeWord("all") {
            isEach = false
        } else if !takeWord("each") {
            reportMissing(
                "‘each’ or ‘all’",
                after: word,
                help: "write `\(word) each {` or `\(word) all {`"
            )
        }
        return .hook(isBefore: isBefore, isEach: isEach, parseBlock(of: word))
    }

    /// The quoted title of a test, suite or step.
    mutating func parseTitle(of statement: String) -> Word {
        skipSpaces()
        if byte == UInt8(ascii: "\""), let title = parseWord() { return title }
        let here = gap
        let help = "write `\(statement) \"what it shows\" {`"
        if isAtEndOfWords || byte == UInt8(ascii: "{") {
            reportMissing("a title", after: statement, help: help)
            return Word(range: here, parts: [], isQuoted: true)
        }
        let errors = damage.count
        let word = parseWord() ?? Word(range: here, parts: [], isQuoted: true)
        if damage.count == errors {
            report(.bareTitle, "a title stands in quotes", word.range, help: help)
        }
        return word
    }
}
