import ParleyDiagnostics
import ParleySyntax

/// Tells passwords by what stands around them, in inputs that nothing else understands: misspelt
/// ones, lines for the wire, addresses of other programs.
enum LoginText {
    /// Commands of mail protocols that take a password, and how many words stand before it.
    private static let commands = ["auth": 1, "authenticate": 1, "login": 0, "pass": 0, "apop": 0]
    /// What the names of values are called that hold one.
    private static let names = ["pass", "pw", "pwd", "secret", "token", "kennwort"]
    /// What a secret may come from; anything else is the secret.
    private static let sources = ["env", "file", "prompt", "credential"]

    /// Whether a password seems to stand in the input.
    static func stands(in input: String) -> Bool {
        input.split(separator: "\n").contains { line in
            hasUserInfo(line) || isLogin(line) || isDeclared(line)
        }
    }

    /// `scheme://user:password@host`, and what somebody wrote who forgot the scheme.
    private static func hasUserInfo(_ line: Substring) -> Bool {
        let words = line.split(separator: " ")
        return words.contains { word in
            let mark = word.ranges(of: "://").first
            guard mark != nil || words[0] == "connect" else { return false }
            let rest = word[(mark?.upperBound ?? word.startIndex)...].prefix { $0 != "/" }
            guard let at = rest.lastIndex(of: "@") else { return false }
            return rest[..<at].contains(":")
        }
    }

    /// A command with a password that is written out: `${…}` is none.
    private static func isLogin(_ line: Substring) -> Bool {
        var words = line.split { " \t\"".contains($0) }
        // A tag of IMAP, a label of a session, or what sends the rest as it is.
        if let first = words.first, first.hasPrefix(":") || first == "send" { words.removeFirst() }
        for start in words.indices.prefix(2) {
            let command = words[start].split(separator: ".").last ?? ""
            guard let before = commands[Self.meant(command.lowercased())] else { continue }
            let rest = words[(start + 1)...].prefix { $0 != "=>" && $0 != "as" }.dropFirst(before)
            // Alone it is the password, or an initial response; else the user stands before it.
            if let password = rest.prefix(2).last, !password.hasPrefix("${") { return true }
        }
        return false
    }

    /// The command that a misspelt word was meant to be: `atuh`, `authplain`.
    private static func meant(_ word: String) -> String {
        if commands[word] != nil || Keywords.statement(word) != nil { return word }
        if word.hasPrefix("auth") { return "login" }
        return Suggestion.nearest(to: word, among: ["auth", "authenticate", "login"]) ?? word
    }

    /// `secret NAME = "…"`, `let password = "…"`.
    static func isDeclared(_ line: Substring) -> Bool {
        let words = line.split { " \t=:".contains($0) }
        guard words.count > 2, let equals = line.firstIndex(of: "=") else { return false }
        let value = line[line.index(after: equals)...].drop { $0 == " " }
        switch words[0] {
        case "secret": return !sources.contains(String(value.prefix { $0 != " " }))
        case "let", "param":
            let name = words[1].lowercased()
            return value.first == "\"" && names.contains { name.contains($0) }
        default: return false
        }
    }
}
