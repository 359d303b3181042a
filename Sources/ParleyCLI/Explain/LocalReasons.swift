extension Explanations {
    static let localReasons = [
        local(
            "egress",
            "this machine may not or cannot send there",
            "The system refused before any packet left: no route of its own, or a local filter.",
            causes: [
                "no network, or no IPv6 route", "an output rule of the firewall (EPERM)",
                "a container without network",
            ],
            remedies: ["ip route; ip -6 route", "nft list ruleset, for rules on output"],
            example: "connect: this machine has no route to 2001:db8::7"
        ),
        local(
            "resolver",
            "no resolver works here",
            "Names cannot be looked up because this machine's resolver does not answer or is not "
                + "set.",
            causes: [
                "/etc/resolv.conf is empty or names a dead server", "a container without DNS",
            ],
            remedies: [
                "cat /etc/resolv.conf; getent hosts example.net",
                "use an address in the script to rule DNS out",
            ],
            example: "connect: no resolver answers (127.0.0.53)"
        ),
        local(
            "file",
            "a file cannot be read",
            "A file that the script, a secret or --ca names cannot be opened here.",
            causes: [
                "it is not there, or under another name",
                "the user that runs Parley may not read it",
            ],
            remedies: [
                "ls -l FILE as the user that runs Parley",
                "paths are relative to the script's folder",
            ],
            example: "lines(\"domains.txt\"): no such file"
        ),
        local(
            "store",
            "the store cannot be used",
            "History or snapshots cannot be written or read.",
            causes: ["the disk is full or read-only", "another version wrote it"],
            remedies: [
                "df -h and ls -ld of the store's folder", "start with an empty store elsewhere",
            ],
            example: "store: cannot write ~/.local/state/parley/history.db: disk full"
        ),
        local(
            "descriptor",
            "too many open files",
            "The system has no descriptor left for another connection.",
            causes: [
                "more parallel sessions than the limit allows (ulimit -n)",
                "another program holds very many",
            ],
            remedies: [
                "ulimit -n 65536 before the run, or LimitNOFILE= in the unit",
                "lower --jobs or the width of parallel",
            ],
            example: "connect: too many open files (limit 1024)"
        ),
        local(
            "source",
            "the address or port of ‘from’ cannot be used",
            "The socket could not be bound to what `from` says.",
            causes: [
                "the address belongs to no interface of this machine",
                "another program listens on that port, or another connection still has it",
            ],
            remedies: [
                "ip address shows what this machine has",
                "leave out the port: the system finds a free one",
                "ss -tanp '( sport = :4000 )' shows who holds it",
            ],
            example: "connect: 192.0.2.9 is no address of this machine"
        ),
        local(
            "permission",
            "this user may not do that",
            "The system refused by its permissions: a unix socket that this user may not write to, "
                + "or a source port below 1024.",
            causes: [
                "the socket belongs to another user or group",
                "a folder on its path cannot be searched by this user",
                "binding a port below 1024 takes CAP_NET_BIND_SERVICE",
            ],
            remedies: [
                "namei -l PATH shows every step of the way",
                "run as a member of the socket’s group, or change its mode in the server",
            ],
            example: "connect: this user may not open a connection to unix:/run/dovecot/lmtp"
        ),
    ]

    static func local(
        _ name: String,
        _ title: String,
        _ meaning: String,
        causes: [String],
        remedies: [String],
        example: String
    ) -> Explanation {
        Explanation(
            "local.\(name)",
            title,
            meaning + " It is this machine's trouble, and the target is not accused; exit code 3.",
            causes: causes,
            remedies: remedies,
            example: example
        )
    }
}
