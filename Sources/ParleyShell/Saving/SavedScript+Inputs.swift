import ParleyDiagnostics
import ParleyEngine
import ParleyMachine
import ParleySemantics
import ParleySyntax
import ParleyVerbs
import ParleyWire

extension SavedScript {
    /// Makes parameters of hosts and users, and secrets of passwords.
    mutating func takeInputs() {
        var hosts: [String: String] = [:]
        var users: [String: String] = [:]
        var passwords: [String: String] = [:]
        for index in statements.indices where statements[index].isKept {
            let statement = statements[index]
            for verb in statement.verbs {
                switch verb.verb.text {
                case "connect": takeHost(verb, index, &hosts)
                case "auth", "login": takeUser(verb, index, &users)
                case "send": takeRawLogin(verb, index, &passwords)
                default: break
                }
                guard verb.verb.text != "send" else { continue }
                let ranges = WrittenSecrets.ranges(in: verb, registry: Protocols.registry)
                for range in ranges {
                    let typed = statement.entry.tree.source.text(range)
                    let name = secret(for: typed, &passwords)
                    statements[index].replace(range, with: "${\(name)}")
                }
            }
            dropNeedlessClear(index)
        }
    }

    private mutating func takeHost(
        _ verb: VerbStatement,
        _ index: Int,
        _ hosts: inout [String: String]
    ) {
        guard verb.words.count > 1, let host = verb.words[1].literal, !host.hasPrefix("unix:"),
            !host.isEmpty
        else { return }
        let name = parameter("host", ": endpoint", for: host, &hosts)
        statements[index].replace(verb.words[1].range, with: "${\(name)}")
    }

    /// The name of the parameter that stands for what was typed.
    private mutating func parameter(
        _ base: String,
        _ kind: String = "",
        for typed: String,
        _ known: inout [String: String]
    ) -> String {
        if let name = known[typed] { return name }
        let name = fresh(base)
        known[typed] = name
        declarations.append("param \(name)\(kind) = \(ScriptWord.word(typed))")
        return name
    }

    private mutating func takeUser(
        _ verb: VerbStatement,
        _ index: Int,
        _ users: inout [String: String]
    ) {
        guard let spec = Protocols.registry.verbWithSecret(verb.verb.text),
            let slot = spec.slots.firstIndex(where: { $0.name == "user" })
        else { return }
        let words = WrittenSecrets.arguments(of: spec, verb.words)
        guard words.count > slot, let user = words[slot].literal, !user.isEmpty else { return }
        let name = parameter("user", for: user, &users)
        statements[index].replace(words[slot].range, with: "${\(name)}")
    }

    /// `AUTH PLAIN …` as a line, or what answers 334.
    private mutating func takeRawLogin(
        _ verb: VerbStatement,
        _ index: Int,
        _ passwords: inout [String: String]
    ) {
        guard let word = verb.words.first else { return }
        let isAnswer = statements[index].entry.answersLogin
        let ranges = WrittenSecrets.ranges(
            in: verb,
            registry: Protocols.registry,
            answersLogin: isAnswer
        )
        guard !ranges.isEmpty else { return }
        let line = verb.words.compactMap(\.literal).joined(separator: " ")
        let typed = line.split(separator: " ", maxSplits: 2).map { String($0) }
        let end = verb.words.last?.range ?? word.range
        let shown = isAnswer ? [] : Array(typed.prefix(2))
        let hidden = isAnswer ? line : typed.count > 2 ? typed[2] : line
        let name = secret(for: hidden, &passwords)
        let text = (shown.map(ScriptWord.inner) + ["${\(name)}"]).joined(separator: " ")
        statements[index].replace(word.range.union(end), with: "\"\(text)\"")
        remarks.append("the raw login wants \(variables.last ?? "") as it goes over the wire")
    }

    /// The name of the secret that stands for what was typed.
    private mutating func secret(for typed: String, _ known: inout [String: String]) -> String {
        if let name = known[typed] { return name }
        let name = fresh("pass")
        let number = known.count + 1
        let variable = "PROBE_PASS" + (number > 1 ? "\(number)" : "")
        known[typed] = name
        declarations.append("secret \(name) = env \(variable)")
        variables.append(variable)
        if typed.utf8.count < 4 {
            remarks.append("a secret of fewer than four octets is refused: change the password")
        }
        return name
    }

    /// On loopback nothing has to be allowed to travel in clear.
    private mutating func dropNeedlessClear(_ index: Int) {
        let peer = statements[index].entry.session?.peer ?? ""
        let isLocal = peer.hasPrefix("127.") || peer.hasPrefix("[::1]") || peer.hasPrefix("unix:")
        for verb in statements[index].verbs {
            for (first, second) in zip(verb.words, verb.words.dropFirst())
            where !first.isQuoted && first.literal == "in" && second.literal == "clear" {
                guard isLocal else {
                    remarks.append("a password travels in clear, which `parley lint` questions")
                    continue
                }
                statements[index].replace(first.range.union(second.range), with: "")
            }
        }
    }
}
