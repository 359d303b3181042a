import ParleySemantics
import ParleySyntax

extension AssistedPlace {
    /// What follows the first word of a statement of the language.
    mutating func proposeClauses(of statement: Keywords.StatementWord) {
        let behind = words.dropFirst().map(\.text)
        switch statement.word {
        case "use": proposeUse(behind)
        case "replay":
            if behind.isEmpty {
                proposals.add(["with"], .clause, help: "set parameters of the script")
            }
        case "profile", "timeouts", "suite", "message", "finally":
            if statement.word == "timeouts", behind.isEmpty {
                proposals.add(LanguageTables.timeouts, .value, help: "the limits of the RFC")
            }
        case "param": proposeKind(behind)
        case "secret":
            if behind.last == "=", behind.count == 2 {
                proposals.add(LanguageTables.secretSources, .value, help: "where it comes from")
            } else if behind.count == 3, behind.last == "file" {
                proposeFile(from: rest.start, rest.text)
            }
        case "dialogue":
            if let colon = rest.text.isEmpty ? behind.last : rest.text, colon.hasSuffix(":") {
                restart(at: typed.offset)
                proposals.add(LanguageTables.parameterKinds, .kind)
            } else if behind.last?.hasSuffix(":") == true {
                proposals.add(LanguageTables.parameterKinds, .kind)
            }
        case "before", "after":
            if behind.isEmpty { proposals.add(["each", "all"], .clause) }
        case "test": proposeTestClauses(behind)
        case "server": proposeServerHeader(behind)
        case "eventually":
            proposeLimits(["within", "every"], behind)
        case "parallel": proposeLimits(["within"], behind)
        case "step":
            if !behind.isEmpty { proposeLimits(["within"], behind) }
        case "pipeline":
            if behind.isEmpty {
                proposals.add(["force"], .clause, help: "break the rules of pipelines")
            }
        case "let", "cases", "measure", "snapshot", "for": proposeNamedExpression(statement.word)
        case "do": proposeCall()
        default: proposeExpression(from: (words.first?.end ?? typed.start), of: statement.word)
        }
    }

    // MARK: - Files and parameters

    private mutating func proposeUse(_ behind: [String]) {
        if behind.isEmpty {
            proposeFile(from: rest.start, rest.text)
        } else if behind.count == 1, ending == .word {
            proposals.add(["with"], .clause, help: "set parameters of the file")
        }
    }

    /// `param NAME: KIND`
    private mutating func proposeKind(_ behind: [String]) {
        guard let first = behind.first else { return }
        let isDue = behind.count == 1 ? first.hasSuffix(":") : behind == [first, ":"]
        guard isDue else { return }
        proposals.add(Kind.writable.map(\.name), .kind)
    }

    private mutating func proposeTestClauses(_ behind: [String]) {
        guard !behind.isEmpty, ending == .word else { return }
        if rest.text.hasPrefix("[") || behind.last?.hasPrefix("[") == true
            || behind.last?.hasSuffix(",") == true
        {
            let typedTag = rest.text.hasPrefix("[") ? rest.start + 1 : rest.start
            restart(at: typedTag)
            return proposals.add(assistant.tags, .tag)
        }
        switch behind.last {
        case "tags", "timeout", "retry": return
        case "fails": return proposals.add(assistant.reasons, .value, help: "a reason")
        default: break
        }
        let rows = [
            ("tags", "[NAMES]", "by which tests are chosen"),
            ("timeout", "DURATION", "the limit of the whole test"),
            ("retry", "NUMBER", "how many times a failed test is run again"),
            ("fails", "REASON", "the reason with which it is meant to fail"),
        ]
        for (word, detail, help) in rows where !behind.contains(word) {
            proposals.add(Proposal(word, .clause, detail: detail, help: help))
        }
    }

    /// `within D`, `every D`
    private mutating func proposeLimits(_ clauses: [String], _ behind: [String]) {
        if let last = behind.last, clauses.contains(last) { return proposeDurations() }
        for word in clauses where !behind.contains(word) {
            proposals.add(
                Proposal(
                    word,
                    .clause,
                    detail: "DURATION",
                    help: word == "every" ? "from one round to the next" : "the time limit"
                )
            )
        }
    }

    // MARK: - Expressions behind a name

    /// `let NAME = …`, `cases NAME in …`, `for NAME in …`
    private mutating func proposeNamedExpression(_ word: String) {
        let sign = ["cases", "for"].contains(word) ? "in" : "="
        guard let begin = words.first(where: { $0.text == sign }) else {
            if words.count == 2, sign == "in" { proposals.add(["in"], .clause) }
            return
        }
        proposeExpression(from: begin.end, of: word)
    }

    /// `do NAME(arguments)`
    private mutating func proposeCall() {
        let begin = words.first?.end ?? typed.start
        let text = typed.bytes[begin..<typed.offset]
        if text.contains(UInt8(ascii: "(")) { return proposeExpression(from: begin) }
        for name in surroundings.names {
            guard case .dialogue(let parameters) = name.meaning else { continue }
            let list = parameters.map(\.name.text).joined(separator: ", ")
            proposals.add(Proposal(name.name, .dialogue, detail: "(\(list))"))
        }
    }
}

extension TypedWord {
    /// Where it ends.
    var end: Int { start + text.utf8.count }
}
