import ParleyDiagnostics
import ParleyNetwork
import ParleySemantics
import ParleyVerbs
import ParleyWire

extension Recorder {
    /// The servers of a script's run as `server` blocks that play them.
    ///
    /// - Parameters:
    ///   - script: the script's path, as it was run.
    ///   - isSingle: whether one test ran once, so that no server has to say whose it is.
    ///   - statements: those of a conversation that the script does not hold.
    ///   - otherNames: what the servers may not be called.
    public func servers(
        of script: String,
        isSingle: Bool,
        without statements: Set<Int> = [],
        otherNames: Set<String> = []
    ) -> [String] {
        var order: [RecordedSession.Origin] = []
        var groups: [RecordedSession.Origin: [RecordedSession]] = [:]
        for session in sessions(of: script).compactMap({ $0.without(statements) }) {
            if groups[session.origin] == nil { order.append(session.origin) }
            groups[session.origin, default: []].append(session)
        }
        var names = otherNames
        return order.map { origin in
            let text = RecordedServer(origin: origin, sessions: groups[origin] ?? [])
            let name = text.name(otherThan: names)
            names.insert(name)
            return text.lines(name, isSingle: isSingle) { scrub($0) }.joined(separator: "\n")
        }
    }
}

/// One server of a recording as text.
private struct RecordedServer {
    let origin: RecordedSession.Origin
    let sessions: [RecordedSession]

    /// `mx-example-net`, with a number where that is taken.
    func name(otherThan taken: Set<String>) -> String {
        var host = origin.target[...]
        if !host.hasPrefix("["), let colon = host.lastIndex(of: ":") { host = host[..<colon] }
        var letters = host.unicodeScalars.map { scalar -> Character in
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.isDigit)
            return isPlain ? Character(scalar) : "-"
        }[...]
        while letters.first == "-" { letters.removeFirst() }
        while letters.last == "-" { letters.removeLast() }
        let base = "recorded-" + String(letters).asciiLowercased
        var name = base
        var number = 2
        while taken.contains(name) {
            name = "\(base)-\(number)"
            number += 1
        }
        return name
    }

    func lines(_ name: String, isSingle: Bool, scrub: (String) -> String) -> [String] {
        var replays = "    replays \(StringLiteral.quoted(origin.target.utf8))"
        if !isSingle {
            replays += " in \(StringLiteral.quoted(scrub(origin.title).utf8))"
            if origin.attempt > 1 { replays += " attempt \(origin.attempt)" }
        }
        var lines = ["server \(name) \(origin.protocolName) on 127.0.0.1:auto {", replays]
        lines += settings
        for (index, session) in sessions.enumerated() {
            let rules = rules(of: session)
            guard !rules.isEmpty else { continue }
            lines +=
                ["", "    connection \(index + 1) {"] + rules.map { "        " + $0 } + ["    }"]
        }
        if sessions.contains(where: { $0.failure == nil }) { lines += otherRules }
        return lines + ["}", ""]
    }

    private var speaksIMAP: Bool { origin.protocolName.hasPrefix("imap") }

    /// What is said to what nobody said when it was recorded.
    private var otherRules: [String] {
        let words = "\"This is not in the recording\""
        if speaksIMAP { return ["", "    on logout => OK \"Bye\"", "    on line => BAD \(words)"] }
        guard origin.protocolName.hasPrefix("smtp") else { return [] }
        return ["", "    on quit => 221 2.0.0 \"Bye\"", "    on line => 503 5.5.1 \(words)"]
    }

    private var settings: [String] {
        var lines: [String] = []
        var names: [String] = []
        for case let name? in sessions.map(\.name) where !names.contains(name) {
            guard IPAddress(name) == nil,
                case .success = ConstantParser.parse(name, as: .domain)
            else { continue }
            names.append(name)
        }
        lines += names.map { "    name \(StringLiteral.quoted($0.utf8))" }
        let versions = Set(sessions.compactMap(\.version)).sorted()
        if let first = versions.first, let last = versions.last {
            lines.append("    tls \(first == last ? first : "\(first)..\(last)")")
        }
        if let kind = sessions.compactMap(\.certificate).first {
            lines.append("    certificate \(kind)")
        }
        return lines
    }

    private func rules(of session: RecordedSession) -> [String] {
        if let failure = session.failure { return ["on connect => absent \(failure)"] }
        return session.steps.filter { isPlayed($0) }.map { step in
            let when = step.number == 1 ? "first" : "nth \(step.number)"
            let verb = step.verb.map { " \(Self.pattern(of: $0))" } ?? ""
            let event = step.event == "greet" ? "greet" : "on \(step.event)\(verb) \(when)"
            return "\(event) => \(actions(of: step).joined(separator: " "))"
        }
    }

    /// A server of IMAP would be polite where there is no rule.
    private func isPlayed(_ step: RecordedStep) -> Bool {
        let isSilent = speaksIMAP && step.event != "literal" && !step.hasChallenges
        return step.isPlayed || isSilent
    }

    /// `/^append /`, as the literals of a command are told from those of others.
    private static func pattern(of verb: String) -> String {
        let letters = verb.unicodeScalars.map { scalar -> String in
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.isDigit)
            return isPlain ? String(scalar) : "."
        }
        return "/^\(letters.joined()) /"
    }

    private func actions(of step: RecordedStep) -> [String] {
        var actions = speaksIMAP ? responses(of: step) : replies(of: step)
        if let delay = step.delay { actions.append("after \(delay / 1_000_000 + 1)ms") }
        if let alert = step.alert { actions.append("alert \(alert)") }
        if let ending = step.ending { actions.append(ending.rawValue) }
        return actions
    }

    private func responses(of step: RecordedStep) -> [String] {
        // Data alone would leave the rest to the server's manners.
        let isAnswered = step.pieces.contains { piece in
            if case .reply = piece { true } else { false }
        }
        let actions = step.pieces.map { piece -> String in
            switch piece {
            case .challenge: return "challenge \"\""
            case .reply(let octets):
                let words = RecordedResponse.status(octets)
                return words ?? "raw \(StringLiteral.quoted(octets))"
            case .raw(let octets):
                let words = isAnswered ? RecordedResponse.untagged(octets) : nil
                return words ?? "raw \(StringLiteral.quoted(octets))"
            }
        }
        return actions.isEmpty && step.event != "tls" && step.ending == nil
            ? ["raw \"\""] : actions
    }

    private func replies(of step: RecordedStep) -> [String] {
        var actions: [String] = []
        // Only the first piece carries the server's state on; what nobody asked for does not.
        for (index, piece) in step.pieces.enumerated() {
            switch piece {
            case .challenge: actions.append("challenge \"\"")
            case .raw(let octets): actions.append("raw \(StringLiteral.quoted(octets))")
            case .reply(let octets):
                let plain = index == 0 ? Self.reply(octets) : nil
                actions.append(plain ?? "raw \(StringLiteral.quoted(octets))")
            }
        }
        return actions
    }

    /// A reply in words, `250 2.1.5 "text"`, if the server would send exactly these octets for it.
    private static func reply(_ octets: [UInt8]) -> String? {
        // A text of a reply holds no NUL.
        guard octets.count >= 5, !octets.contains(0),
            String(validating: octets, as: UTF8.self) != nil
        else {
            return nil
        }
        let lines = octets.dropLast(2).split(separator: 0x0A, omittingEmptySubsequences: false)
        let code = octets.prefix(3).reduce(0) { $0 * 10 + Int($1 &- 0x30) }
        guard (200...599).contains(code) else { return nil }
        var texts = lines.map { line -> String in
            var text = line.dropFirst(4)
            if text.last == 0x0D { text = text.dropLast() }
            return String(decoding: text, as: UTF8.self)
        }
        let word = texts[0].split(separator: " ", maxSplits: 1).first.map { String($0) } ?? ""
        let status = EnhancedStatus(word)
        if status != nil, texts.allSatisfy({ $0.hasPrefix(word + " ") }) {
            let shorter = texts.map { String($0.dropFirst(word.count + 1)) }
            if SMTPServerReply(code, status, shorter).encoded() == octets {
                let quoted = shorter.map { StringLiteral.quoted($0.utf8) }
                return "\(code) \(word) \(quoted.joined(separator: " "))"
            }
        }
        guard SMTPServerReply(code, nil, texts).encoded() == octets else { return nil }
        if texts.isEmpty { texts = [""] }
        let quoted = texts.map { StringLiteral.quoted($0.utf8) }
        return "\(code) \(quoted.joined(separator: " "))"
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
