extension Explanations {
    /// What goes wrong between here and the server, at a proxy of `via`.
    static let proxyReasons = [
        local(
            "proxy.unreachable",
            "the proxy itself cannot be reached",
            "No connection could be made to the proxy behind `via`; the server was never asked.",
            causes: [
                "the proxy is down, or listens on another port",
                "its name does not resolve, or a firewall stands before it",
            ],
            remedies: [
                "connect tcp PROXY:PORT in a script of its own shows the proxy’s own trouble",
                "check address and port behind `via`",
            ],
            example: "proxy: socks5://127.0.0.1:1080 refused the connection"
        ),
        local(
            "proxy.authentication",
            "the proxy wants other credentials",
            "The proxy asked for a user and a password and got none, or refused those it got.",
            causes: [
                "`via` stands without `user` and `password`",
                "the password changed, or the user may not use this proxy",
                "it wants a method other than a password (GSS-API, Negotiate)",
            ],
            remedies: [
                "write via socks5://HOST:PORT user NAME password ${secret}",
                "look into the proxy’s log for the user’s name",
            ],
            example: "proxy: the SOCKS proxy refused user and password (status 1)"
        ),
        local(
            "proxy.refused",
            "the proxy does not let this connection pass",
            "The proxy understood the request and does not carry it out.",
            causes: [
                "its rules forbid the port: many allow CONNECT to 443 only",
                "its rules forbid this client or that server",
                "it knows no CONNECT, or no IPv6",
            ],
            remedies: [
                "allow the port in the proxy: Safe_ports and SSL_ports of squid, for example",
                "look into the proxy’s log",
            ],
            example: "proxy: the HTTP proxy forbids the connection by its rules (403 Forbidden)"
        ),
        local(
            "proxy.protocol",
            "what answers there is no such proxy",
            "The answer is not in the protocol that the scheme behind `via` names, breaks its "
                + "rules, or is longer than any proxy’s answer.",
            causes: [
                "an HTTP proxy where the script says socks5, or the reverse",
                "a SOCKS proxy that knows version 4 only",
                "the port belongs to something else altogether",
            ],
            remedies: ["try the other scheme: socks5:// or http://", "check the port"],
            example: "proxy: the proxy does not speak SOCKS5: it answered with octet 72"
        ),
        local(
            "proxy.lost",
            "the proxy hung up",
            "The proxy closed or reset the connection before the way to the server was open.",
            causes: [
                "it does not know this client and says so by hanging up",
                "it crashed, or has too many connections",
            ],
            remedies: ["look into the proxy’s log for this client’s address"],
            example: "proxy: the proxy closed the connection before the way to the server was open"
        ),
        local(
            "proxy.timeout",
            "the proxy did not open the way in time",
            "The limit for connecting passed while the proxy was being reached or asked.",
            causes: [
                "a firewall before the proxy drops packets",
                "the proxy itself waits for a server that does not answer",
            ],
            remedies: [
                "give it longer: defaults { connect = 30s }, or within on the statement",
                "try another server through the same proxy",
            ],
            example: "proxy: the proxy did not open the way to the server in time"
        ),
    ]
}
