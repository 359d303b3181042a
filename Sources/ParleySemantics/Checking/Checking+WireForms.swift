import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

/// Lines as they go over the wire, which is what people type who are used to telnet.
extension Checking {
    /// What says here what `MAIL FROM:<a@b>` or `a1 LOGIN user password` says on the wire, ready to
    /// be typed; `nil` for what is no such line. Passwords are not repeated.
    func helpForWireLine(_ verb: VerbStatement, _ spec: ProtocolSpec?) -> String? {
        guard let said = saidHere(verb, spec) else { return nil }
        guard spec != nil else {
            return "connect first, `connect smtp HOST:PORT`, then write `\(said)`"
        }
        let other =
            allowsRebinding
            ? "`:raw` takes lines as they go over the wire"
            : "`send …` sends a line as it stands"
        return "write `\(said)`; \(other)"
    }

    private func saidHere(_ verb: VerbStatement, _ spec: ProtocolSpec?) -> String? {
        let specs = spec.map { [$0] } ?? registry.protocols
        let name = verb.verb.text.asciiLowercased
        if name != verb.verb.text,
            let found = specs.lazy.compactMap({ $0.verb(name) }).first(where: { !$0.isReserved })
        {
            return said(found, verb.words[...])
        }
        // Where answers come in words, a tag stands before the command.
        guard let command = verb.words.first?.literal, !verb.words[0].isQuoted else { return nil }
        return specs.lazy.filter(\.answersInWords)
            .compactMap { $0.verb(command.asciiLowercased) }.first { !$0.isReserved }
            .map { said($0, verb.words.dropFirst()) }
    }

    private func said(_ spec: VerbSpec, _ words: ArraySlice<Word>) -> String {
        var said = [spec.name]
        if case .mechanism? = spec.slots.first?.kind {
            // What follows on the wire is the login itself, encoded.
            said.append(words.first?.literal?.asciiLowercased ?? "plain")
            return (said + ["USER", "PASSWORD"]).joined(separator: " ")
        }
        var slot = 0
        for word in words where slot < spec.slots.count {
            let place = spec.slots[slot]
            guard !place.isSecret else {
                said.append(place.name.asciiUppercased)
                break
            }
            var text = source.text(word.range)
            if let lead = place.lead, text.asciiUppercased.hasPrefix(lead) {
                text = String(text.dropFirst(lead.utf8.count))
                if text.isEmpty { continue }
            }
            said.append(place.lead == nil ? text : Self.withoutBrackets(text))
            if !place.takesRest { slot += 1 }
        }
        return DisplayText.safe(said.joined(separator: " "), limit: 100)
    }

    /// `a@b` for `<a@b>`; `<>` stays.
    private static func withoutBrackets(_ path: String) -> String {
        guard path.count > 2, path.first == "<", path.last == ">",
            !path.contains("\""), !path.contains(":")
        else { return path }
        return String(path.dropFirst().dropLast())
    }
}
