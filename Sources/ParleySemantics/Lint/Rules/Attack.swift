import ParleyDiagnostics
import ParleyMail

/// What breaks the rules of the protocol on purpose is an attack on whoever listens.
enum Attack: LintRule {
    static let code = "lint.attack"
    static let explanation = """
        The statement breaks the rules of the protocol on purpose: it speaks before the greeting, \
        uses what was not offered, ends lines or messages in a way that no RFC allows, or tears \
        the connection down. Servers may block the address of whoever does so, and a message that \
        is smuggled may reach somebody. Point it only at servers that are yours. A test with \
        `attack` among its tags means it: `test "…" tags [attack] {`.
        """

    static func check(_ script: LintedScript, _ report: @escaping (Diagnostic) -> Void) {
        for test in script.program?.tests ?? [] where !test.tags.contains("attack") {
            test.body.forEachSequence { statements in
                for statement in statements {
                    for word in words(statement) {
                        report(
                            advice(
                                "‘\(word)’ breaks the rules of the protocol on purpose",
                                at: statement.place,
                                help: "if that is what the test is for: tags [attack]"
                            )
                        )
                    }
                }
            }
        }
    }

    /// The words of a statement that break a rule.
    private static func words(_ statement: CheckedStatement) -> [String] {
        switch statement.kind {
        case .connect(let connect): return connect.pregreet == nil ? [] : ["pregreet"]
        case .verb(let verb): return broken(verb)
        case .pipeline(_, let forced, let verbs):
            return (forced ? ["pipeline force"] : []) + verbs.flatMap(broken)
        case .close(_, let form): return form == .politely ? [] : ["close \(form.rawValue)"]
        case .send(let send): return words(send.framing)
        default: return []
        }
    }

    private static func broken(_ verb: CheckedVerb) -> [String] {
        verb.clauses.map(\.name).filter { $0 == "unoffered" || $0 == "inject" }
    }

    private static func words(_ framing: CheckedSend.Framing) -> [String] {
        switch framing {
        case .line(.crlf), .raw: return []
        case .line(let end): return ["send \(end.rawValue)"]
        case .long: return ["send long"]
        case .content(let framing, let ending):
            var words: [String] = []
            if !framing.isStuffed { words.append("unstuffed") }
            if framing.lineEnd != .crlf { words.append(framing.lineEnd.rawValue) }
            if !framing.isFinished { words.append("unfinished") }
            if ending != nil { words.append("ending") }
            return words
        }
    }
}
