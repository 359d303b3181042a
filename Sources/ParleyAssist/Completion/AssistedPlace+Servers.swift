import ParleySemantics
import ParleySyntax
import ParleyVerbs

extension AssistedPlace {
    /// What a line in a server's block may begin with.
    mutating func proposeServerRules(withSettings: Bool) {
        proposals.add(Proposal("greet", .clause, help: "what it says first"))
        proposals.add(Proposal("on", .clause, detail: "VERB [/PATTERN/]", help: "a rule"))
        proposals.add(
            Proposal("at", .clause, detail: "most N connections", help: "a bound on clients")
        )
        guard withSettings else { return }
        proposals.add(
            Proposal("connection", .clause, detail: "N {", help: "rules for some connections")
        )
        proposeSettings()
    }

    private mutating func proposeSettings() {
        for name in ServerDeclaration.settingNames {
            proposals.add(
                Proposal(name, .clause, detail: LanguageTables.usage(ofSetting: name))
            )
        }
    }

    /// `server NAME PROTOCOL on ENDPOINT [settings]`
    mutating func proposeServerHeader(_ behind: [String]) {
        switch behind.count {
        case 0: return
        case 1: proposeProtocols()
        case 2: proposals.add(["on"], .clause, help: "where it listens")
        case 3: proposals.add(["127.0.0.1:auto"], .value, help: "a free port of this machine")
        default:
            if proposeSettingValues(behind.last) { return }
            proposeSettings()
        }
    }

    private mutating func proposeSettingValues(_ name: String?) -> Bool {
        let values = name.map { LanguageTables.values(ofSetting: $0) } ?? []
        proposals.add(values, .value)
        return !values.isEmpty
    }

    /// What stands further on a line in a server's block.
    mutating func proposeServerLine() {
        let texts = words.map(\.text)
        guard let first = texts.first, ending == .word else { return }
        if let arrow = texts.firstIndex(of: "=>") {
            return proposeActions(behind: Array(texts[(arrow + 1)...]))
        }
        switch (first, texts.count) {
        case ("on", 1):
            let spec = registry[block(named: "server")?.header.dropFirst(2).first?.text ?? ""]
            for verb in spec?.verbs ?? [] where !verb.isReserved {
                proposals.add(Proposal(verb.name, .verb, help: verb.help))
            }
            proposals.add(LanguageTables.serverEvents, .verb)
        case ("at", 1): proposals.add(["most"], .clause)
        case ("at", 2): return
        case ("at", 3): proposals.add(["connections"], .clause)
        case ("on", _), ("greet", _), ("at", _): proposeOccurrences(behind: texts.last ?? "")
        case ("cert", 2): proposals.add(["key"], .clause)
        default:
            if texts.count == 1 { _ = proposeSettingValues(first) }
            if first == "cert", texts.count == 1 || texts.last == "key" {
                proposeFile(from: rest.start, rest.text)
            }
        }
    }

    private func block(named word: String) -> TypedText.OpenBlock? {
        typed.blocks.last { $0.word == word }
    }

    /// When a rule applies, and its arrow.
    private mutating func proposeOccurrences(behind last: String) {
        switch last {
        case "before", "after": return proposals.add(["tls", "auth"], .value)
        case "nth": return
        default: break
        }
        let rows = [
            ("first", "", "only the first time"), ("nth", "N", "only the N-th time"),
            ("after", "N|tls|auth", "only from then on"), ("before", "tls|auth", "only till then"),
        ]
        for (word, detail, help) in rows {
            proposals.add(Proposal(word, .clause, detail: detail, help: help))
        }
        proposals.add(Proposal("=>", .clause, help: "what the server does"))
    }

    private mutating func proposeActions(behind words: [String]) {
        switch words.last {
        case "sasl": return proposals.add(LanguageTables.saslFaults, .value)
        case "alert": return proposals.add(LanguageTables.alerts, .value)
        case "after", "cut", "every", "split", "repeat", "within", "signal", "await", "raw",
            "ending", "challenge", "offers":
            return
        case "dribble": return
        default: break
        }
        if words.dropLast().last == "dribble" { return proposals.add(["every"], .clause) }
        if words.dropLast().last == "await" {
            proposals.add(Proposal("within", .clause, detail: "DURATION"))
        }
        for row in ServerAction.words {
            proposals.add(Proposal(row.word, .clause, detail: row.usage, help: row.help))
        }
    }
}
