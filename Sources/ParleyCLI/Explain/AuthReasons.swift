extension Explanations {
    static let authReasons = [
        Explanation(
            "auth.refused",
            "the login was refused",
            "The server understood the login and says no, or broke the rules of the mechanism. It "
                + "is not tried again, so that the account is not locked.",
            causes: [
                "wrong user or password; the environment variable holds another",
                "the account is locked, expired, or needs an app password",
                "535 5.7.8 for a mechanism that needs another form of the user name",
                "the server's signature is wrong, its base64 garbage, or its nonce not ours: see "
                    + "the text",
                "-PLUS: somebody in between ends the TLS, so that both sides are bound to other "
                    + "connections",
                "the server could not prove that it knows the password, as SCRAM and DIGEST-MD5 "
                    + "demand",
            ],
            remedies: [
                "try the same credentials with another client",
                "look at the server's auth log; it knows more than it tells",
                "check that user@domain and user are not mixed up",
            ],
            example: "AUTH: expected 235, got 535 5.7.8 authentication failed",
            reference: "RFC 4954 6"
        ),
        Explanation(
            "auth.mechanism",
            "no common mechanism",
            "The server does not offer the mechanism that the script names.",
            causes: [
                "mechanisms are offered under TLS only",
                "a -PLUS mechanism without TLS, or bound by what this connection does not have",
                "PLAIN was switched off in favour of SCRAM or OAUTHBEARER",
            ],
            remedies: [
                "send starttls and ehlo first; expect offers AUTH [PLAIN] tells what there is",
                "use a mechanism of the list",
            ],
            example: "AUTH PLAIN: the server offers LOGIN CRAM-MD5",
            reference: "RFC 4954 3"
        ),
        Explanation(
            "auth.clear",
            "the password would travel in clear",
            "The script logs in on a connection without TLS to a host other than loopback. It was "
                + "not sent.",
            causes: ["starttls is missing before auth", "STARTTLS failed and that was softened"],
            remedies: [
                "add starttls and a second ehlo before auth, or use smtps",
                "if it must be: auth plain USER PASS in clear",
            ],
            example: "AUTH: the password would travel in clear to mail.example.net",
            reference: "RFC 8314 3"
        ),
    ]
}
