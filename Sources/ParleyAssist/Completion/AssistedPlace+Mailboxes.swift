import ParleySemantics
import ParleySyntax
import ParleyVerbs

extension AssistedPlace {
    /// The mailboxes that the session's server named, and INBOX, which every server has.
    mutating func proposeMailboxes(for spec: VerbSpec) {
        var names = ["INBOX"]
        if let index = sessionIndex { names += assistant.mailboxes[index] ?? [] }
        let isInQuotes = rest.isQuoted
        var fitting: [String] = []
        var seen: Set<String> = []
        for name in names where !name.isEmpty && seen.insert(name).inserted {
            let begins = Proposals.begins(
                isInQuotes ? ScriptWord.quoted(name) : name,
                with: rest.text
            )
            if begins { fitting.append(name) }
        }
        // What is typed can go on only to words that all begin with a quote, or all without.
        let needsQuotes =
            isInQuotes || !rest.text.isEmpty && !fitting.allSatisfy { Self.isBare($0, in: spec) }
        for name in fitting {
            let isQuoted = needsQuotes || !Self.isBare(name, in: spec)
            proposals.list.append(
                Proposal(isQuoted ? ScriptWord.quoted(name) : name, .mailbox)
            )
        }
    }

    /// The session that the statement speaks on, by its index.
    private var sessionIndex: Int? {
        guard let label else { return surroundings.current }
        guard case .session(let index)? = surroundings.name(label)?.meaning else { return nil }
        return index
    }

    /// Whether a name can stand as a word without quotes.
    private static func isBare(_ name: String, in spec: VerbSpec) -> Bool {
        let isPlain = name.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII
                ? TypedExpression.isNameByte(UInt8(scalar.value))
                    || "._-+:/[]()&@#".unicodeScalars.contains(scalar)
                : scalar.properties.isAlphabetic
        }
        let words = tailWords + spec.clauses.flatMap(\.words)
        return isPlain && name.first != "#" && !words.contains(name)
    }
}
