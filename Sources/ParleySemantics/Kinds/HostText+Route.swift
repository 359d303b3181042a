/// What the clauses of `connect` take.
extension HostText {
    /// The IP address in `IP`, `IP:PORT`, `[IP]:PORT`; `nil` if there is a name instead, or
    /// nonsense.
    static func addressOfEndpoint(_ text: String) -> String? {
        if let whole = canonicalIP(text) { return whole }
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]") else { return nil }
            return bracketedIP(text[text.index(after: text.startIndex)..<end])
        }
        guard let colon = text.lastIndex(of: ":") else { return nil }
        return canonicalIP(String(text[..<colon]))
    }

    /// The address between brackets: `2001:db8::1`, or an address literal of mail (RFC 5321
    /// §4.1.3): `127.0.0.1`, `IPv6:2001:db8::1`.
    static func bracketedIP(_ text: Substring) -> String? {
        guard text.prefix(5).lowercased() == "ipv6:" else { return canonicalIP(String(text)) }
        let address = text.dropFirst(5)
        return address.contains(":") ? canonicalIP(String(address)) : nil
    }

    /// Whether a port stands behind the host.
    static func hasPort(_ literal: String) -> Bool {
        guard let colon = literal.lastIndex(of: ":") else { return false }
        return literal.first != "[" || literal[colon...].contains("]") == false
    }

    /// What is wrong with a source: `127.0.0.2`, `127.0.0.2:4000`, `:4000`, `[::1]`, `[::1]:4000`.
    static func sourceProblem(_ text: String) -> ConstantProblem? {
        if text.first == ":", canonicalIP(text) == nil {
            return portProblem(String(text.dropFirst()))
        }
        // fe80::1%eth0 is for the system to judge.
        if text.contains("%") { return nil }
        if canonicalIP(text) != nil { return nil }
        if addressOfEndpoint(text) == nil {
            return ConstantProblem(
                "‘\(text)’ is no address of this machine",
                "write 127.0.0.2, 127.0.0.2:4000, [::1]:4000 or :4000"
            )
        }
        return endpointProblem(text)
    }

    /// What is wrong with the URL of a proxy; `nil` if nothing is.
    static func proxyProblem(_ text: String) -> ConstantProblem? {
        guard let mark = text.firstRange(of: "://") else {
            return ConstantProblem(
                "‘\(text)’ does not say what kind of proxy it is",
                "write socks5://HOST:PORT or http://HOST:PORT"
            )
        }
        let scheme = String(text[..<mark.lowerBound])
        let rest = String(text[mark.upperBound...])
        switch scheme {
        case "socks5", "http": break
        case "socks5h":
            return ConstantProblem(
                "the scheme ‘socks5h’ is not needed",
                "write socks5://: names are always looked up by the proxy"
            )
        default:
            return ConstantProblem(
                "there is no proxy of kind ‘\(scheme)’",
                "write socks5://HOST:PORT or http://HOST:PORT"
            )
        }
        guard !rest.contains("@") else {
            return ConstantProblem(
                "user and password do not stand in the address of a proxy",
                "write \(scheme)://HOST:PORT user NAME password ${secret}"
            )
        }
        if let problem = endpointProblem(rest) { return problem }
        guard scheme == "socks5" || rest.hasPrefix("unix:") || hasPort(rest) else {
            return ConstantProblem("an HTTP proxy has no usual port", "write \(text):3128")
        }
        return nil
    }
}
