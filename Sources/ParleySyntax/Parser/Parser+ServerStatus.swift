import ParleyDiagnostics

extension Parser {
    /// `NO [NONEXISTENT] "text"`
    mutating func parseServerStatus() -> ServerAction.Kind? {
        let start = position
        let stop = endOfRaw(from: start)
        let word = text(start, stop)
        guard ServerAction.statuses.contains(word) else { return nil }
        emit(.keyword, upTo: stop)
        let name = Identifier(word, SourceRange(start, stop))
        skipSpaces()
        let code = parseServerResponseCode()
        skipSpaces()
        var said: Word?
        if byte == UInt8(ascii: "\"") || spells("${", at: position) { said = parseWord() }
        return .status(name, code: code, text: said)
    }

    /// `[UIDNEXT 4392]`: everything up to the bracket that closes, on one line.
    private mutating func parseServerResponseCode() -> Word? {
        guard byte == UInt8(ascii: "[") else { return nil }
        let start = position
        var stop = start + 1
        while octet(at: stop) != UInt8(ascii: "]") {
            guard !isStatementEnd(at: stop), octet(at: stop) != UInt8(ascii: "\""),
                !spells("${", at: stop)
            else {
                report(
                    .serverAction,
                    "the response code lacks its ‘]’",
                    SourceRange(start, stop),
                    help: "write `NO [NONEXISTENT] \"text\"`"
                )
                emit(.unexpected, upTo: max(stop, start + 1))
                return nil
            }
            stop += 1
        }
        let inner = SourceRange(start + 1, stop)
        emit(.word, upTo: stop + 1)
        return Word(
            range: SourceRange(start, stop + 1),
            parts: [.text(text(inner.start, inner.end), inner)],
            isQuoted: false
        )
    }
}
