import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

extension Checking {
    /// A name: a variable first, then an attribute of the current session.
    func named(_ name: String, at range: SourceRange) -> CheckedExpression {
        if let symbol = find(name, at: range) {
            switch symbol.meaning {
            case .variable(let variable), .started(let variable, _):
                return make(range, variable.kind, .variable(variable))
            case .session(let index):
                guard let info = use(index, at: range) else { return unknown(range) }
                return make(range, info.spec == nil ? .unknown : .session, .sessionValue(info.slot))
            case .server:
                report(
                    .nameUnknown,
                    "the server ‘\(name)’ is not started here",
                    at: range,
                    secondary: [Diagnostic.Label(symbol.place, "declared here")],
                    help: "write `start \(name)` first"
                )
                return unknown(range)
            case .dialogue:
                report(
                    .nameUnknown,
                    "‘\(name)’ is a dialogue and has no value",
                    at: range,
                    help: "run it with `do \(name)(…)`"
                )
                return unknown(range)
            }
        }
        if Self.namespaces.contains(name) {
            return make(range, .namespace(name), .constant(.none))
        }
        if let attribute = SessionAttribute(rawValue: name) {
            guard let info = currentSession(at: range, for: "‘\(name)’") else {
                return unknown(range)
            }
            return self.attribute(attribute, of: info, at: range)
        }
        reportUnknown(name, at: range)
        return unknown(range)
    }

    private func attribute(
        _ attribute: SessionAttribute,
        of info: SessionInfo,
        at range: SourceRange
    ) -> CheckedExpression {
        let kind = info.spec == nil ? Kind.unknown : KindFields.kind(of: attribute)
        return make(range, kind, .session(info.slot, attribute))
    }

    /// `x.name`
    func member(_ base: Expression, _ field: Identifier, at range: SourceRange) -> CheckedExpression
    {
        if case .name(let name) = base.kind, case .session(let index)? = scope.find(name)?.meaning {
            _ = find(name, at: base.range)
            guard let info = use(index, at: base.range) else { return unknown(range) }
            guard let attribute = SessionAttribute(rawValue: field.text) else {
                if info.spec != nil {
                    reportField(
                        field,
                        of: "a session",
                        among: SessionAttribute.allCases.map(\.rawValue)
                    )
                }
                return unknown(range)
            }
            noteField(field, KindFields.kind(of: attribute), KindFields.help(of: attribute))
            return self.attribute(attribute, of: info, at: range)
        }
        if case .name(let name) = base.kind, isHostLike(name, base, field) {
            return unknown(range)
        }
        let value = expression(base)
        switch value.kind.plain {
        case .unknown: return unknown(range)
        case .namespace(let name): return namespaceMember(name, field, at: range)
        case .optional:
            reportOptional(value)
            return unknown(range)
        case .record, .map:
            return lookup(value, make(field.range, .string, .constant(.string(field.text))), range)
        default: break
        }
        let rows = KindFields.rows(of: value.kind.plain)
        guard let row = rows.first(where: { $0.field.rawValue == field.text }) else {
            reportField(field, of: value.kind.name, among: rows.map(\.field.rawValue))
            return unknown(range)
        }
        if row.field == .code, isReplyInWords(value) {
            reportCodeOfWords(field)
            return unknown(range)
        }
        let kind = row.kind.secret(if: value.kind.isSecret)
        noteField(field, kind, row.help)
        return make(range, anchor: field.range.start, kind, .field(value, row.field))
    }

    /// Whether a value is a reply of a protocol that answers in words, as far as that is known.
    func isReplyInWords(_ value: CheckedExpression) -> Bool {
        switch value.form {
        case .variable(let variable): return variable.isReplyInWords
        case .session(let slot, .reply):
            guard frame.sessions.indices.contains(slot.index) else { return false }
            return frame.sessions[slot.index].spec?.answersInWords == true
        default: return false
        }
    }

    private func reportCodeOfWords(_ field: Identifier) {
        report(
            .nameField,
            "a reply of IMAP has a word in the place of a code",
            at: field.range,
            help: "write ‘.status’, or ‘.response-code’ for what stands in brackets"
        )
    }

    /// `x[i]`
    func indexed(_ base: Expression, _ index: Expression, at range: SourceRange)
        -> CheckedExpression
    {
        let (value, key) = (expression(base), expression(index))
        switch value.kind.plain {
        case .unknown: return unknown(range)
        case .list(let element):
            let number = coerce(key, to: .int, what: "an index")
            return make(range, element.secret(if: value.kind.isSecret), .index(value, number))
        case .record, .map, .capabilities:
            return lookup(value, coerce(key, to: .string, what: "a key"), range)
        case .optional:
            reportOptional(value)
        default:
            report(
                .typeMismatch,
                "a value of kind \(value.kind.name) has no elements",
                at: base.range,
                label: value.kind.name
            )
        }
        return unknown(range)
    }

    /// A look-up by name. A column of CSV is there in every row, or the file does not load; all
    /// else may be missing.
    private func lookup(
        _ value: CheckedExpression,
        _ key: CheckedExpression,
        _ range: SourceRange
    ) -> CheckedExpression {
        let kind: Kind =
            if case .map(let element) = value.kind.plain { element } else { .optional(.string) }
        let isSecret = value.kind.isSecret || key.kind.isSecret
        return make(range, kind.secret(if: isSecret), .lookup(value, key))
    }

    private func namespaceMember(
        _ name: String,
        _ field: Identifier,
        at range: SourceRange
    ) -> CheckedExpression {
        let fields: [(Builtin, Kind)] =
            name == "run"
            ? [(.runID, .string), (.runSeed, .int)]
            : [(.probeName, .domain), (.probeSender, .address)]
        let names = fields.map { String($0.0.rawValue.dropFirst(name.count + 1)) }
        guard let position = names.firstIndex(of: field.text) else {
            reportField(field, of: "‘\(name)’", among: names)
            return unknown(range)
        }
        return make(range, fields[position].1, .call(fields[position].0, []))
    }

    private func reportField(_ field: Identifier, of what: String, among names: [String]) {
        let list = names.joined(separator: " ")
        report(
            .nameField,
            "\(what) has no field ‘\(field.text)’",
            at: field.range,
            notes: names.isEmpty ? [] : ["its fields: \(list)"],
            help: suggestion(field.text, names)
                ?? (["length", "size", "len"].contains(field.text) && names.contains("count")
                    ? "did you mean ‘count’?" : nil)
        )
    }

    /// Whether an unknown name with fields looks like a host name that lacks its quotes; reported.
    private func isHostLike(_ name: String, _ base: Expression, _ field: Identifier) -> Bool {
        guard scope.find(name) == nil, !Self.namespaces.contains(name),
            SessionAttribute(rawValue: name) == nil
        else { return false }
        reportUnknown(
            name,
            at: base.range,
            help: "a host name or other text in an expression stands in quotes"
        )
        return true
    }
}
