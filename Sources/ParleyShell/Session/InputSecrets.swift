import ParleyDiagnostics
import ParleySemantics
import ParleySyntax
import ParleyVerbs
import ParleyWire

/// Finds what must not be kept of an input: passwords that were typed as words.
enum InputSecrets {
    /// The octets of an input that hold a secret; none if there is none.
    static func ranges(in input: String) -> [SourceRange] {
        let source = SourceText(name: "", input + "\n")
        return ranges(in: Parser.parse(source, separatesAtSemicolons: true).tree.statements)
    }

    /// The input with a mark in place of each secret.
    static func masked(_ input: String) -> String {
        let ranges = ranges(in: input)
        guard !ranges.isEmpty else { return input }
        var octets = Array(input.utf8)
        for range in ranges.sorted(by: { $0.start > $1.start }) {
            guard range.start < range.end, range.end <= octets.count else { continue }
            octets.replaceSubrange(range.start..<range.end, with: "‹secret›".utf8)
        }
        return String(decoding: octets, as: UTF8.self)
    }

    private static func ranges(in statements: [Statement]) -> [SourceRange] {
        statements.flatMap { statement -> [SourceRange] in
            if case .verb(let verb) = statement.kind { return ranges(in: verb) }
            return statement.blocks.flatMap { ranges(in: $0.statements) }
        }
    }

    /// The secrets that a verb's words hold.
    static func ranges(in verb: VerbStatement) -> [SourceRange] {
        switch verb.verb.text {
        case "connect": following("password", verb.words)
        case "send": rawLogin(verb.words)
        case let name:
            Protocols.registry.protocols.lazy.compactMap { $0.verb(name) }
                .first { $0.slots.contains(where: \.isSecret) }
                .map { secretWords($0, verb.words) } ?? []
        }
    }

    /// Words that fill a secret slot.
    private static func secretWords(_ spec: VerbSpec, _ words: [Word]) -> [SourceRange] {
        guard let slot = spec.slots.firstIndex(where: \.isSecret) else { return [] }
        return arguments(of: spec, words).dropFirst(slot).filter(isWritten).map(\.range)
    }

    /// The words that fill slots: clauses and what belongs to them passed over.
    static func arguments(of spec: VerbSpec, _ words: [Word]) -> [Word] {
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

    /// `send AUTH PLAIN …`: what stands behind the mechanism.
    private static func rawLogin(_ words: [Word]) -> [SourceRange] {
        let texts = words.map { $0.literal ?? "x" }
        guard isLogin(texts.joined(separator: " ")) else { return [] }
        // One quoted word may hold the whole line.
        guard words.count > 1 else { return words.map(\.range) }
        let typed = texts[0].split(separator: " ").count
        return words.dropFirst(max(1, 3 - typed)).filter(isWritten).map(\.range)
    }

    /// Whether a line of the wire logs in: `AUTH PLAIN …`, `a1 LOGIN user word`, `PASS word`.
    static func isLogin(_ line: String) -> Bool {
        let words = line.split(separator: " ").map { $0.lowercased() }
        if words.first == "pass" { return words.count > 1 }
        guard words.count > 2 else { return false }
        return words[0] == "auth" || ["login", "authenticate"].contains(words[1])
    }

    /// Whether a word holds text of its own; an insertion of a secret is none.
    static func isWritten(_ word: Word) -> Bool {
        word.parts.contains { part in
            if case .insertion = part { false } else { true }
        }
    }
}
