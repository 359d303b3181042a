extension Explanations {
    /// The reasons of one protocol; they differ in its name and its examples only.
    static func protocolReasons(_ name: String) -> [Explanation] {
        let isMail = name == "smtp" || name == "lmtp"
        let reference = references[name]
        func reason(
            _ suffix: String,
            _ title: String,
            _ meaning: String,
            causes: [String],
            remedies: [String],
            example: String
        ) -> Explanation {
            Explanation(
                "\(name).\(suffix)",
                title,
                meaning,
                causes: causes,
                remedies: remedies,
                example: example,
                reference: reference
            )
        }
        return [
            reason(
                "banner",
                "the greeting is not the expected one",
                "The server greeted, in whole and well-formed, with something else than the "
                    + "script demands.",
                causes: [
                    isMail
                        ? "554: this client's address is on a blocklist of the server"
                        : "the server greets with BYE or an error: it turns this client away",
                    isMail
                        ? "421: too many connections, or the server is going down"
                        : "too many connections, or the server is going down",
                    "another service answers on that port",
                ],
                remedies: [
                    "the text behind the code says why; the whole greeting is in the dialogue",
                    "if any greeting will do, write connect … => any as r and judge r",
                ],
                example: isMail
                    ? "banner: expected 220, got 554 mx.example.net no SMTP service here"
                    : "banner: expected OK, got BYE overloaded"
            ),
            reason(
                "banner.timeout",
                "no greeting in time",
                "The connection was made, and no whole greeting came before the limit.",
                causes: [
                    "greet delay: the server lets clients wait to catch those that do not",
                    "a reverse look-up or a blocklist query of the server hangs",
                    "the port expects TLS first and waits for this side to begin",
                ],
                remedies: [
                    "allow more: => 220 within 60s; RFC 5321 allows servers five minutes",
                    "try the protocol with TLS from the start (smtps, imaps, pop3s)",
                ],
                example: "banner: no greeting from 198.51.100.7:25 within 30 s, 0 octets held"
            ),
            reason(
                "banner.early-talker-refused",
                "the server thinks that this side spoke first",
                "The greeting refuses this client as an early talker, although Parley waits for "
                    + "every greeting.",
                causes: [
                    "a `send` stands before the greeting was read",
                    "a proxy in between speaks before the client does",
                    "postscreen remembers an earlier client of the same address",
                ],
                remedies: [
                    "look at the dialogue: did anything go out before the greeting?",
                    "wait until the server forgets (postscreen_cache_retention_time)",
                ],
                example: "banner: refused as an early talker: 550 5.5.1 Protocol error"
            ),
            reason(
                "reply",
                "a whole reply, and not the expected one",
                "The server answered properly, with something else than the script demands.",
                causes: isMail
                    ? [
                        "4xx: it is to be tried again later: greylisting, a full disk, a policy "
                            + "server down",
                        "5xx: refused for good: unknown user, relaying, policy, size",
                        "the script expects too much: 250 where the server may say 251",
                    ]
                    : [
                        "NO or -ERR: it understood and will not", "BAD: it did not understand",
                        "the mailbox or message is not there",
                    ],
                remedies: isMail
                    ? [
                        "read the enhanced code: x.1.x is about addresses, x.7.x about policy "
                            + "(RFC 3463)",
                        "grep the server's log for the same second",
                        "if several answers are right, join them: => 250 or 251",
                    ]
                    : [
                        "the text behind the status says why",
                        "grep the server's log for the same second",
                    ],
                example: isMail
                    ? "RCPT: expected 250, got 550 5.1.1 User unknown"
                    : "SELECT: expected OK, got NO no such mailbox"
            ),
            reason(
                "reply.timeout",
                "no reply in time",
                "A command went out, and no whole reply came before the limit. The failure says "
                    + "who set the "
                    + "limit and what had come by then.",
                causes: [
                    "a content filter or policy server behind it hangs",
                    "callouts: the server asks others before it answers",
                    "a reply of several lines never ended",
                ],
                remedies: [
                    "allow what the RFC allows with `timeouts rfc5321`, or more with `within`",
                    "watch the server's log while the command waits",
                ],
                example: "RCPT: no reply within 30 s, 12 octets held"
            ),
            reason(
                "reply.malformed",
                "what came is no reply",
                "The octets that came break the protocol: no code, a wrong line end, binary data.",
                causes: [
                    "another protocol on that port, HTTP for example",
                    "a broken server or filter: bare LF line ends, a code without space or dash",
                    "TLS records where plain text was expected",
                ],
                remedies: [
                    "--trace shows every octet, controls written out",
                    "what the server sends is wrong even if other clients put up with it",
                ],
                example: "EHLO: the reply is malformed: line 2 begins with \"HELP\""
            ),
            reason(
                "reply.mixed-codes",
                "one reply with several codes",
                "The lines of one reply do not begin with the same code, so nobody can tell what "
                    + "it means.",
                causes: ["a policy filter adds its own lines", "two replies run into each other"],
                remedies: [
                    "look for the component that writes the odd line; --trace shows the lines"
                ],
                example: "EHLO: lines of one reply begin with 250 and 550"
            ),
            reason(
                "reply.unsolicited",
                "a reply that nobody asked for",
                "Input was waiting when nothing was owed. Going on would take it for the answer "
                    + "to the next command.",
                causes: [
                    "the server answers twice",
                    "it announces its shutdown (then the reason is `closed`, with the reply "
                        + "quoted)",
                    "an earlier `send` caused more replies than the script reads",
                ],
                remedies: [
                    "if the script sent raw lines, read each reply with receive reply",
                    "else report it to whoever makes the server: pipelining clients get confused "
                        + "by it",
                ],
                example: "before MAIL: 250 Ok came unasked"
            ),
            reason(
                "closed",
                "the server closed the connection",
                "The connection ended while a reply was owed, or before the next command. The "
                    + "stage says when.",
                causes: [
                    isMail
                        ? "421: a limit of errors, messages or time was reached"
                        : "BYE: the server is shutting down, or idle too long",
                    "the process behind it crashed",
                    "the server hangs up instead of refusing",
                ],
                remedies: [
                    "the last lines of the dialogue often say why",
                    "grep the server's log for the session",
                    "if hanging up is right, write => closed",
                ],
                example: "the server closed the connection after MAIL, before its reply"
            ),
            reason(
                "not-offered",
                "the server does not offer that",
                "The command needs an extension that the server did not announce, so it was not "
                    + "sent.",
                causes: [
                    isMail
                        ? "the extension is offered after STARTTLS only, AUTH for example"
                        : "the capability is offered after login only",
                    "it is switched off, or a middlebox takes it out of the list",
                ],
                remedies: [
                    isMail
                        ? "look at the EHLO reply; send ehlo again after starttls"
                        : "look at the capabilities in the dialogue",
                    "to send it all the same, admit a refusal: => 5xx",
                ],
                example: isMail
                    ? "STARTTLS: not offered; the server offers PIPELINING SIZE"
                    : "IDLE: not offered"
            ),
            reason(
                "out-of-turn",
                "that cannot be said now",
                "The session is not in a state in which the command is allowed, so it was not "
                    + "sent.",
                causes: [
                    isMail
                        ? "RCPT without a MAIL that was accepted, DATA without RCPT"
                        : "no mailbox is selected, or nobody logged in",
                    "an earlier failure was softened, and the script went on",
                ],
                remedies: [
                    "look at what came before in the dialogue",
                    "to provoke the server's answer, admit a refusal: => 503",
                ],
                example: isMail
                    ? "DATA: out of turn: no recipient was accepted"
                    : "FETCH: out of turn: no mailbox is selected"
            ),
        ]
    }

    private static let references = [
        "smtp": "RFC 5321 4.2, 4.3 and 4.5.3.2; RFC 3463 for enhanced codes",
        "lmtp": "RFC 2033 4.2; RFC 5321 4.2",
        "imap": "RFC 9051 2.2 and 7",
        "pop3": "RFC 1939 3",
        "sieve": "RFC 5804 1.3",
    ]
}
