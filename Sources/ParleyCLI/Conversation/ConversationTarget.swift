import Glibc
import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs
import ParleyWire

/// What `parley repl` begins with: a server's address, or a script.
struct ConversationTarget {
    /// What is typed for the user.
    var input: String
    /// What the user should know about it.
    var notes: [String] = []

    /// - Parameter name: what TLS verifies and asks for, if not the host.
    /// - Throws: ``ToolFailure`` if it is neither an address of a protocol nor a file.
    init(_ word: String, name: String? = nil) throws {
        let shown = DisplayText.safe(word, limit: 200)
        guard let mark = word.ranges(of: "://").first else {
            guard access(word, F_OK) == 0 else {
                throw ToolFailure(
                    "‘\(shown)’ is neither a file nor an address: write smtp://HOST:PORT"
                )
            }
            guard name == nil else { throw Self.nameWithoutHost }
            guard !word.utf8.contains(where: { $0 < 0x20 }) else {
                throw ToolFailure("‘\(shown)’: a script's name holds no control characters")
            }
            input = ":load \(word)"
            return
        }
        let scheme = String(word[..<mark.lowerBound]).asciiLowercased
        var rest = word[mark.upperBound...]
        // What stands behind the host is for programs that fetch something.
        if let end = rest.firstIndex(where: { "/?#".contains($0) }) { rest = rest[..<end] }
        if let at = rest.lastIndex(of: "@") {
            rest = rest[rest.index(after: at)...]
            notes.append("what stands before the @ is not used; log in with `auth`")
        }
        let isWord = rest.utf8.allSatisfy { octet in
            octet > 0x20 && octet < 0x7F && !"\"\\${}".utf8.contains(octet)
        }
        guard isWord, !rest.isEmpty else {
            throw ToolFailure("‘\(Self.hidden(shown))’ is no address: write smtp://HOST:PORT")
        }
        let registry = Protocols.registry
        guard let spec = registry[scheme] else {
            throw ToolFailure.unknown(scheme, "protocol", among: registry.protocols.map(\.name))
        }
        let hasPort = Self.hasPort(rest)
        guard hasPort || spec.defaultPort != nil else {
            throw ToolFailure("\(scheme)://\(rest): has no port of its own; write HOST:PORT")
        }
        guard spec.isReserved else {
            input = "connect \(spec.name) \(rest)" + Self.clause(name)
            return
        }
        let port = hasPort ? "" : ":\(spec.defaultPort ?? 0)"
        input = "connect \(spec.isImplicitTLS ? "tls" : "tcp") \(rest)\(port)" + Self.clause(name)
        notes.append(
            "\(spec.family) has no verbs yet: this is a raw connection, for `send` and `receive`"
        )
    }

    /// `--name` where nothing is connected to.
    static let nameWithoutHost = ToolFailure(
        "--name: goes with an address: parley repl imaps://HOST --name NAME"
    )

    private static func clause(_ name: String?) -> String {
        name.map { " name \(ScriptWord.word($0))" } ?? ""
    }

    private static func hasPort(_ host: Substring) -> Bool {
        let behind = host.lastIndex(of: "]").map { host[$0...] } ?? host
        guard let colon = behind.lastIndex(of: ":") else { return false }
        return behind[behind.index(after: colon)...].contains { $0.isASCII && $0.isNumber }
    }

    /// The address without what may be a password.
    private static func hidden(_ address: String) -> String {
        guard let mark = address.ranges(of: "://").first, let at = address.lastIndex(of: "@"),
            at > mark.upperBound
        else { return address }
        return address[..<mark.upperBound] + "…" + address[at...]
    }
}
