import ParleyAssist
import ParleyDiagnostics
import ParleyEngine
import ParleyNetwork
import ParleySemantics
import ParleySyntax
import ParleyWire

/// Knows the commands, what can be said on the current session, and the names in scope: a copy of
/// what was known when the prompt was shown.
struct ShellAssistant: LineAssistant {
    /// Helps with statements and expressions.
    var assistant: Assistant
    /// The labels of the open sessions.
    var labels: [String]
    /// Knows what can be explained; the long list of topics is made when somebody wants it.
    var configuration: ShellConfiguration
    /// Whether lines go out as they are typed, so that only commands can be helped with.
    var isRaw: Bool
    /// The folder whose files may be named.
    var folder: String

    func completion(of input: String, at offset: Int) -> Completion {
        let typed = Array(input.utf8.prefix(max(0, offset)))
        let start = typed.firstIndex { $0 > 0x20 } ?? typed.count
        if start < typed.count, typed[start] == UInt8(ascii: ":") {
            return commandCompletion(typed, from: start + 1)
        }
        guard !isRaw else {
            return Completion(range: typed.count..<typed.count, candidates: [])
        }
        return completion(of: typed)
    }

    func hint(for input: String, at offset: Int) -> String? {
        let typed = Array(input.utf8.prefix(max(0, offset)))
        let start = typed.firstIndex { $0 > 0x20 } ?? typed.count
        if start < typed.count, typed[start] == UInt8(ascii: ":") {
            guard let command = command(Self.word(typed, from: start + 1)) else { return nil }
            return "\(command.usage): \(command.help)"
        }
        guard !isRaw else { return nil }
        let source = SourceText(name: "", bytes: typed)
        return around(source).hint(for: source, at: typed.count)?.line
    }

    // MARK: - Statements and expressions

    private func completion(of typed: [UInt8]) -> Completion {
        let source = SourceText(name: "", bytes: typed)
        let proposals = around(source).proposals(for: source, at: typed.count)
        if let path = proposals.file { return files(path, proposals.range.start) }
        let legal = proposals.list.filter { !$0.obstacle.hasPrefix("not in state") }
        // What the state forbids is shown only where nothing else is meant.
        let list = legal.isEmpty ? proposals.list : legal
        return Completion(
            range: proposals.range.start..<proposals.range.end,
            candidates: list.map { proposal in
                let parts = [proposal.obstacle, proposal.detail, proposal.help]
                return Completion.Candidate(
                    proposal.text,
                    help: parts.filter { !$0.isEmpty }.joined(separator: ": ")
                )
            },
            addsSpace: list.count == 1 && list.allSatisfy(\.isWhole)
        )
    }

    /// The same help behind the lines of an open block and the statements before `; `.
    private func around(_ source: SourceText) -> Assistant {
        guard source.bytes.contains(0x0A) || source.bytes.contains(UInt8(ascii: ";")) else {
            return assistant
        }
        var around = assistant
        let (tree, _) = Parser.parse(source, separatesAtSemicolons: true)
        around.surroundings = assistant.surroundings.within(
            tree,
            at: source.bytes.count,
            registry: assistant.registry
        )
        return around
    }

    // MARK: - Commands

    private func commandCompletion(_ typed: [UInt8], from start: Int) -> Completion {
        let name = Self.word(typed, from: start)
        var argument = start + name.utf8.count
        guard argument < typed.count else {
            let commands = configuration.commandRows.filter { $0.name.hasPrefix(name) }
            return Completion(
                range: start - 1..<typed.count,
                candidates: commands.map { Completion.Candidate(":" + $0.name, help: $0.help) }
            )
        }
        while argument < typed.count, typed[argument] == 0x20 { argument += 1 }
        let text = String(decoding: typed[argument...], as: UTF8.self)
        func words(_ words: [String]) -> Completion {
            let fitting = words.filter { $0.hasPrefix(text) }
            return Completion(
                range: argument..<typed.count,
                candidates: fitting.map { Completion.Candidate($0) }
            )
        }
        switch command(name)?.completes ?? .none {
        case .none: return words([])
        case .file: return files(text, argument)
        case .session: return words(labels)
        case .words(let list): return words(list)
        case .topic:
            return words(
                name.first == "h"
                    ? HelpTopics.names(configuration) : configuration.explained.map(\.name)
            )
        case .variable:
            // As behind `log`, which reads an expression, too.
            let lead = "log "
            var inner = completion(of: Array(lead.utf8) + typed[argument...])
            let shift = argument - lead.utf8.count
            inner.range = inner.range.lowerBound + shift..<inner.range.upperBound + shift
            return inner
        }
    }

    /// The command that a name means.
    private func command(_ name: String) -> CommandRow? {
        let fitting = configuration.commandRows(fitting: name)
        return fitting.count == 1 ? fitting[0] : nil
    }

    private static func word(_ typed: [UInt8], from start: Int) -> String {
        String(decoding: typed[start...].prefix { $0 != 0x20 }, as: UTF8.self)
    }

    // MARK: - Files

    /// The files that a path may go on to; a folder's name ends with a slash.
    private func files(_ path: String, _ start: Int) -> Completion {
        let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
        let (parent, name) =
            slash.map { (String(path[...$0]), String(path[path.utf8.index(after: $0)...])) }
            ?? ("", path)
        let base = path.hasPrefix("/") ? parent : FilePath.join(folder, parent)
        let entries = FolderReader.entries(of: base, beginning: name)
        let end = start + path.utf8.count
        return Completion(
            range: end - name.utf8.count..<end,
            candidates: entries.map { Completion.Candidate($0.name + ($0.isFolder ? "/" : "")) },
            addsSpace: entries.count == 1 && !entries[0].isFolder
        )
    }
}

extension Shell {
    /// Helps with the next line, on what is known now.
    public var assistant: any LineAssistant {
        var statements = Assistant(checker.surroundings, isConversation: true)
        if let session = current, session.isOpen {
            statements.state = session.state
            statements.capabilities = session.capabilities
        }
        for session in sessions where !session.mailboxes.isEmpty {
            statements.mailboxes[session.slot] = session.mailboxes
        }
        statements.reasons = configuration.explained.map(\.name)
        return ShellAssistant(
            assistant: statements,
            labels: checker.openSessions.map(\.label),
            configuration: configuration,
            isRaw: raw != nil,
            folder: FilePath.parent(of: configuration.path)
        )
    }
}
