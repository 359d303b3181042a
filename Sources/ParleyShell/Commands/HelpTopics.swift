import ParleyReports
import ParleySemantics
import ParleySyntax
import ParleyVerbs
import ParleyWire

/// What `:help TOPIC` tells: made of the tables that the checker and the machine read.
struct HelpTopics {
    let text: LiveText
    let configuration: ShellConfiguration

    /// Topics that list others.
    static let lists = [
        "commands", "statements", "verbs", "values", "functions", "reasons",
    ]

    /// Everything that has a page, for completion and "did you mean".
    static func names(_ configuration: ShellConfiguration) -> [String] {
        var seen: Set<String> = []
        let words =
            lists + configuration.commandRows.map(\.name) + Keywords.statements.map(\.word)
            + StatementForms.wordStatements.map(\.word) + verbs + attributes + functions
        return (words + configuration.explained.map(\.name)).filter { seen.insert($0).inserted }
    }

    /// The lines on a topic; `nil` if nothing goes by that name.
    func lines(on topic: String) -> [String]? {
        if let list = list(topic) { return list }
        let name = topic.first == ":" ? String(topic.dropFirst()) : topic
        var pages: [[String]] = []
        if let page = command(name) { pages.append(page) }
        if topic.first != ":" {
            pages += [statement(name), attribute(name), function(name)].compactMap { $0 }
            pages += verb(name)
        }
        if pages.isEmpty, let page = configuration.explain(topic) { pages.append(page) }
        return pages.isEmpty ? nil : Array(pages.joined(separator: [""]))
    }

    // MARK: - Lists

    private func list(_ topic: String) -> [String]? {
        switch topic {
        case "commands": return commands
        case "statements": return statements
        case "verbs": return verbRows
        case "values":
            return table(
                SessionAttribute.allCases.map { ($0.rawValue, KindFields.help(of: $0)) }
            )
        case "functions": return table(BuiltinSignatures.all.map { ($0.usage, $0.help) })
        case "reasons":
            guard !configuration.explained.isEmpty else { return ["no reason is known here"] }
            return table(configuration.explained.map { ($0.name, $0.line) })
        default: return nil
        }
    }

    /// Every command with its line.
    var commands: [String] {
        table(configuration.commandRows.map { ($0.usage, $0.help) })
    }

    private var statements: [String] {
        table(
            Keywords.statements.map { ($0.word, $0.help) }
                + StatementForms.wordStatements.map { ($0.word, $0.help) }
        )
    }

    private var verbRows: [String] {
        var rows: [(name: String, value: String)] = []
        for spec in Protocols.registry.protocols where !spec.isReserved {
            for verb in spec.verbs where !verb.isReserved {
                let usage = VerbText(spec: spec, verb: verb).briefUsage
                guard !rows.contains(where: { $0.name == usage }) else { continue }
                rows.append((usage, verb.help))
            }
        }
        return table(rows)
    }

    // MARK: - Pages

    private func command(_ name: String) -> [String]? {
        let row = configuration.commandRows.first { $0.name == name }
        return row.map { [text.bold($0.usage), "  \($0.help)"] }
    }

    private func statement(_ name: String) -> [String]? {
        let help =
            Keywords.statement(name)?.help
            ?? StatementForms.wordStatements.first { $0.word == name }?.help
        guard let help else { return nil }
        return StatementForms.forms(of: name).map { text.bold($0) } + ["  \(help)"]
    }

    private func attribute(_ name: String) -> [String]? {
        guard let attribute = SessionAttribute(rawValue: name) else { return nil }
        let kind = KindFields.kind(of: attribute)
        let rows = KindFields.rows(of: kind).map { (".\($0.field.rawValue)", $0.help) }
        return [text.bold(name), "  \(KindFields.help(of: attribute)) (\(kind.name))"]
            + table(rows)
    }

    private func function(_ name: String) -> [String]? {
        let found = BuiltinSignatures.all.filter { $0.usage.prefix { $0 != "(" } == name }
        guard !found.isEmpty else { return nil }
        return found.flatMap { [text.bold($0.usage), "  \($0.help) (\($0.result.name))"] }
    }

    private func verb(_ name: String) -> [[String]] {
        var pages: [(families: [String], lines: [String])] = []
        for spec in Protocols.registry.protocols where !spec.isReserved {
            guard let verb = spec.verb(name), !verb.isReserved else { continue }
            let lines = VerbText(spec: spec, verb: verb).lines(text)
            guard let index = pages.firstIndex(where: { $0.lines == lines }) else {
                pages.append(([spec.family], lines))
                continue
            }
            if !pages[index].families.contains(spec.family) {
                pages[index].families.append(spec.family)
            }
        }
        // Where protocols say it differently, each says which it is.
        guard pages.count > 1 else { return pages.map(\.lines) }
        return pages.map { [text.dim("\($0.families.joined(separator: ", ")):")] + $0.lines }
    }

    // MARK: - Parts

    private func table(_ rows: [(name: String, value: String)]) -> [String] {
        let width = min(34, rows.map { text.width($0.name) }.max() ?? 0)
        return rows.map { name, value in
            let gap = String(repeating: " ", count: max(2, width - text.width(name) + 2))
            return "  " + text.bold(name) + gap + value
        }
    }

    /// `:use NAME|NUMBER`
    static func usage(of command: any ShellCommand) -> String {
        command.arguments.isEmpty ? ":\(command.name)" : ":\(command.name) \(command.arguments)"
    }

    private static var verbs: [String] {
        Protocols.registry.protocols.filter { !$0.isReserved }
            .flatMap { $0.verbs.filter { !$0.isReserved }.map(\.name) }
    }

    private static var attributes: [String] { SessionAttribute.allCases.map(\.rawValue) }

    private static var functions: [String] {
        BuiltinSignatures.all.map { String($0.usage.prefix { $0 != "(" }) }
    }
}
