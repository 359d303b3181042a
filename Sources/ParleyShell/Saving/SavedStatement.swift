import ParleyDiagnostics
import ParleyEngine
import ParleySemantics
import ParleySyntax

/// One statement of a conversation on its way into a script: its text, and what changes in it.
struct SavedStatement {
    let entry: ShellEntry
    let statement: Statement
    /// Whether it stays.
    var isKept = true
    /// Whether it stands at the top of the file.
    var isAtTop: Bool
    /// What its name is called in the script, if it binds one.
    var boundName: String?
    /// The label of the session that it opens.
    var sessionLabel: String?
    /// Lines that follow it.
    var following: [String] = []

    private var edits: [(range: SourceRange, text: String)] = []

    /// `nil` where nothing was typed but a comment.
    init?(_ entry: ShellEntry) {
        guard let statement = entry.statement else { return nil }
        self.entry = entry
        self.statement = statement
        isAtTop = statement.standsAtTop
        if let verb, verb.verb.text == "connect", !verb.tail.bindsReply {
            sessionLabel = verb.tail.binding?.text
        } else {
            boundName = declared.first?.text
        }
    }

    /// The verb statement, if it is one.
    var verb: VerbStatement? {
        guard case .verb(let verb) = statement.kind else { return nil }
        return verb
    }

    // MARK: - Changes

    /// Puts `text` in place of a range.
    mutating func replace(_ range: SourceRange, with text: String) {
        edits.append((range, text))
    }

    /// Puts `text` before an octet.
    mutating func insert(_ text: String, at offset: Int) {
        edits.append((SourceRange(offset, offset), text))
    }

    /// Where what a verb demands ends: its last word, or before `else warn`.
    var endOfDemand: Int { verb?.tail.softened?.start ?? statement.range.end }

    /// The statement as it is to stand in the script, and what follows it.
    var lines: [String] {
        let source = entry.tree.source.bytes
        var octets: [UInt8] = []
        var at = statement.range.start
        let ordered = edits.enumerated().sorted { left, right in
            (left.element.range.start, left.offset) < (right.element.range.start, right.offset)
        }
        for (_, edit) in ordered where edit.range.start >= at {
            octets += source[at..<edit.range.start]
            octets += Array(edit.text.utf8)
            at = edit.range.end
        }
        octets += source[at..<statement.range.end]
        return [String(decoding: octets, as: UTF8.self)] + following
    }

    // MARK: - Names

    /// The names that it binds for what comes after it.
    var declared: [Identifier] { Self.declared(statement) }

    private static func declared(_ statement: Statement) -> [Identifier] {
        switch statement.kind {
        case .binding(let name, _), .parameter(let name, _, _), .secret(let name, _, _),
            .dialogue(let name, _, _):
            [name]
        case .server(let server): [server.name]
        case .verb(let verb): verb.tail.binding.map { [$0] } ?? []
        case .pipeline(_, let block), .step(_, _, let block), .eventually(_, _, let block):
            block.statements.flatMap(declared)
        default: []
        }
    }

    /// The names that it reads, each where it stands.
    var reads: [Identifier] {
        var names: [Identifier] = []
        var walk = TreeWalk()
        walk.onExpression = { expression in
            guard case .name(let name) = expression.kind else { return }
            names.append(Identifier(name, expression.range))
        }
        walk.onStatement = { statement in
            if let label = statement.label { names.append(label) }
            switch statement.kind {
            case .call(let name, _): names.append(name)
            case .profile(_, let values): names += values.map(\.name)
            case .verb(let verb) where ["start", "stop"].contains(verb.verb.text):
                guard let word = verb.words.first, let name = word.literal else { return }
                names.append(Identifier(name, word.range))
            default: break
            }
        }
        walk.walk([statement])
        return names
    }

    /// Whether it only names something, and is not missed where nobody reads the name.
    var onlyNames: Bool {
        switch statement.kind {
        case .binding, .parameter, .secret, .dialogue, .server: true
        default: false
        }
    }

    /// Whether what it says depends on which session is current.
    var speaksOnSession: Bool {
        var speaks = false
        var walk = TreeWalk()
        walk.onStatement = { statement in
            switch statement.kind {
            case .pipeline: speaks = true
            case .verb(let verb):
                let isOwn = ["connect", "start", "stop", "signal", "await", "tls"]
                if !isOwn.contains(verb.verb.text) { speaks = true }
            default: break
            }
        }
        walk.onExpression = { expression in
            switch expression.kind {
            case .offers: speaks = true
            case .name(let name) where SessionAttribute(rawValue: name) != nil: speaks = true
            default: break
            }
        }
        walk.walk([statement])
        return speaks
    }

    /// Every verb in it, those in its blocks too.
    var verbs: [VerbStatement] {
        var verbs: [VerbStatement] = []
        var walk = TreeWalk()
        walk.onStatement = { statement in
            if case .verb(let verb) = statement.kind { verbs.append(verb) }
        }
        walk.walk([statement])
        return verbs
    }
}
