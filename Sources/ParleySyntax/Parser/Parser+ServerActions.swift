import ParleyDiagnostics

extension Parser {
    /// What stands behind the `=>` of a rule.
    mutating func parseServerActions() -> [ServerAction] {
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
        if takeWord("half-close") { return .halfClose }
        if takeWord("dribble") { return parseDribble() }
        if takeWord("await") { return parseServerAwait() }
        for row in Self.actionWords where takeWord(row.word) {
            return parseClauseValue("\(row.word)", row.example).map(row.make)
        }
        if isDigit(byte) || spells("${", at: position) { return parseServerReply() }
        if let status = parseServerStatus() { return status }
        let range = SourceRange(position, endOfRaw(from: position))
        let isText = byte == UInt8(ascii: "\"")
        let words = ServerAction.words.map(\.word)
        let word = text(range.start, range.end)
        let meant = ["close": "drop", "closed": "drop", "disconnect": "drop", "timeout": "stall"]
        var near = (meant[word] ?? Suggestion.nearest(to: word, among: words))
            .map { "did you mean `\($0)`?" }
        if near == nil, isNameStart(byte), let code = tokens.last(where: { !$0.kind.isTrivia }),
            code.kind == .number
        {
            let said = text(code.range.start, code.range.end)
            near = "text stands in quotes: `\(said) \"\(shown(range)) …\"`"
        }
        report(
            .serverAction,
            "‘\(shown(range))’ is nothing that a server does",
            range,
            help: isText
                ? "a text follows its code, `250 \"text\"`; other octets follow `raw`"
                : near ?? Self.actionHelp
        )
        return nil
    }

    /// The actions that take one word.
    private static let actionWords:
        [(word: StaticString, example: String, make: @Sendable (Word) -> ServerAction.Kind)] = [
            ("absent", "net.refused", { .absent($0) }),
            ("after", "1500ms", { .after($0) }),
            ("alert", "handshake_failure", { .alert($0) }),
            ("challenge", "\"text\"", { .challenge($0) }),
            ("cut", "5B", { .cut($0) }),
            ("ending", "\"\\n\"", { .ending($0) }),
            ("raw", "\"\\r\\n\"", { .raw($0) }),
            ("repeat", "1000", { .times($0) }),
            ("sasl", "wrong-signature", { .sasl($0) }),
            ("signal", "go", { .signal($0) }),
            ("split", "1B", { .split($0) }),
            ("untagged", "\"1 EXISTS\"", { .untagged($0) }),
        ]

    /// `await NAME [within D]`
    private mutating func parseServerAwait() -> ServerAction.Kind? {
        guard let name = parseClauseValue("await", "go") else { return nil }
        skipSpaces()
        guard takeWord("within") else { return .await(name, within: nil) }
        return parseClauseValue("within", "5s").map { .await(name, within: $0) }
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
            let bare = SourceRange(position, endOfRaw(from: position))
            let list = isNameStart(byte) ? shown(bare) : "PIPELINING, SIZE 1000"
            reportMissing("a list", after: "offers", help: "write `offers [\(list)]`")
            if isNameStart(byte) { emit(.unexpected, upTo: bare.end) }
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
