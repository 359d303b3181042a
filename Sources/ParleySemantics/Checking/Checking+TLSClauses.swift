import ParleyDiagnostics
import ParleySyntax
import ParleyTLS
import ParleyVerbs

extension Checking {
    /// A clause about TLS, which `connect` and `starttls` share.
    func applyTLS(_ clause: TLSClause, _ word: Word?, to tls: inout CheckedTLS) {
        switch (clause, word) {
        case (.noTickets, _), (.staple, _): tls.settings.append((clause, nil))
        case (_, nil): return
        case (.verification, let word?):
            tls.verification = keyword(word, ["full", "chain", "none"], what: "how to verify")
        case (.authority, let word?): tls.authority = path(word)
        case (.certificate, let word?): tls.settings.append((clause, path(word)))
        case (.key, let word?):
            // A secret is the key itself, which has line ends; anything else is a path.
            let value = word.soleInsertion.map { expression($0) } ?? text(word)
            tls.settings.append((clause, value))
        case (.resumption, let word?): tls.resumption = resumption(word)
        case (.tlsa, let word?): tls.settings.append((clause, records(word)))
        case (_, let word?):
            if let literal = word.literal { checkTLS(clause, literal, word) }
            tls.settings.append((clause, text(word)))
        }
    }

    /// What only the clauses together can tell.
    func finishTLS(_ tls: CheckedTLS, at range: SourceRange) {
        let given = Set(tls.settings.map(\.clause))
        if given.contains(.certificate) != given.contains(.key) {
            let (there, missing) = given.contains(.key) ? ("key", "cert") : ("cert", "key")
            report(
                .verbUsage,
                "‘\(there)’ stands here without ‘\(missing)’",
                at: range,
                help: "write both: cert client.pem key client.key"
            )
        }
        if let least = version(of: .minimum, in: tls), let most = version(of: .maximum, in: tls),
            least > most
        {
            report(
                .verbArgument,
                "no version is both at least \(least) and at most \(most)",
                at: range,
                help: "write min \(most) max \(least)"
            )
        }
    }

    private func version(of clause: TLSClause, in tls: CheckedTLS) -> TLSVersion? {
        guard let value = tls.settings.first(where: { $0.clause == clause })?.value,
            case .constant(.string(let text)) = value.form
        else { return nil }
        return TLSVersion(text)
    }

    private func path(_ word: Word) -> CheckedExpression {
        let path = text(word)
        refuseSecret(path, in: "the path of a file")
        return path
    }

    // MARK: - Literal values

    private func checkTLS(_ clause: TLSClause, _ literal: String, _ word: Word) {
        switch clause {
        case .minimum, .maximum:
            guard TLSVersion(literal) == nil else { return }
            let known = ["TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1.0"]
            refuse(literal, word, "is no version of TLS", known, "versions: ")
        case .ciphers:
            guard let unknown = TLSNames.unknownCipher(in: literal) else { return }
            refuse(
                unknown,
                word,
                "is no cipher that this OpenSSL knows",
                TLSNames.ciphers(),
                "see `openssl ciphers -v ALL`"
            )
        case .groups:
            guard let unknown = TLSNames.unknownGroup(in: literal) else { return }
            refuse(unknown, word, "is no group for a key exchange", TLSNames.groups, "groups: ")
        case .signatures:
            guard let unknown = TLSNames.unknownSignatureAlgorithm(in: literal) else { return }
            let known = TLSNames.signatureAlgorithms
            refuse(unknown, word, "is no signature algorithm", known, "algorithms: ")
        case .level:
            guard !["0", "1", "2", "3", "4", "5"].contains(literal) else { return }
            report(
                .verbArgument,
                "‘\(literal)’ is no security level",
                at: word.range,
                help: "write a number from 0 (anything) to 5; 2 is the default"
            )
        case .applicationProtocols:
            let names = literal.split(separator: ",", omittingEmptySubsequences: false)
            guard names.contains(where: { !(1...255).contains($0.utf8.count) }) else { return }
            report(
                .verbArgument,
                "an ALPN name has 1 to 255 octets",
                at: word.range,
                help: "write names with commas between them: alpn smtp,http/1.1"
            )
        case .verification, .authority, .noTickets, .resumption, .staple, .certificate, .key,
            .tlsa:
            return
        }
    }

    private func refuse(
        _ name: String,
        _ word: Word,
        _ what: String,
        _ known: [String],
        _ fallback: String
    ) {
        let all = fallback.hasSuffix(": ") ? fallback + known.joined(separator: " ") : fallback
        report(
            .verbArgument,
            "‘\(name)’ \(what)",
            at: word.range,
            help: suggestion(name, known) ?? all
        )
    }

    // MARK: - Sessions and records

    /// `resume auto`, or the name of a session that was opened before, open or not.
    private func resumption(_ word: Word) -> CheckedTLS.Resumption? {
        guard let name = word.literal else {
            report(.typeConstant, "the session must be written out", at: word.range)
            return nil
        }
        if name == "auto" { return .auto }
        if case .session(let index)? = find(name, at: word.range)?.meaning {
            let info = frame.sessions[index]
            guard info.fiber == flow.fiber else {
                _ = use(index, at: word.range)
                return nil
            }
            return .session(info.slot)
        }
        let names = scope.visibleNames.filter { name in
            if case .session? = scope.find(name)?.meaning { true } else { false }
        }
        report(
            .sessionUnknown,
            "no session ‘\(name)’ was opened before",
            at: word.range,
            help: suggestion(name, names + ["auto"])
                ?? "name the earlier one, connect … as \(name), or write `resume auto`"
        )
        return nil
    }

    /// A TLSA record as text, or an inserted text or list of texts.
    private func records(_ word: Word) -> CheckedExpression {
        if let inner = word.soleInsertion {
            let value = expression(inner)
            switch value.kind.plain {
            case .list(.string), .list(.unknown), .string, .unknown: return value
            default:
                report(
                    .typeMismatch,
                    "TLSA records are text or a list of texts",
                    at: value.place.range,
                    label: value.kind.name,
                    help: "write tlsa \"3 1 1 <digits>\""
                )
                return unknown(word.range)
            }
        }
        if let literal = word.literal { checkRecord(literal, word) }
        return text(word)
    }

    private func checkRecord(_ literal: String, _ word: Word) {
        guard let record = TLSARecord(literal) else {
            report(
                .verbArgument,
                "‘\(literal)’ is no TLSA record",
                at: word.range,
                notes: ["SHA-256 (matching type 1) has 64 digits, SHA-512 (2) has 128"],
                help: "write usage, selector, matching type and digits: tlsa \"3 1 1 0123…\""
            )
            return
        }
        guard !record.isUsable else { return }
        report(
            .verbArgument,
            "a TLSA record of this form is not used for mail",
            at: word.range,
            notes: ["RFC 7672 §3.1: usage 2 or 3; selector 0 or 1; matching type 0, 1 or 2"],
            help: "write tlsa \"3 1 1 <digits>\""
        )
    }
}
