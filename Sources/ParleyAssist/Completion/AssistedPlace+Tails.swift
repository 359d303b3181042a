import ParleySemantics
import ParleyVerbs

extension AssistedPlace {
    /// The words that end a verb's arguments.
    static let tailWords = ["within", "as", "else"]

    /// The words of a verb and those of its tail on the left of `=>`.
    static func withoutTail(_ words: [TypedWord]) -> ([TypedWord], [TypedWord]) {
        guard
            let begin = words.indices.first(where: { index in
                tailWords.contains(words[index].text)
            })
        else { return (words, []) }
        return (Array(words[..<begin]), Array(words[begin...]))
    }

    /// What stands behind `within`, `as` and `else`; whether the cursor stands there.
    mutating func proposeTailValue(_ tail: [TypedWord]) -> Bool {
        switch tail.last?.text {
        case "within":
            proposeDurations()
            return true
        case "as": return true
        case "else":
            proposals.add(["warn"], .clause, help: "a wrong reply is a warning only")
            return true
        default: return false
        }
    }

    /// `${name}` for the durations in scope.
    mutating func proposeDurations() {
        for name in surroundings.names {
            guard case .value(let kind) = name.meaning, kind.plain == .duration else { continue }
            proposals.add(Proposal("${\(name.name)}", .variable, detail: kind.name))
        }
    }

    /// `=>`, `within`, `as`, `else warn`, as far as they are not there.
    mutating func proposeTail(of spec: VerbSpec, behind tail: [TypedWord], hasArrow: Bool = false) {
        let isFree = ["start", "stop", "signal", "close"].contains(spec.name)
        guard !isFree else { return }
        let there = Set(tail.map(\.text))
        let takesArrow = !["await", "tls"].contains(spec.name)
        if takesArrow, !hasArrow, !there.contains("=>") {
            proposals.add(Proposal("=>", .clause, help: "what the server must answer"))
        }
        if !there.contains("within") {
            proposals.add(Proposal("within", .clause, detail: "DURATION", help: "the time limit"))
        }
        if !there.contains("as"), spec.name != "await" {
            proposals.add(
                Proposal(
                    "as",
                    .clause,
                    detail: "NAME",
                    help: spec.name == "connect" && !hasArrow
                        ? "name the session" : "name the reply"
                )
            )
        }
        if takesArrow, !there.contains("else") {
            proposals.add(
                Proposal("else", .clause, detail: "warn", help: "a wrong reply is a warning only")
            )
        }
    }

    /// What stands behind `=>`.
    mutating func proposeReplies(of spec: VerbSpec, behind words: [TypedWord]) {
        guard ending == .word else { return }
        let (alternatives, tail) = Self.withoutTail(words)
        if proposeTailValue(tail) { return }
        guard tail.isEmpty else {
            return proposeTail(of: spec, behind: tail, hasArrow: true)
        }
        guard let last = alternatives.last, last.text != "or" else {
            return proposeAnswers(of: spec)
        }
        guard last.text != "matching" else { return }
        if !["closed", "timeout", "refused"].contains(last.text),
            !alternatives.contains(where: { $0.text == "matching" })
        {
            proposals.add(
                Proposal("matching", .clause, detail: "/PATTERN/", help: "the reply's text")
            )
        }
        proposals.add(Proposal("or", .clause, help: "another answer that will do"))
        proposeTail(of: spec, behind: tail, hasArrow: true)
    }

    /// The protocol whose server answers: the one that `connect` names, else the session's.
    func answering(_ spec: VerbSpec) -> ProtocolSpec? {
        guard spec.name == "connect" else { return session?.spec }
        return words.dropFirst().first.flatMap { registry[$0.text] }
    }

    private mutating func proposeAnswers(of spec: VerbSpec) {
        let statuses = answering(spec)?.statuses ?? []
        for status in statuses {
            let help = ReplyMeaning.text(of: status)
            proposals.add(Proposal(status.rawValue, .reply, help: help))
        }
        if statuses.isEmpty {
            if let usual = ReplyMeaning.usualCode(for: spec) {
                proposals.add(Proposal("\(usual)", .reply, help: "the usual answer"))
            }
            for row in ReplyMeaning.classes(naturalFirst: spec.success) {
                proposals.add(Proposal(row.pattern, .reply, help: row.meaning))
            }
        }
        for word in LanguageTables.answers where word != "refused" || spec.name == "connect" {
            proposals.add(Proposal(word, .reply, help: ReplyMeaning.word(word) ?? ""))
        }
    }
}
