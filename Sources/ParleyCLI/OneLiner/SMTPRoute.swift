import ParleySyntax

/// The way of `parley smtp` to its server, and as whom it poses there; in the spelling in which it
/// was given.
struct SMTPRoute {
    /// Who we are to a proxy.
    struct Login {
        var user: String
        /// The environment variable with the password.
        var variable: String
    }

    /// `from`
    var source: String?
    /// `over`: `ipv4` or `ipv6`.
    var family: String?
    /// `via`: `socks5://HOST:PORT`.
    var proxy: String?
    var proxyLogin: Login?
    /// Whether the password may go to a proxy that is not on loopback.
    var allowsClear = false
    /// The PROXY protocol's version: `v1`.
    var header: String?
    /// Whom the header names.
    var client: String?
    var server: String?
    /// Attributes of XCLIENT, `ADDR=192.0.2.1`.
    var posing: [String] = []
    /// Attributes of XFORWARD.
    var forwarded: [String] = []

    /// The clauses behind `connect`, each with a space before it.
    var clauses: String {
        var clauses = ""
        func add(_ name: String, _ value: String?) {
            if let value { clauses += " \(name) \(ScriptWord.word(value))" }
        }
        add("from", source)
        if let family { clauses += " over \(family)" }
        add("via", proxy)
        if let proxyLogin {
            add("user", proxyLogin.user)
            clauses += " password ${via_pass}"
            if allowsClear { clauses += " in clear" }
        }
        if let header { clauses += " proxy \(header)" }
        add("client", client)
        add("server", server)
        return clauses
    }
}
