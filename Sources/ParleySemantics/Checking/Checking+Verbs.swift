import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

extension Checking {
    /// A statement that reads words: one of the language's own, or a verb of the current session.
    func verb(_ verb: VerbStatement, _ statement: Statement) -> CheckedStatement.Kind? {
        source.hide(WrittenSecrets.ranges(in: verb, registry: registry))
        switch verb.verb.text {
        case "connect":
            refuseLabel(statement.label, "connect … as \(statement.label?.text ?? "NAME")")
            return connect(verb, statement)
        case "start":
            refuseLabel(statement.label, "start NAME")
            return start(verb)
        case "stop":
            refuseLabel(statement.label, "stop NAME")
            return stop(verb)
        case "signal":
            refuseLabel(statement.label, "signal NAME")
            return signal(verb)
        case "await":
            refuseLabel(statement.label, "await NAME")
            return awaitSignal(verb)
        case "close": return close(verb)
        case "send": return send(verb, statement)
        case "body": return body(verb, statement)
        case "receive": return receive(verb, statement)
        case "tls":
            refuseLabel(statement.label, "tls offers HOST as NAME")
            return survey(verb)
        case "resolve":
            reportReserved("‘\(verb.verb.text)’", at: verb.verb.range)
            ignore(verb)
            return nil
        default:
            let checked = protocolVerb(verb, statement)
            if let checked {
                refuseAfterEnd(checked, at: verb.verb.range)
                noteEnd(checked, at: verb.verb.range)
            }
            return checked.map { .verb($0) }
        }
    }

    private func refuseLabel(_ label: Identifier?, _ usage: String) {
        guard let label else { return }
        report(
            .sessionUnknown,
            "no label stands here",
            at: label.range,
            help: "write `\(usage)`"
        )
    }

    /// What follows from a form that is not carried out: its names are bound, nothing is said.
    func ignore(_ verb: VerbStatement) {
        silently { verb.words.forEach { _ = text($0) } }
        if let name = verb.tail.binding { bind(name, .unknown) }
    }

    /// A verb of the current session's protocol.
    func protocolVerb(_ verb: VerbStatement, _ statement: Statement) -> CheckedVerb? {
        let name = verb.verb.text
        if flow.current == nil, !registry.verbNames.contains(name) {
            reportUnknownVerb(verb, nil)
            ignore(verb)
            return nil
        }
        guard let info = currentSession(at: verb.verb.range, for: "‘\(name)’"),
            let protocolSpec = info.spec
        else {
            ignore(verb)
            return nil
        }
        guard let spec = protocolSpec.verb(name) else {
            reportUnknownVerb(verb, protocolSpec)
            ignore(verb)
            return nil
        }
        guard !spec.isReserved else {
            reportReserved("the verb ‘\(name)’", at: verb.verb.range, help: "send it with `send`")
            ignore(verb)
            return nil
        }
        guard !reportReservedResult(verb, spec) else {
            ignore(verb)
            return nil
        }
        guard !reportSlip(verb, spec) else {
            ignore(verb)
            return nil
        }
        let filled = fill(spec, verb.words, at: verb.verb.range)
        refusePattern(verb)
        let expectation = expectation(
            verb.tail,
            natural: spec.success,
            role: .verb(name),
            protocolSpec,
            statement
        )
        let limit = limit(verb.tail.within)
        let arguments = filled.arguments.map {
            (slot: $0.slot, value: argument($0.word, spec, $0.slot))
        }
        for (argument, filled) in zip(arguments, filled.arguments)
        where argument.value.kind != .unknown {
            warnOfDollar(filled.word)
        }
        var clauses: [(name: String, value: CheckedExpression?)] = []
        var tls: CheckedTLS? = name == "starttls" ? CheckedTLS() : nil
        for (clause, word) in filled.clauses {
            if var settings = tls, let about = TLSClause(clause) {
                applyTLS(about, word, to: &settings)
                tls = settings
            } else {
                clauses.append((clause.name, word.map { argument($0, spec, clause) }))
            }
        }
        if let tls { finishTLS(tls, at: verb.verb.range) }
        checkParameters(spec, filled, expectation, at: verb.verb.range)
        let checked = CheckedVerb(
            place: place(statement.range),
            spec: spec,
            session: info.slot,
            arguments: arguments,
            clauses: clauses,
            tls: tls,
            expectation: expectation,
            within: limit,
            binding: bindReply(verb.tail, expectation, of: protocolSpec)
        )
        return chunk(checked, at: verb.verb.range)
    }

    /// Binds the name of a tail to the reply; it may be missing if no reply is demanded.
    func bindReply(
        _ tail: Tail,
        _ expectation: CheckedExpectation,
        _ kind: Kind = .reply,
        of spec: ProtocolSpec?
    ) -> Variable? {
        guard let name = tail.binding else { return nil }
        let mayBeMissing = expectation.alternatives.contains { alternative in
            switch alternative.outcome {
            case .closed, .timeout, .refused: true
            case .reply, .any: false
            }
        }
        let isInWords = kind == .reply && spec?.answersInWords == true
        return bind(name, mayBeMissing ? .optional(kind) : kind, isReplyInWords: isInWords)
    }

    /// A word that must be one of a fixed set and written out.
    func keyword(_ word: Word, _ allowed: [String], what: String) -> String? {
        guard let literal = word.literal else {
            report(.typeConstant, "\(what) must be written out", at: word.range)
            return nil
        }
        guard allowed.contains(literal) else {
            report(
                .verbArgument,
                "‘\(literal)’ is none of: \(allowed.joined(separator: " "))",
                at: word.range,
                help: suggestion(literal, allowed)
            )
            return nil
        }
        return literal
    }

    func refusePattern(_ verb: VerbStatement) {
        guard let pattern = verb.pattern else { return }
        report(
            .verbUsage,
            "‘\(verb.verb.text)’ takes no pattern",
            at: pattern.range,
            help: "patterns stand behind `receive until` and `matching`"
        )
    }

    private func reportUnknownVerb(_ statement: VerbStatement, _ spec: ProtocolSpec?) {
        let verb = statement.verb
        let owners = registry.protocols.filter { $0.verb(verb.text) != nil }
        if let spec, let word = spec.instead[verb.text] {
            report(
                .verbProtocol,
                "\(spec.name) has no ‘\(verb.text)’",
                at: verb.range,
                help: "write `\(word)`; to send it all the same, write "
                    + "`send \(verb.text.asciiUppercased) …`"
            )
            return
        }
        if let spec, let owner = owners.first {
            report(
                .verbProtocol,
                "‘\(verb.text)’ is a verb of \(owner.family), and this session speaks \(spec.name)",
                at: verb.range,
                help:
                    "speak on another session with `NAME: \(verb.text)`, or send a line with `send`"
            )
            return
        }
        let candidates =
            (spec?.verbs.map(\.name) ?? registry.verbNames) + Self.wordStatements
            + Keywords.statements.filter { $0.level != .file }.map(\.word)
        var help =
            helpForWireLine(statement, spec) ?? wordMeant(by: verb.text) ?? suggestion(
                verb.text,
                candidates
            )
            ?? "to send a line as it is, write `send`"
        if case .dialogue(let dialogue)? = scope.find(verb.text)?.meaning {
            let names = dialogue.parameters.map(\.name.text).joined(separator: ", ")
            help = "‘\(verb.text)’ is a dialogue: write `do \(verb.text)(\(names))`"
        }
        if registry[verb.text] != nil { help = "write `connect \(verb.text) …`" }
        let protocolName = spec.map { " of \($0.name)" } ?? ""
        report(
            .verbUnknown,
            "no verb\(protocolName) and no statement is called ‘\(verb.text)’",
            at: verb.range,
            help: help
        )
    }

    /// `pipeline [force] { verbs }`
    func pipeline(forced: Bool, _ block: Block, _ statement: Statement) -> CheckedStatement.Kind? {
        guard let info = currentSession(at: firstWord(statement), for: "`pipeline`") else {
            for child in block.statements {
                if case .verb(let verb) = child.kind { ignore(verb) }
            }
            return nil
        }
        if let spec = info.spec, spec.answersInWords {
            report(
                .verbPipeline,
                "the commands of \(spec.name) go out one after the other",
                at: firstWord(statement),
                help: "write them without `pipeline`; each waits for the answer to the one before"
            )
        }
        var verbs: [CheckedVerb] = []
        for (position, child) in block.statements.enumerated() {
            if let label = child.label, label.text != info.slot.label {
                report(
                    .verbPipeline,
                    "a pipeline speaks on one session",
                    at: label.range,
                    help: "label the pipeline: \(label.text): pipeline {"
                )
            }
            guard case .verb(let verb) = child.kind, verb.verb.text != "body",
                !Self.wordStatements.contains(verb.verb.text)
            else {
                if case .malformed = child.kind { continue }
                report(
                    .verbPipeline,
                    "a pipeline holds verbs and nothing else",
                    at: firstWord(child),
                    help: "move it behind the pipeline; names bound there are known after it"
                )
                continue
            }
            source.hide(WrittenSecrets.ranges(in: verb, registry: registry))
            guard let checked = protocolVerb(verb, child) else { continue }
            if checked.spec.name == "starttls" {
                report(
                    .verbPipeline,
                    "STARTTLS changes the connection and cannot be pipelined",
                    at: verb.verb.range,
                    notes: ["RFC 3207 §4.2"],
                    help: "write it behind the pipeline; `starttls inject …` sends octets with it"
                )
            } else if checked.spec.endsPipeline, !forced, position < block.statements.count - 1 {
                report(
                    .verbPipeline,
                    "\(checked.spec.wireName) must be the last command of a pipeline",
                    at: verb.verb.range,
                    notes: ["RFC 2920 §3.1"],
                    help: "move it to the end, or write `pipeline force {` to break the rule"
                )
            }
            if verbs.isEmpty { refuseAfterEnd(checked, at: verb.verb.range) }
            verbs.append(checked)
            noteEnd(checked, at: verb.verb.range)
        }
        return info.spec == nil ? nil : .pipeline(info.slot, forced: forced, verbs)
    }
}
