import ParleyDiagnostics

extension Parser {
    /// `server NAME PROTOCOL on ENDPOINT [clauses] { rules }`
    mutating func parseServer() -> StatementKind? {
        let name = parseName("the server's name")
        skipSpaces()
        let protocolName = name == nil ? nil : parseServerProtocol()
        let endpoint = protocolName.flatMap { parseServerEndpoint(after: $0.text) }
        var clauses: [Word] = []
        while endpoint != nil, let word = parseWord() { clauses.append(word) }
        let (range, rules) = parseBlock(of: "server") { $0.parseServerRule() }
        guard let name, let protocolName, let endpoint else { return nil }
        return .server(
            ServerDeclaration(
                name: name,
                protocolName: protocolName,
                endpoint: endpoint,
                clauses: clauses,
                rules: rules,
                block: range
            )
        )
    }

    private mutating func parseServerProtocol() -> Identifier? {
        if let name = takeName(.name) { return name }
        reportMissing("a protocol", after: "server", help: Self.serverHelp)
        return nil
    }

    private mutating func parseServerEndpoint(after name: String) -> Word? {
        skipSpaces()
        guard takeWord("on") else {
            reportMissing("‘on’", after: name, help: Self.serverHelp)
            return nil
        }
        guard let endpoint = parseWord() else {
            reportMissing("an endpoint", after: "on", help: Self.serverHelp)
            return nil
        }
        return endpoint
    }

    private static var serverHelp: String { "write `server NAME smtp on 127.0.0.1:auto {`" }

    // MARK: - Rules

    /// `greet => …`, `on VERB [/re/] [first | nth N | after N] => actions`
    private mutating func parseServerRule() -> ServerRule? {
        let first = tokens.count
        errorsBefore = damage.count
        hasAbandonedBracket = false
        isTooDeep = false
        let parsed = parseRuleLine()
        if parsed == nil { recoverLine() }
        finishStatement()
        guard var rule = parsed else { return nil }
        let last = endOfTokens(from: first)
        rule.tokens = first..<last
        rule.range = SourceRange(tokens[first].range.start, tokens[last - 1].range.end)
        return rule
    }

    private mutating func parseRuleLine() -> ServerRule? {
        let here = SourceRange(position, position)
        let event: Identifier
        if isAtWord("greet") {
            event = Identifier("greet", SourceRange(position, position + 5))
            emit(.keyword, upTo: position + 5)
        } else if takeWord("on") {
            skipSpaces()
            guard let verb = takeName(.verb) else {
                reportMissing("a verb", after: "on", help: "write `on rcpt => 250`")
                return nil
            }
            event = verb
        } else {
            let range = SourceRange(position, max(position + 1, endOfRaw(from: position)))
            report(
                .serverRule,
                "‘\(shown(range))’ begins no rule of a server",
                range,
                help: "write `greet => 220` or `on VERB => 250`"
            )
            return nil
        }
        skipSpaces()
        let pattern = byte == UInt8(ascii: "/") ? parseRegex() : nil
        let occurrence = parseOccurrence()
        skipSpaces()
        guard spells("=>", at: position) else {
            reportNoRuleArrow(event)
            return nil
        }
        emit(.arrow, upTo: position + 2)
        return ServerRule(
            range: here,
            tokens: 0..<0,
            event: event,
            pattern: pattern,
            occurrence: occurrence,
            actions: parseServerActions()
        )
    }

    private mutating func parseOccurrence() -> ServerOccurrence {
        skipSpaces()
        if takeWord("first") { return .first }
        if takeWord("nth") {
            return parseClauseValue("nth", "2").map { .nth($0) } ?? .always
        }
        if takeWord("after") {
            return parseClauseValue("after", "2").map { .after($0) } ?? .always
        }
        return .always
    }

    private mutating func reportNoRuleArrow(_ event: Identifier) {
        guard !hasErrorInStatement else { return }
        let isEnd = isStatementEnd(at: position)
        let range = SourceRange(
            isEnd ? position - 1 : position,
            max(position, endOfRaw(from: position))
        )
        report(
            .serverRule,
            isEnd ? "‘=>’ is missing" : "‘\(shown(range))’ does not belong here",
            range,
            label: "expected ‘=>’",
            help: "a rule is `on \(event.text) [/pattern/] [first | nth N | after N] => 250`"
        )
    }

    // MARK: - Actions

    private mutating func parseServerActions() -> [ServerAction] {
        var actions: [ServerAction] = []
        while true {
            skipSpaces()
            if isAtEndOfWords { break }
            let start = position
            guard let kind = parseServerAction() else { break }
            let last = endOfTokens(from: 0)
            actions.append(
                ServerAction(range: SourceRange(start, tokens[last - 1].range.end), kind: kind)
            )
        }
        if actions.isEmpty, !hasErrorInStatement {
            reportMissing("what the server does", after: "=>", help: Self.actionHelp)
        }
        return actions
    }

    private static var actionHelp: String {
        "write a reply, `250 \"text\"`, or `raw \"…\"`, `drop`, `reset`, `stall`"
    }

    private mutating func parseServerAction() -> ServerAction.Kind? {
        if takeWord("offers") { return .offers(parseOffersList()) }
        if takeWord("drop") { return .drop }
        if takeWord("reset") { return .reset }
        if takeWord("stall") { return .stall }
        if takeWord("after") { return parseClauseValue("after", "1500ms").map { .after($0) } }
        if takeWord("repeat") { return parseClauseValue("repeat", "1000").map { .times($0) } }
        if takeWord("raw") { return parseClauseValue("raw", "\"\\r\\n\"").map { .raw($0) } }
        if takeWord("dribble") { return parseDribble() }
        if isDigit(byte) || spells("${", at: position) { return parseServerReply() }
        let range = SourceRange(position, endOfRaw(from: position))
        let isText = byte == UInt8(ascii: "\"")
        let words = ["offers", "drop", "reset", "stall", "after", "repeat", "raw", "dribble"]
        let near = Suggestion.nearest(to: text(range.start, range.end), among: words)
        report(
            .serverAction,
            "‘\(shown(range))’ is nothing that a server does",
            range,
            help: isText
                ? "a text follows its code, `250 \"text\"`; other octets follow `raw`"
                : near.map { "did you mean `\($0)`?" } ?? Self.actionHelp
        )
        return nil
    }

    private mutating func parseDribble() -> ServerAction.Kind? {
        guard let size = parseClauseValue("dribble", "10B every 200ms") else { return nil }
        skipSpaces()
        guard takeWord("every") else {
            reportMissing("‘every’", after: "dribble", help: "write `dribble 10B every 200ms`")
            return nil
        }
        return parseClauseValue("every", "200ms").map { .dribble(size: size, every: $0) }
    }

    /// `250 2.1.5 "text" "next line"`
    private mutating func parseServerReply() -> ServerAction.Kind? {
        let start = position
        guard let code = parseWord() else { return nil }
        markNumber(code)
        let isWrittenOut = code.literal != nil
        if isWrittenOut, CodePattern(code.literal ?? "").map({ $0.lowest != $0.highest }) ?? true {
            report(
                .serverAction,
                "‘\(shown(code.range))’ is no reply code",
                SourceRange(start, code.range.end),
                help: "what a server sends is one code of three digits: `250`"
            )
        }
        skipSpaces()
        var enhanced: Word?
        if isDigit(byte), EnhancedPattern(text(position, endOfRaw(from: position))) != nil {
            enhanced = parseWord()
            if let enhanced { markNumber(enhanced) }
        }
        var lines: [Word] = []
        while true {
            skipSpaces()
            guard byte == UInt8(ascii: "\"") || spells("${", at: position), let line = parseWord()
            else { break }
            lines.append(line)
        }
        return .reply(code: code, enhanced: enhanced, lines: lines)
    }

    /// `[PIPELINING, SIZE 1000, "AUTH PLAIN LOGIN"]`
    private mutating func parseOffersList() -> [Word] {
        skipSpaces()
        guard byte == UInt8(ascii: "[") else {
            reportMissing("a list", after: "offers", help: "write `offers [PIPELINING, SIZE 1000]`")
            return []
        }
        let bracket = openBracket()
        var capabilities: [Word] = []
        while true {
            skipTrivia()
            guard let capability = parseOfferedCapability() else { break }
            capabilities.append(capability)
            skipTrivia()
            guard byte == UInt8(ascii: ",") else { break }
            emit(.punctuation, upTo: position + 1)
        }
        closeBracket(bracket, UInt8(ascii: "]"))
        return capabilities
    }

    /// A capability with its parameters: words up to the comma, joined by single spaces.
    private mutating func parseOfferedCapability() -> Word? {
        let start = position
        if byte == UInt8(ascii: "\"") {
            let parts = parseString()
            return Word(range: SourceRange(start, position), parts: parts, isQuoted: true)
        }
        var parts: [WordPart] = []
        var last = position
        while true {
            let pieceStart = position
            var stop = position
            while !isBlank(at: stop), ![0x2C, 0x5D, 0x22].contains(octet(at: stop)),
                !spells("${", at: stop)
            { stop += 1 }
            let space = pieceStart > start && isSpace(at: pieceStart - 1) ? " " : ""
            if stop > pieceStart {
                let range = SourceRange(pieceStart, stop)
                parts.append(.text(space + text(pieceStart, stop), range))
                emit(.word, upTo: stop)
            } else if spells("${", at: stop) {
                if !space.isEmpty { parts.append(.text(space, SourceRange(stop, stop))) }
                parts.append(parseInsertion())
            } else {
                break
            }
            last = lastEnd
            skipSpaces()
        }
        guard last > start else { return nil }
        return Word(range: SourceRange(start, last), parts: parts, isQuoted: false)
    }
}
