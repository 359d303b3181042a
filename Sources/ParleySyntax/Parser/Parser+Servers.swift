import ParleyDiagnostics

extension Parser {
    /// `server NAME PROTOCOL on ENDPOINT [settings] { settings, rules }`
    mutating func parseServer() -> StatementKind? {
        let name = parseName("the server's name")
        skipSpaces()
        let protocolName = name == nil ? nil : parseServerProtocol()
        let endpoint = protocolName.flatMap { parseServerEndpoint(after: $0.text) }
        var clauses: [Word] = []
        while endpoint != nil, let word = parseWord() { clauses.append(word) }
        let (range, lines) = parseBlock(of: "server") { $0.parseServerLine() }
        guard let name, let protocolName, let endpoint else { return nil }
        var settings: [ServerSetting] = []
        var items: [ServerItem] = []
        for line in lines {
            switch line {
            case .setting(let setting): settings.append(setting)
            case .item(let item): items.append(item)
            }
        }
        return .server(
            ServerDeclaration(
                name: name,
                protocolName: protocolName,
                endpoint: endpoint,
                clauses: clauses,
                settings: settings,
                items: items,
                block: range
            )
        )
    }

    private mutating func parseServerProtocol() -> Identifier? {
        if !isAtWord("on"), let name = takeName(.name) { return name }
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

    // MARK: - Lines

    /// What stands on a line of a server's block.
    private enum ServerLine {
        case setting(ServerSetting)
        case item(ServerItem)
    }

    /// A setting, a rule, or `connection N {`.
    private mutating func parseServerLine() -> ServerLine? {
        beginServerLine()
        if isAtWord("connection") { return parseServerConnection().map { .item($0) } }
        let stop = endOfName(from: position)
        if isBlank(at: stop), ServerDeclaration.settingNames.contains(text(position, stop)),
            let name = takeName(.keyword)
        {
            var words: [Word] = []
            while let word = parseWord() {
                markNumber(word)
                words.append(word)
            }
            finishStatement()
            return .setting(ServerSetting(name: name, words: words))
        }
        return parseServerRule().map { .item(.rule($0)) }
    }

    private mutating func beginServerLine() {
        errorsBefore = damage.count
        hasAbandonedBracket = false
        isTooDeep = false
    }

    /// `connection 2.. { rules }`
    private mutating func parseServerConnection() -> ServerItem? {
        let start = position
        _ = takeWord("connection")
        guard let numbers = parseClauseValue("connection", "2 {") else {
            recoverLine()
            finishStatement()
            return nil
        }
        let (_, rules) = parseBlock(of: "connection") { parser in
            parser.beginServerLine()
            return parser.parseServerRule()
        }
        let range = SourceRange(start, lastEnd)
        finishStatement()
        return .connections(ServerConnections(range: range, numbers: numbers, rules: rules))
    }

    /// `greet => …`, `on VERB [/re/] [when] => actions`, `at most N connections => actions`
    private mutating func parseServerRule() -> ServerRule? {
        let first = tokens.count
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
        var most: Word?
        if isAtWord("greet") {
            event = Identifier("greet", SourceRange(position, position + 5))
            emit(.keyword, upTo: position + 5)
        } else if takeWord("at") {
            guard let number = parseMostConnections() else { return nil }
            event = Identifier("greet", SourceRange(here.start, lastEnd))
            most = number
        } else if takeWord("on") {
            skipSpaces()
            guard let verb = takeName(.verb) else {
                reportMissing("a verb", after: "on", help: "write `on rcpt => 250`")
                return nil
            }
            event = verb
        } else {
            reportNoServerLine()
            return nil
        }
        skipSpaces()
        let pattern = byte == UInt8(ascii: "/") ? parseRegex() : nil
        let (states, occurrence) = parseServerWhen()
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
            states: states,
            mostConnections: most,
            occurrence: occurrence,
            actions: parseServerActions()
        )
    }

    private mutating func reportNoServerLine() {
        let range = SourceRange(position, max(position + 1, endOfRaw(from: position)))
        let words = ServerDeclaration.settingNames + ["greet", "on", "connection"]
        report(
            .serverRule,
            "‘\(shown(range))’ begins no rule of a server",
            range,
            help: Suggestion.nearest(to: text(range.start, range.end), among: words)
                .map { "did you mean `\($0)`?" }
                ?? ruleHelp(range)
        )
    }

    /// `at most N connections`, behind its first word.
    private mutating func parseMostConnections() -> Word? {
        let help = "write `at most 2 connections => 421`"
        skipSpaces()
        guard takeWord("most") else {
            reportMissing("‘most’", after: "at", help: help)
            return nil
        }
        guard let number = parseClauseValue("most", "2 connections => 421") else { return nil }
        skipSpaces()
        guard takeWord("connections") || takeWord("connection") else {
            reportMissing("‘connections’", after: "at most", help: help)
            return nil
        }
        return number
    }

    /// `before tls`, `after auth`, and one of `first`, `nth N`, `after N`, in any order.
    private mutating func parseServerWhen() -> ([ServerState], ServerOccurrence) {
        var states: [ServerState] = []
        var occurrence = ServerOccurrence.always
        while true {
            skipSpaces()
            if takeWord("first") {
                occurrence = .first
            } else if takeWord("nth") {
                occurrence = parseClauseValue("nth", "2").map { .nth($0) } ?? .always
            } else if takeWord("before") {
                skipSpaces()
                guard let stage = takeServerStage() else {
                    reportMissing(
                        "‘tls’ or ‘auth’",
                        after: "before",
                        help: "write `before tls` or `before auth`"
                    )
                    return (states, occurrence)
                }
                states.append(ServerState(isAfter: false, stage: stage))
            } else if takeWord("after") {
                skipSpaces()
                if let stage = takeServerStage() {
                    states.append(ServerState(isAfter: true, stage: stage))
                } else {
                    occurrence = parseClauseValue("after", "2").map { .after($0) } ?? .always
                }
            } else {
                return (states, occurrence)
            }
        }
    }

    private mutating func takeServerStage() -> Identifier? {
        guard isAtWord("tls") || isAtWord("auth") else { return nil }
        return takeName(.keyword)
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
            help: arrowHelp(event.text, isEnd ? "" : text(range.start, range.end))
        )
    }

    private func ruleHelp(_ range: SourceRange) -> String {
        let word = text(range.start, range.end)
        guard spells("=>", at: endOfSpaces(from: range.end)),
            endOfName(from: range.start) == range.end
        else { return "write `greet => 220` or `on VERB => 250`" }
        return "write `on \(word) => 250`"
    }

    private func arrowHelp(_ event: String, _ word: String) -> String {
        let lead = event == "greet" ? "greet" : "on \(event)"
        if ["=", "->", ":", "==", ">", "=>250"].contains(word) { return "write `\(lead) => 250`" }
        if word == "once" { return "write `\(lead) first => 250`" }
        if event == "greet" { return "write `greet => 220 \"text\"`" }
        if let first = word.utf8.first, isNameStart(first) || isDigit(first) || first == 0x22 {
            if CodePattern(word) != nil { return "write `\(lead) => \(word)`" }
            let pattern = DisplayText.safe(word.replacing("\"", with: ""), limit: 40)
            return "a pattern stands between slashes: `\(lead) /\(pattern)/ => 250`"
        }
        return "a rule is `\(lead) [/pattern/] [before tls] [first | nth N] => 250`"
    }
}
