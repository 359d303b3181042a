import ParleySemantics
import ParleySyntax

/// All that `parley explain` knows, by family.
enum Explanations {
    /// A family of reasons or codes.
    struct Family {
        /// What the list calls it.
        var title: String
        /// Its names with a line each.
        var entries: [(name: String, line: String)]
    }

    /// The reasons of verdicts, in the order of the language reference.
    static let reasons: [Explanation] =
        netReasons + dnsReasons
        + ["smtp", "lmtp", "imap", "pop3", "sieve"].flatMap { protocolReasons($0) }
        + tlsReasons + limitReasons + authReasons + timeReasons + assertReasons + scriptReasons
        + localReasons + proxyReasons + runReasons

    /// The story of a reason; that of raw `tcp` sessions is told as of any protocol.
    static func reason(_ name: String) -> Explanation? {
        if let known = reasons.first(where: { $0.name == name }) { return known }
        guard name.hasPrefix("tcp.") else { return nil }
        return protocolReasons("tcp").first { $0.name == name }
    }

    /// The paragraph on a code of the parser, the checker or the linter.
    static func code(_ name: String) -> String? {
        SyntaxProblem.allCases.first { $0.code == name }?.explanation
            ?? DiagnosticCatalogue.explanation(of: name)
    }

    /// Every name that can be explained.
    static var names: [String] {
        reasons.map(\.name) + codes.map(\.name)
    }

    /// The codes of diagnostics with their first sentences.
    static var codes: [(name: String, line: String)] {
        let syntax = SyntaxProblem.allCases.map { ($0.code, $0.explanation) }
        let others = DiagnosticCatalogue.entries.map { ($0.code, $0.explanation) }
        var seen: Set<String> = []
        return (syntax + others).filter { seen.insert($0.0).inserted }
            .map { (name: $0.0, line: firstSentence($0.1)) }
    }

    /// Everything, grouped as the list shows it.
    static var families: [Family] {
        var families: [Family] = []
        for explanation in reasons {
            let family = explanation.name.prefix { $0 != "." }
            // The protocols share their reasons; one list of them is enough to read.
            guard !["lmtp", "imap", "pop3", "sieve"].contains(family) else { continue }
            let title = familyTitles[String(family)] ?? String(family)
            if families.last?.title != title { families.append(Family(title: title, entries: [])) }
            families[families.count - 1].entries.append((explanation.name, explanation.title))
        }
        let codes = self.codes
        families.append(
            Family(
                title: "what the parser and the checker say of a script",
                entries: codes.filter { !$0.name.hasPrefix("lint.") }
            )
        )
        families.append(
            Family(
                title: "what the linter questions",
                entries: codes.filter { $0.name.hasPrefix("lint.") }
            )
        )
        return families
    }

    private static let familyTitles = [
        "net": "the network",
        "dns": "the domain name system",
        "smtp": "the conversation (also lmtp. imap. pop3. sieve.)",
        "tls": "TLS and certificates",
        "limit": "limits on what a peer may send",
        "auth": "authentication",
        "time": "limits of time around a statement",
        "assert": "what the script judges",
        "script": "the script itself, while it runs",
        "local": "this machine",
        "run": "the run",
    ]

    private static func firstSentence(_ text: String) -> String {
        guard let end = text.firstRange(of: ". ") else {
            return text.hasSuffix(".") ? String(text.dropLast()) : text
        }
        return String(text[..<end.lowerBound])
    }
}
