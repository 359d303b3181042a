import ParleyDiagnostics
import ParleySemantics
import ParleySyntax
import ParleyVerbs

/// A place of a text with its words, to which the ways to go on are added.
struct AssistedPlace {
    let assistant: Assistant
    let typed: TypedText
    /// The words of the statement before the cursor's, label excluded.
    private(set) var words: [TypedWord]
    /// The word that the cursor stands in, up to the cursor.
    private(set) var rest: TypedWord
    private(set) var ending: TypedWord.Ending
    /// The session that the statement names.
    private(set) var label: String?
    var proposals: Proposals

    init(_ assistant: Assistant, _ typed: TypedText) {
        self.assistant = assistant
        self.typed = typed
        (words, rest, ending) = TypedWord.split(
            typed.bytes,
            typed.start,
            typed.offset,
            keepsLast: false
        )
        if let first = words.first, first.text.utf8.count > 1, first.text.hasSuffix(":"),
            Keywords.statement(String(first.text.dropLast())) == nil
        {
            label = String(first.text.dropLast())
            words.removeFirst()
        }
        proposals = Proposals(SourceRange(rest.start, typed.offset), typed: rest.text)
    }

    var registry: ProtocolRegistry { assistant.registry }
    var surroundings: Surroundings { assistant.surroundings }

    /// The innermost block around the statement.
    var block: TypedText.OpenBlock? { typed.blocks.last }

    /// The session that the statement speaks on.
    var session: Surroundings.Session? {
        label.map { surroundings.session(labelled: $0) } ?? surroundings.currentSession
    }

    /// Whether what is known of a live session is about the one that the statement speaks on.
    var speaksOnCurrent: Bool {
        guard let label else { return true }
        guard case .session(let index)? = surroundings.name(label)?.meaning else { return false }
        return index == surroundings.current
    }

    mutating func propose() {
        switch ending {
        case .comment: return
        case .insertion(let inner): return proposeExpression(from: inner)
        case .word, .string: break
        }
        // A text's own words are nobody's business, and its lines no statements.
        guard !typed.isInText else { return }
        guard let first = words.first else {
            if assistant.isConversation, label == nil,
                !rest.text.utf8.allSatisfy({ TypedExpression.isNameByte($0) })
            {
                return proposeExpression(from: rest.start)
            }
            if ending == .word { proposeFirstWords() }
            return
        }
        if first.text == "}" { return proposeBehindBrace() }
        switch block?.word {
        case "server", "connection": return proposeServerLine()
        case "profile", "defaults": return
        default: break
        }
        if let statement = Keywords.statement(first.text) {
            return proposeClauses(of: statement)
        }
        if let spec = verb(first.text) { return proposeArguments(of: spec) }
        if assistant.isConversation, label == nil {
            // An expression alone, whose value is shown.
            proposeExpression(from: first.start)
        }
    }

    /// The row of a verb or of a statement that reads words like one.
    func verb(_ name: String) -> VerbSpec? {
        if let spec = LanguageTables.wordStatement(name) { return spec }
        if let spec = session?.spec { return spec.verb(name) }
        return registry.protocols.lazy.compactMap { $0.verb(name) }.first
    }

    /// The range to be replaced begins elsewhere: at a part of the word.
    mutating func restart(at start: Int) {
        let text = String(decoding: typed.bytes[start..<typed.offset], as: UTF8.self)
        proposals = Proposals(SourceRange(start, typed.offset), typed: text)
    }

    /// `else`, `else if`, `else {` behind `}`.
    private mutating func proposeBehindBrace() {
        switch words.dropFirst().map(\.text) {
        case []: proposals.add(Proposal("else", .clause, help: "what else is done"))
        case ["else"]: proposals.add(Proposal("if", .clause, help: "choose further"))
        case let header where header.count > 1 && header[0] == "else" && header[1] == "if":
            proposeExpression(from: words[2].start + 2)
        default: break
        }
    }
}
