import ParleyEngine

extension Shell {
    /// What stands before the next input: the current session's protocol, TLS, server and login.
    ///
    /// ```
    /// parley>
    /// smtp+tls mx1.example.test [auth] >
    /// smtp mx1.example.test (closed) >
    /// ```
    public var prompt: String {
        guard let session = current ?? sessions.last(where: { connects[$0.slot] != nil }) else {
            return "parley> "
        }
        var text = session.protocolName
        if session.tls != nil, !session.protocolName.hasSuffix("s") { text += "+tls" }
        if session.label != session.protocolName { text += " " + session.label }
        text += " " + Self.host(of: session)
        if session.isAuthenticated { text += " [auth]" }
        if raw?.slot == session.slot { text += " [raw]" }
        if !session.isOpen { text += " (closed)" }
        return output.safe(text) + " > "
    }

    /// What stands before a line that continues an input.
    public var continuationPrompt: String {
        String(repeating: " ", count: max(0, prompt.count - 4)) + "… > "
    }

    /// The server by the name that a person gave it.
    private static func host(of session: LiveSession) -> String {
        if let name = session.name, !name.isEmpty { return name }
        guard let colon = session.target.lastIndex(of: ":"), !session.target.hasPrefix("unix:"),
            session.target.filter({ $0 == ":" }).count == 1
        else { return session.target }
        return String(session.target[..<colon])
    }
}
