extension Explanations {
    static let netReasons = [
        Explanation(
            "net.refused",
            "nobody listens there",
            "The host answered at once that nothing accepts connections on that port.",
            causes: [
                "the server is down or still starting",
                "it listens on another port or another address (127.0.0.1 only, IPv6 only)",
                "a firewall rejects instead of dropping",
            ],
            remedies: [
                "on the server: ss -ltnp shows who listens where",
                "compare the address of the connect statement with what the name resolves to",
                "if refusal is what you want, write connect … => refused",
            ],
            example: "connect: 198.51.100.7:25 refused the connection"
        ),
        Explanation(
            "net.unreachable",
            "no way leads there",
            "A router or this host's own stack said that the address cannot be reached.",
            causes: [
                "the target's network is down or its route withdrawn",
                "the name has an IPv6 address, and there is no IPv6 between here and there",
                "a firewall answers with `administratively prohibited`",
            ],
            remedies: [
                "ip route get ADDRESS tells which way packets leave",
                "try from another network: traceroute shows where it ends",
            ],
            example: "connect: 2001:db8::7 port 25 is unreachable"
        ),
        Explanation(
            "net.timeout",
            "the connection was never made",
            "Packets were sent, and no answer came before the connect limit passed. Nothing is "
                + "known "
                + "of the server behind it.",
            causes: [
                "a firewall drops packets silently; many providers block port 25 outwards",
                "the host is down and its address still routed",
                "the server's backlog is full",
            ],
            remedies: [
                "try another port of the same host: if 443 answers and 25 does not, it is a "
                    + "firewall",
                "ask your provider whether outgoing port 25 is open",
            ],
            example: "connect: no answer from 198.51.100.7:25 within 30 s"
        ),
        Explanation(
            "net.closed",
            "the connection ended before anything was said",
            "The connection was made and closed by the peer before a protocol could begin.",
            causes: [
                "a proxy or load balancer accepted and has no server behind it",
                "tcpwrappers, fail2ban or a connection limit turned this client away",
                "TLS was expected there: smtps instead of smtp",
            ],
            remedies: [
                "look at the server's log for this client's address",
                "check that protocol and port belong together: 465 is smtps, 587 smtp with "
                    + "starttls",
            ],
            example: "connect: 198.51.100.7:25 closed the connection before its greeting"
        ),
        Explanation(
            "net.reset",
            "the connection was torn down",
            "The peer, or something between, ended the connection with a reset.",
            causes: [
                "the server process crashed or was restarted",
                "a middlebox disliked what it saw, STARTTLS or a certificate for example",
                "an idle connection was forgotten by a NAT",
            ],
            remedies: [
                "compare the time with the server's log",
                "run once from the server's own network, past the middlebox",
            ],
            example: "RCPT: the connection was reset by 198.51.100.7:25"
        ),
        Explanation(
            "net.proxy",
            "the proxy could not reach the server",
            "The proxy behind `via` works and did what it was asked, but came back without a "
                + "connection to the server. What it says of the server is its word, not ours.",
            causes: [
                "the server is down, or refuses the proxy’s address",
                "the proxy cannot look the name up, or has no route there",
            ],
            remedies: [
                "try the server without `via`, or from the proxy’s own host",
                "compare names: a proxy looks them up in its own DNS",
            ],
            example: "proxy: the SOCKS proxy was refused by the server (reply 5)"
        ),
    ]
}
