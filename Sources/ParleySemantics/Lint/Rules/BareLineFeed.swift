import ParleyDiagnostics
import ParleySyntax

/// The lines of a `"""` block end in LF, and a mail server waits for CRLF.
enum BareLineFeed: LintRule {
    static let code = "lint.bare-lf"
    static let explanation = """
        `send raw` sends the lines of a `\""" block as they stand in the script: their ends are \
        LF, and SMTP's are CRLF (RFC 5321 §2.3.8). A server that keeps to it never sees the end of \
        such a line, nor that of a message. Write one `send` per line, which adds CRLF, or end \
        each line of the block with `\\r`. To try what a server makes of bare LF, write `"…\\n"`, \
        which is plain to see.
        """

    static func check(_ script: LintedScript, _ report: @escaping (Diagnostic) -> Void) {
        var walk = TreeWalk()
        walk.onStatement = { statement in
            guard case .verb(let verb) = statement.kind, verb.verb.text == "send",
                let first = verb.words.first, !first.isQuoted, first.literal == "raw"
            else { return }
            for word in verb.words.dropFirst() where isBlock(word, script) && hasBareFeed(word) {
                let start = word.range.start
                report(
                    advice(
                        "the lines of this block end in LF, and the server waits for CRLF",
                        at: script.place(SourceRange(start, start + 3)),
                        severity: .warning,
                        help: "write one `send` per line, or end each line of the block with `\\r`"
                    )
                )
            }
        }
        walk.walk(script.tree.statements)
    }

    private static func isBlock(_ word: Word, _ script: LintedScript) -> Bool {
        word.isQuoted && script.tree.source.bytes[word.range.start...].starts(with: "\"\"\"".utf8)
    }

    /// Whether a line feed comes without its carriage return; what is inserted may end in one.
    private static func hasBareFeed(_ word: Word) -> Bool {
        var previous: UInt8 = 0
        for part in word.parts {
            let octets: [UInt8]
            switch part {
            case .text(let text, _): octets = Array(text.utf8)
            case .octets(let bytes, _): octets = bytes
            case .insertion:
                previous = 0
                continue
            }
            for octet in octets {
                if octet == 0x0A, previous != 0x0D { return true }
                previous = octet
            }
        }
        return false
    }
}
