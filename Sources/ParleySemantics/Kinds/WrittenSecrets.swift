public import ParleyDiagnostics
public import ParleySyntax
public import ParleyVerbs

/// Finds passwords that are written out among the words of a statement, so that nothing shows or
/// keeps them.
public enum WrittenSecrets {
    /// The secrets that a verb's words hold.
    ///
    /// - Parameter answersLogin: whether a line that is sent answers a challenge.
    public static func ranges(
        in verb: VerbStatement,
        registry: ProtocolRegistry,
        answersLogin: Bool = false
    ) -> [SourceRange] {
        switch verb.verb.text {
        case "connect": following("password", verb.words)
        case "send": sent(verb.words, answersLogin)
        case let name:
            registry.verbWithSecret(name).map { secretWords($0, verb.words) }
                ?? wireLine(name, verb.words)
        }
    }

    /// `AUTH PLAIN …`, `a1 LOGIN user password`, typed as if they were statements.
    private static func wireLine(_ name: String, _ words: [Word]) -> [SourceRange] {
        let texts = [name] + words.map { $0.literal ?? "x" }
        guard isLogin(texts) else { return [] }
        let shown = name.lowercased() == "pass" ? 0 : 1
        return words.dropFirst(shown).filter(isWritten).map(\.range)
    }

    /// Words that fill a secret slot.
    private static func secretWords(_ spec: VerbSpec, _ words: [Word]) -> [SourceRange] {
        guard let slot = spec.slots.firstIndex(where: \.isSecret) else { return [] }
        return arguments(of: spec, words).dropFirst(slot).filter(isWritten).map(\.range)
    }

    /// The words that fill slots: clauses and what belongs to them passed over.
    public static func arguments(of spec: VerbSpec, _ words: [Word]) -> [Word] {
        var arguments: [Word] = []
        var rest = words[...]
        while let word = rest.first {
            let clause = spec.clauses.first { clause in
                rest.count >= clause.words.count
                    && zip(rest, clause.words).allSatisfy { !$0.isQuoted && $0.literal == $1 }
            }
            if let clause {
                rest = rest.dropFirst(clause.words.count + (clause.slot == nil ? 0 : 1))
            } else {
                arguments.append(word)
                rest = rest.dropFirst()
            }
        }
        return arguments
    }

    private static func following(_ clause: String, _ words: [Word]) -> [SourceRange] {
        zip(words, words.dropFirst()).filter { first, second in
            !first.isQuoted && first.literal == clause && isWritten(second)
        }
        .map(\.1.range)
    }

    /// `send AUTH PLAIN …`: what stands behind the mechanism; of an answer, every word.
    private static func sent(_ words: [Word], _ answersLogin: Bool) -> [SourceRange] {
        let isRaw = words.first.map { !$0.isQuoted && $0.literal == "raw" } ?? false
        let words = isRaw ? Array(words.dropFirst()) : words
        if answersLogin { return words.filter(isWritten).map(\.range) }
        let texts = words.map { $0.literal ?? "x" }
        guard isLogin(texts) else { return [] }
        // One quoted word may hold the whole line.
        guard words.count > 1 else { return words.map(\.range) }
        let typed = texts[0].split(separator: " ").count
        return words.dropFirst(max(1, 3 - typed)).filter(isWritten).map(\.range)
    }

    /// Whether a line of the wire logs in: `AUTH PLAIN …`, `a1 LOGIN user word`, `PASS word`.
    ///
    /// Every verb of a script is asked, so that no more of a line is looked at than three words.
    private static func isLogin(_ texts: [String]) -> Bool {
        var words: [Substring] = []
        for text in texts where words.count < 3 {
            words += text.split(separator: " ", maxSplits: 3)
        }
        guard let first = words.first?.lowercased() else { return false }
        if first == "pass" { return words.count > 1 }
        guard words.count > 2 else { return false }
        return first == "auth" || ["login", "authenticate"].contains(words[1].lowercased())
    }

    /// Whether a word holds text of its own; an insertion of a secret is none.
    private static func isWritten(_ word: Word) -> Bool {
        word.parts.contains { part in
            if case .insertion = part { false } else { true }
        }
    }
}
