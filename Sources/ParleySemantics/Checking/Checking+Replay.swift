import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

extension Checking {
    /// A recording is known before its names are: a conversation binds some of them twice.
    func beginReplay(_ tree: SyntaxTree) {
        program.isReplay = tree.statements.contains { statement in
            if case .replay = statement.kind { true } else { false }
        }
    }

    /// `replay [with name = value, …]`: the parameters have the values of the recorded run.
    func replay(_ tree: SyntaxTree) {
        var isSecond = false
        for statement in tree.statements {
            guard case .replay(let settings) = statement.kind else { continue }
            if isSecond {
                report(
                    .structure,
                    "a recording says `replay` once",
                    at: firstWord(statement),
                    help: "delete this line"
                )
            }
            isSecond = true
            settings.forEach(recorded)
        }
    }

    private func recorded(_ setting: NamedWord) {
        let parameters = program.parameters
        guard
            case .variable(let variable)? = scope.find(setting.name.text)?.meaning,
            let index = parameters.firstIndex(where: { $0.variable.index == variable.index })
        else {
            report(
                .nameSetting,
                "no parameter ‘\(setting.name.text)’",
                at: setting.name.range,
                help: suggestion(setting.name.text, parameters.map(\.variable.name))
                    ?? "declare it: param \(setting.name.text)"
            )
            return
        }
        program.parameters[index].initial = parameterValue(setting.value, variable.kind)
    }

    /// `replays TARGET [in "TITLE"] [attempt N]`
    func replays(
        _ target: Word,
        _ words: inout ArraySlice<Word>,
        _ options: inout ServerOptions
    ) {
        guard let name = list(target) else { return }
        var replayed = ServerOptions.Replayed(target: name)
        if words.first?.literal == "in", words.first?.isQuoted == false {
            words.removeFirst()
            replayed.title = words.popFirst().flatMap { list($0) }
        }
        if words.first?.literal == "attempt", words.first?.isQuoted == false {
            words.removeFirst()
            replayed.attempt = words.popFirst().flatMap { positive($0) }
        }
        if !program.isReplay {
            report(
                .structure,
                "`replays` stands in a recording",
                at: target.range,
                help: "write `replay` at the top of the file, or leave this out"
            )
        }
        options.replays.append(replayed)
    }

    /// `on connect => absent REASON`
    func absent(
        _ word: Word,
        _ event: String,
        at range: SourceRange
    ) -> CheckedServerRule.Action? {
        guard event == "connect" else {
            report(
                .structure,
                "`absent` stands behind `on connect`",
                at: range,
                help: "on connect => absent net.refused"
            )
            return nil
        }
        let families = ["net", "dns", "tls", "time", "local", "limit", "smtp", "lmtp"]
        let parts = (word.literal ?? "").split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count > 1, families.contains(String(parts[0])),
            parts.allSatisfy({ part in
                !part.isEmpty && part.utf8.allSatisfy { 0x61...0x7A ~= $0 || $0 == 0x2D }
            })
        else {
            report(
                .typeLiteral,
                "‘\(source.text(word.range))’ is no reason of a failed connection",
                at: word.range,
                help: "write one of `parley explain`, such as net.refused"
            )
            return nil
        }
        return .absent(parts.joined(separator: "."))
    }
}
