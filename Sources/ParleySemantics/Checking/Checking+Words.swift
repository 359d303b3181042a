import ParleyDiagnostics
import ParleySyntax

extension Checking {
    /// The text of a word. `isWord` text becomes part of a line and holds no CR, LF or NUL.
    func text(_ word: Word, isWord: Bool = true) -> CheckedExpression {
        template(word.parts, at: word.range, isWord: isWord)
    }

    /// Pieces of text as one: a constant, if nothing is inserted.
    func template(_ parts: [WordPart], at range: SourceRange, isWord: Bool) -> CheckedExpression {
        var pieces: [CheckedExpression] = []
        var constant: [UInt8] = []
        var (hasOctets, hasInsertion, isSecret) = (false, false, false)
        for part in parts {
            switch part {
            case .text(let text, let place):
                constant += Array(text.utf8)
                if isWord { refuseControls(text.utf8, at: place) }
                pieces.append(make(place, .string, .constant(.string(text))))
            case .octets(let octets, let place):
                constant += octets
                hasOctets = true
                if isWord { refuseControls(octets, at: place) }
                pieces.append(make(place, .bytes, .constant(.bytes(octets))))
            case .insertion(let inner, let place):
                let value = insertion(inner, at: place)
                hasInsertion = true
                isSecret = isSecret || value.kind.isSecret
                hasOctets = hasOctets || value.kind.plain == .bytes
                pieces.append(value)
            }
        }
        guard hasInsertion else {
            return hasOctets
                ? make(range, .bytes, .constant(.bytes(constant)))
                : make(
                    range,
                    .string,
                    .constant(.string(String(decoding: constant, as: UTF8.self)))
                )
        }
        let kind = (hasOctets ? Kind.bytes : .string).secret(if: isSecret)
        return make(range, kind, .template(pieces, isWord: isWord))
    }

    /// What is inserted into text: one value that has a text.
    func insertion(_ inner: Expression, at range: SourceRange) -> CheckedExpression {
        let value = expression(inner)
        if value.kind.isInsertable { return value }
        if value.kind.wrapped != nil {
            reportOptional(value)
        } else {
            report(
                .typeText,
                "a value of kind \(value.kind.name) cannot become part of a text",
                at: inner.range,
                label: value.kind.name,
                help: Self.insertionHelp(value.kind.plain)
            )
        }
        return unknown(range)
    }

    private static func insertionHelp(_ kind: Kind) -> String? {
        switch kind {
        case .list: "insert an element, or `join(list, \", \")`"
        case .server: "insert its `.address`"
        case .regex, .namespace, .unknown: nil
        default: "insert one of its fields"
        }
    }

    private func refuseControls(_ bytes: some Sequence<UInt8>, at range: SourceRange) {
        guard bytes.contains(where: { $0 == 0x0D || $0 == 0x0A || $0 == 0 }) else { return }
        report(
            .verbArgument,
            "a line break or NUL cannot be part of a line",
            at: range,
            help: "`send raw` sends octets as they are"
        )
    }

    /// A word converted to the kind its place declares.
    func word(_ word: Word, as kind: Kind, what: String) -> CheckedExpression {
        if let inner = word.soleInsertion {
            let value = expression(inner)
            if kind == .string, !value.kind.fits(.string), value.kind.isInsertable {
                return make(
                    word.range,
                    Kind.string.secret(if: value.kind.isSecret),
                    .template([value], isWord: true)
                )
            }
            return coerce(value, to: kind, what: what)
        }
        if let literal = word.literal { return constant(literal, as: kind, at: word.range) }
        let text = text(word)
        if kind == .string || text.kind == .unknown { return text }
        return make(word.range, kind.secret(if: text.kind.isSecret), .conversion(text))
    }

    /// A time limit.
    func limit(_ word: Word?) -> CheckedExpression? {
        word.map { self.word($0, as: .duration, what: "a limit") }
    }

    /// A word whose constant must be known now.
    func constant(_ word: Word, as kind: Kind, what: String) -> Constant? {
        guard let literal = word.literal else {
            report(
                .typeConstant,
                "\(what) must be written out",
                at: word.range,
                help: "nothing can be inserted here"
            )
            return nil
        }
        guard case .constant(let value) = constant(literal, as: kind, at: word.range).form,
            value != .none
        else { return nil }
        return value
    }

    /// A duration that must be known now, in nanoseconds.
    func constantDuration(_ word: Word, what: String) -> Int64? {
        guard case .duration(let value)? = constant(word, as: .duration, what: what) else {
            return nil
        }
        return value
    }
}
