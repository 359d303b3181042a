import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

extension Checking {
    /// A parameter of MAIL or RCPT, or an attribute of XCLIENT or XFORWARD, `KEYWORD=value`: known
    /// ones are held against their type, others pass as written.
    func parameter(_ word: Word, _ slot: SlotSpec, _ spec: VerbSpec) -> CheckedExpression {
        guard case .text(let head, _)? = word.parts.first, !word.isQuoted else { return text(word) }
        let written = ParameterText(head.utf8)
        guard let row = spec.parameter(written.name) else {
            return unknownParameter(word, written, slot, spec)
        }
        if let literal = word.literal { return self.literal(literal, word, row) }
        return inserted(word, row, head)
    }

    // MARK: - Written out

    private func literal(_ literal: String, _ word: Word, _ row: ParameterSpec)
        -> CheckedExpression
    {
        let value = ParameterText(literal.utf8).value
        let plain = value.flatMap { Self.plainNumber($0, row.value) } ?? value.map(row.spelled)
        guard let problem = row.problem(with: plain) else {
            guard let plain, plain != value else { return text(word) }
            return make(word.range, .string, .constant(.string("\(row.name)=\(plain)")))
        }
        var help = problem.help
        if let wrong = problem.wrong, let near = nearest(wrong, problem.allowed) {
            help = "did you mean ‘\(near)’?"
        }
        report(
            .verbArgument,
            problem.message,
            at: word.range,
            label: row.usage,
            notes: [row.reference],
            help: help
        )
        return unknown(word.range)
    }

    /// The word that was likely meant: one that is spelt alike, or of which the written one has all
    /// letters in order, as HEADERS has those of HDRS.
    private func nearest(_ wrong: String, _ allowed: [String]) -> String? {
        if let near = Suggestion.nearest(to: wrong, among: allowed) { return near }
        return allowed.first { candidate in
            var rest = wrong.asciiUppercased.utf8[...]
            return candidate.utf8.allSatisfy { letter in
                guard let position = rest.firstIndex(of: letter) else { return false }
                rest = rest[rest.index(after: position)...]
                return true
            }
        }
    }

    /// `10MB` as octets and `2h` as seconds, where the parameter is counted so.
    static func plainNumber(_ value: String, _ kind: ParameterValue) -> String? {
        switch kind {
        case .octets:
            guard Int64(value) == nil else { return nil }
            return ConstantParser.octets(value).map { "\($0)" }
        case .seconds:
            return ConstantParser.seconds(value).map { "\($0)" }
        case .deliverBy:
            guard let semicolon = value.firstIndex(of: ";"),
                let seconds = ConstantParser.seconds(String(value[..<semicolon]))
            else { return nil }
            return "\(seconds)\(value[semicolon...])"
        default: return nil
        }
    }

    // MARK: - Inserted

    /// Values that are inserted become what the parameter demands: sizes octets, durations seconds,
    /// text xtext. What comes of it is checked before it is sent.
    private func inserted(_ word: Word, _ row: ParameterSpec, _ head: String) -> CheckedExpression {
        let value = text(word)
        guard case .template(var pieces, let isWord) = value.form else { return value }
        let isWhole = head.hasSuffix("=") && pieces.count == 2
        let isUnicode = head.asciiLowercased.hasPrefix("orcpt=utf-8;")
        for index in pieces.indices.dropFirst() {
            guard index < word.parts.count, case .insertion = word.parts[index] else { continue }
            pieces[index] = converted(
                pieces[index],
                row,
                isWhole: isWhole,
                isUnicode: isUnicode
            )
        }
        return make(word.range, value.kind, .template(pieces, isWord: isWord))
    }

    private func converted(
        _ piece: CheckedExpression,
        _ row: ParameterSpec,
        isWhole: Bool,
        isUnicode: Bool
    ) -> CheckedExpression {
        let kind = piece.kind.plain
        func call(_ builtin: Builtin, _ result: Kind) -> CheckedExpression {
            make(
                piece.place.range,
                result.secret(if: piece.kind.isSecret),
                .call(builtin, [piece])
            )
        }
        switch row.value {
        case .octets:
            return demand(piece, [.size, .int, .string], row)
        case .seconds, .deliverBy:
            let checked = demand(piece, [.duration, .int, .string], row)
            return kind == .duration ? call(.seconds, .int) : checked
        case .number, .port:
            return demand(piece, [.int, .string], row)
        case .dateTime:
            return demand(piece, [.instant, .string], row)
        case .ip:
            return demand(piece, [.ip, .string], row)
        case .originalRecipient where isWhole && kind == .address:
            report(
                .verbArgument,
                "ORCPT: the type of the address is missing",
                at: piece.place.range,
                label: "address",
                notes: [row.reference],
                help: "write ORCPT=rfc822;${…}"
            )
            return unknown(piece.place.range)
        case .xtext, .host, .originalRecipient:
            guard demand(piece, [], row).kind != .unknown else { return piece }
            return call(isUnicode ? .unitext : .xtext, .string)
        case .none, .keyword, .keywords:
            return piece
        }
    }

    /// The value if it is of one of those kinds, or a report.
    private func demand(
        _ value: CheckedExpression,
        _ allowed: [Kind],
        _ row: ParameterSpec
    ) -> CheckedExpression {
        let kind = value.kind.plain
        guard !allowed.isEmpty, kind != .unknown, !allowed.contains(kind) else { return value }
        report(
            .typeMismatch,
            "a value of kind \(value.kind.name) cannot be the \(row.name)",
            at: value.place.range,
            label: value.kind.name,
            notes: ["it may be: \(allowed.map(\.name).joined(separator: ", "))", row.reference]
        )
        return unknown(value.place.range)
    }

    // MARK: - Unknown

    /// The verb that has a parameter which this one has not.
    func owner(of name: String, _ kind: ArgumentKind, besides spec: VerbSpec) -> VerbSpec? {
        registry.protocols.lazy.flatMap(\.verbs).first {
            $0.name != spec.name && $0.parameter(name) != nil && $0.slots.last?.kind == kind
        }
    }

    /// What is told of a parameter behind the wrong verb.
    static func foreign(
        _ name: String,
        of owner: VerbSpec,
        behind spec: VerbSpec
    ) -> (message: String, help: String) {
        (
            "\(name) is a parameter of \(owner.wireName), not of \(spec.wireName)",
            "write it behind `\(owner.name)`; "
                + "to send it all the same, write `send \(spec.wireName) …`"
        )
    }

    private func unknownParameter(
        _ word: Word,
        _ written: ParameterText,
        _ slot: SlotSpec,
        _ spec: VerbSpec
    ) -> CheckedExpression {
        func fail(_ message: String, _ help: String?) -> CheckedExpression {
            silently { _ = text(word) }
            report(.verbArgument, message, at: word.range, label: slot.name, help: help)
            return unknown(word.range)
        }
        if let owner = owner(of: written.name, slot.kind, besides: spec) {
            let (message, help) = Self.foreign(written.name, of: owner, behind: spec)
            return fail(message, help)
        }
        if slot.kind == .attribute {
            let names = spec.parameters.map(\.name)
            return fail(
                "\(spec.wireName) has no attribute ‘\(written.name)’",
                suggestion(written.name, names)
                    ?? "its attributes: \(names.joined(separator: " "))"
            )
        }
        if let literal = word.literal, !Self.isParameter(literal) {
            return fail(
                "‘\(literal)’ is no ESMTP parameter",
                parameterHelp(word, literal, spec)
            )
        }
        return text(word)
    }

    /// RFC 5321 §4.1.2, esmtp-param; digits alone, which it allows, are nobody's keyword.
    private static func isParameter(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: 0x3D, maxSplits: 1, omittingEmptySubsequences: false)
        guard let keyword = parts.first, let first = keyword.first, first != 0x2D else {
            return false
        }
        guard keyword.contains(where: { $0 > 0x39 }) else { return false }
        let isKeyword = keyword.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
            default: false
            }
        }
        guard isKeyword, parts.count == 2 else { return isKeyword }
        return !parts[1].isEmpty && parts[1].allSatisfy { $0 > 0x20 && $0 != 0x3D && $0 != 0x7F }
    }

    // MARK: - The whole command

    /// What the parameters of one command must not be together, and what its path demands.
    func checkParameters(
        _ spec: VerbSpec,
        _ filled: FilledSlots,
        _ expectation: CheckedExpectation,
        at verb: SourceRange
    ) {
        guard !spec.parameters.isEmpty else { return }
        var given: [String: SourceRange] = [:]
        for (slot, word) in filled.arguments where spec.slots[slot].kind.isParameter {
            guard case .text(let head, _)? = word.parts.first else { continue }
            let name = ParameterText(head.utf8).name
            if spec.parameter(name) != nil, given[name] != nil {
                report(.verbUsage, "\(name) stands here twice", at: word.range)
            }
            given[name] = word.range
        }
        for row in spec.parameters where given[row.name] != nil {
            guard let other = row.excludes, let place = given[other] else { continue }
            report(
                .verbUsage,
                "\(row.name) and \(other) exclude each other",
                at: place,
                notes: [row.reference],
                help: "leave one of them out"
            )
        }
        // An inserted word may be the parameter; the session looks again.
        let hasInsertion = filled.arguments.contains { $0.word.literal == nil }
        guard spec.name == "mail", given["SMTPUTF8"] == nil, !hasInsertion,
            !expectation.admitsRefusal, let path = filled.arguments.first?.word,
            path.literal?.utf8.contains(where: { $0 >= 0x80 }) == true
        else { return }
        report(
            .verbArgument,
            "a path beyond ASCII needs the parameter SMTPUTF8",
            at: path.range,
            notes: ["RFC 6531 §3.4"],
            help: "add SMTPUTF8 behind the path"
        )
    }

    // MARK: - Chunks

    /// The content of a chunk: text, or a size of generated lines. Whoever carries it out tells
    /// them apart by the kind.
    func chunkContent(_ word: Word) -> CheckedExpression {
        if !word.isQuoted, let literal = word.literal,
            let octets = ConstantParser.octets(literal) ?? Int64(literal)
        {
            return make(word.range, .size, .constant(.size(octets)))
        }
        if let inner = word.soleInsertion {
            let value = insertion(inner, at: word.range)
            if value.kind.plain == .size || value.kind.plain == .int { return value }
        }
        return text(word, isWord: false)
    }

    /// A chunk's size becomes a clause, so that a session tells it from text.
    func chunk(_ verb: CheckedVerb, at range: SourceRange) -> CheckedVerb {
        guard verb.spec.slots.first?.kind == .chunk else { return verb }
        var verb = verb
        if let content = verb.arguments.first {
            if content.value.kind.plain == .size || content.value.kind.plain == .int {
                verb.arguments = []
                verb.clauses.append(("size", content.value))
            }
        } else if !verb.clauses.contains(where: { $0.name == "last" }) {
            report(
                .verbUsage,
                "‘\(verb.spec.name)’ lacks its \(verb.spec.slots[0].name)",
                at: range,
                help: verb.spec.usage
            )
        }
        return verb
    }
}

extension ConstantParser {
    /// The whole seconds of `90s`, `2h`; `nil` if it is no duration or has a fraction of a second.
    fileprivate static func seconds(_ text: String) -> Int64? {
        guard let nanoseconds = nanoseconds(text), nanoseconds % 1_000_000_000 == 0 else {
            return nil
        }
        return nanoseconds / 1_000_000_000
    }
}
