import ParleyDiagnostics
import ParleyEngine
import ParleyMachine
import ParleySemantics
import ParleySyntax
import ParleyVerbs
import ParleyWire

/// A conversation as a test: what worked, with what was answered, and without what is secret.
struct SavedScript {
    var statements: [SavedStatement]
    /// Declarations made of what was typed: `param host …`, `secret pass …`.
    var declarations: [String] = []
    /// What was left out, and why.
    var leftOut: [String] = []
    /// What its reader has to know to run it.
    var remarks: [String] = []
    /// Variables of the environment that must be set for a run.
    var variables: [String] = []
    /// Every name in use.
    var names: Set<String>

    private let title: String
    /// What `use` reads, for scripts that were loaded.
    private let used: [String]

    /// The test that a conversation makes.
    ///
    /// - Parameters:
    ///   - entries: all that was carried out, in order.
    ///   - title: the test's title.
    ///   - used: files whose names the statements may read, as `use` writes them.
    ///   - profile: the profile that parameters follow.
    init(_ entries: [ShellEntry], title: String, used: [String], profile: String?) {
        self.title = title
        self.used = used
        statements = entries.compactMap(SavedStatement.init)
        names = Set(statements.flatMap { $0.declared.map(\.text) + $0.reads.map(\.text) })
        names.formUnion(SessionAttribute.allCases.map(\.rawValue))
        dropWhatFailed(profile)
        dropWhatNobodyReads()
        renameWhatIsBoundTwice()
        labelSessions()
        writeReplies()
        captureWhatWasCopied()
        takeInputs()
    }

    /// Whether anything is left that speaks to a server.
    var isEmpty: Bool {
        !statements.contains { statement in
            guard statement.isKept else { return false }
            return statement.verbs.contains { !["start", "stop"].contains($0.verb.text) }
        }
    }

    /// How many statements it holds.
    var count: Int { statements.count { $0.isKept } }

    /// The script, not yet formatted.
    var text: String {
        var top = used.map { "use \(ScriptWord.quoted($0))" }
        func add(_ fits: (StatementKind) -> Bool) {
            for statement in statements
            where statement.isKept && statement.isAtTop && fits(statement.statement.kind) {
                top += statement.lines
            }
        }
        add { if case .use = $0 { true } else { false } }
        top += declarations
        add { if case .parameter = $0 { true } else { false } }
        add { if case .secret = $0 { true } else { false } }
        add {
            switch $0 {
            case .use, .parameter, .secret: false
            default: true
            }
        }
        let body = statements.filter { $0.isKept && !$0.isAtTop }.flatMap(\.lines)
        let isAttack = statements.contains { statement in
            statement.isKept && statement.entry.checked.contains(where: \.breaksRules)
        }
        let tags = [family, isAttack ? "attack" : nil].compactMap { $0 }.joined(separator: ", ")
        let heading = top.isEmpty ? "" : top.joined(separator: "\n") + "\n\n"
        return heading + "test \(ScriptWord.quoted(title)) tags [\(tags)] {\n"
            + body.joined(separator: "\n") + "\n}\n"
    }

    /// What the sessions speak: `smtp`.
    private var family: String? {
        statements.lazy.filter(\.isKept).compactMap { statement in
            statement.verb.flatMap { verb in
                verb.verb.text == "connect" ? verb.words.first?.literal : nil
            }
        }
        .first.flatMap { Protocols.registry[$0]?.family }
    }

    /// A name that is not taken yet.
    mutating func fresh(_ wanted: String) -> String {
        var name = wanted
        var number = 2
        while names.contains(name) || Keywords.isReserved(name) {
            name = "\(wanted)\(number)"
            number += 1
        }
        names.insert(name)
        return name
    }

    // MARK: - What stays

    /// Failed tries and what was undone go; a failure whose command the server took stays, with
    /// the reply that came, because what follows builds on it.
    private mutating func dropWhatFailed(_ profile: String?) {
        var reasons: [String: Int] = [:]
        for index in statements.indices {
            let statement = statements[index]
            let entry = statement.entry
            let wasTaken = !entry.succeeded && statement.wrongReply.map { !$0.isRefusal } == true
            let isUndone = entry.isUndone && (statement.onlyNames || entry.slot == nil)
            switch statement.statement.kind {
            case .remark(.skip, _): statements[index].isKept = false
            case .profile(let name, _): statements[index].isKept = name.text == profile
            default: statements[index].isKept = (entry.succeeded || wasTaken) && !isUndone
            }
            if statement.isSilentWait { statements[index].isKept = false }
            guard !entry.succeeded, !wasTaken else { continue }
            let reason = entry.outcome.findings.last?.reason ?? "it failed"
            let text = entry.masked.split(separator: "\n").first ?? ""
            reasons["\(text) (\(reason))", default: 0] += 1
            if statement.mayHaveSaidMore {
                remarks.append("what failed half-way is left out: what follows it may not pass")
            }
        }
        leftOut += reasons.keys.sorted()
    }

    /// Names that are read nowhere go, and values that were only looked at.
    private mutating func dropWhatNobodyReads() {
        var needed: Set<String> = []
        var neededAtTop: Set<String> = []
        var looked = 0
        for index in statements.indices.reversed() where statements[index].isKept {
            let statement = statements[index]
            let declared = statement.declared.map(\.text)
            if statement.onlyNames, needed.isDisjoint(with: declared) {
                statements[index].isKept = false
                if statement.entry.isExpression { looked += 1 }
                continue
            }
            if !neededAtTop.isDisjoint(with: declared) { statements[index].isAtTop = true }
            if let verb = statement.verb, let name = verb.tail.binding,
                statement.sessionLabel == nil, !needed.contains(name.text)
            {
                statements[index].unbind(name)
            }
            let reads = statement.reads.map(\.text)
            needed.subtract(declared)
            needed.formUnion(reads)
            guard statements[index].isAtTop else { continue }
            neededAtTop.subtract(declared)
            neededAtTop.formUnion(reads)
        }
        if looked > 0 { leftOut.append("\(looked) \(looked == 1 ? "value" : "values") looked at") }
    }

    /// In a script a name is bound once; the later ones get names of their own.
    private mutating func renameWhatIsBoundTwice() {
        var current: [String: String] = [:]
        for index in statements.indices where statements[index].isKept {
            for name in statements[index].reads {
                guard let renamed = current[name.text], renamed != name.text else { continue }
                statements[index].replace(name.range, with: renamed)
            }
            for name in statements[index].declared {
                let isSession = statements[index].sessionLabel != nil
                guard isSession || statements[index].boundName != nil else { continue }
                let renamed = current[name.text] == nil ? name.text : fresh(name.text)
                current[name.text] = renamed
                guard renamed != name.text else { continue }
                statements[index].replace(name.range, with: renamed)
                if isSession {
                    statements[index].sessionLabel = renamed
                } else if statements[index].boundName == name.text {
                    statements[index].boundName = renamed
                }
            }
        }
    }
}

extension SavedStatement {
    /// Takes the `as NAME` out.
    mutating func unbind(_ name: Identifier) {
        let bytes = entry.tree.source.bytes
        var start = name.range.start
        while start > 0, bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09 { start -= 1 }
        guard start >= 2, bytes[(start - 2)..<start].elementsEqual("as".utf8) else { return }
        replace(SourceRange(start - 2, name.range.end), with: "")
        boundName = nil
    }
}
