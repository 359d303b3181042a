import ParleyDiagnostics
import ParleySyntax
import ParleyVerbs

/// What newcomers write behind `connect`.
extension Checking {
    /// Reports a `connect` that names no protocol, or names it as a URL does; `true` if it did.
    func reportNoProtocol(_ words: [Word]) -> Bool {
        guard let first = words.first else { return false }
        let written = DisplayText.safe(source.text(first.range), limit: 80)
        guard let literal = first.literal else {
            guard words.count == 1 else { return false }
            return reportNoProtocol(at: first, "connect smtp \(written)")
        }
        guard registry[literal] == nil else { return false }
        if let scheme = literal.range(ofScheme: "://") {
            let name = registry[String(literal[..<scheme.lowerBound])]?.name ?? "smtp"
            let rest = literal[scheme.upperBound...].prefix { $0 != "/" }
            report(
                .verbUsage,
                "`connect` takes a protocol and a host, and no URL",
                at: first.range,
                help: "write `connect \(name) \(DisplayText.safe(String(rest), limit: 80))`"
            )
            return true
        }
        let isHost = literal.contains(".") || literal.contains(":") || literal == "localhost"
        let isName = words.count == 1 && insertionMeant(by: literal) != nil
        guard isHost || isName else { return false }
        let host = isName ? insertionMeant(by: literal) ?? written : written
        return reportNoProtocol(at: first, "connect \(protocolName(for: literal)) \(host)")
    }

    private func reportNoProtocol(at word: Word, _ form: String) -> Bool {
        report(
            .verbUsage,
            "the protocol is missing before the host",
            at: word.range,
            help: "write `\(form)`"
        )
        return true
    }

    private func protocolName(for endpoint: String) -> String {
        guard let colon = endpoint.lastIndex(of: ":"),
            let port = UInt16(endpoint[endpoint.index(after: colon)...]),
            let spec = registry.protocols.first(where: { $0.defaultPort == port && !$0.isReserved })
        else { return "smtp" }
        return spec.name
    }

    /// The way out for a word that `connect` does not take.
    func connectHelp(_ word: Word, behind host: String?) -> String? {
        guard let literal = word.literal else { return nil }
        if literal == "port" || UInt16(literal) != nil {
            let port = UInt16(literal).map { "\($0)" } ?? "PORT"
            return "the port stands right behind the host: `\(host ?? "HOST"):\(port)`"
        }
        guard ["tls", "ssl", "starttls", "secure"].contains(literal.asciiLowercased) else {
            return nil
        }
        return Self.tlsHelp
    }

    /// How a session gets TLS.
    static let tlsHelp =
        "`connect smtps HOST` speaks TLS from the first octet; or say `starttls` on the session"
}

extension String {
    /// Where `mark` stands first, if only letters and digits stand before it.
    fileprivate func range(ofScheme mark: String) -> Range<String.Index>? {
        let scheme = prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "+") }
        guard !scheme.isEmpty, self[scheme.endIndex...].hasPrefix(mark) else { return nil }
        return scheme.endIndex..<index(scheme.endIndex, offsetBy: mark.count)
    }
}
