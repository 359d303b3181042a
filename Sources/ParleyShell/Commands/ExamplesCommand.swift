import ParleyReports

/// `:examples`
struct ExamplesCommand: ShellCommand {
    let name = "examples"
    let help = "conversations to begin with"

    /// What they show, with the inputs.
    static let all: [(title: String, inputs: [String])] = [
        (
            "Does it take mail for us?",
            [
                "connect smtp mx.example.net:25", "ehlo", "mail probe@example.org",
                "rcpt postmaster@example.net => 250 or 451", "quit",
            ]
        ),
        (
            "What does its certificate say?",
            [
                "connect smtp mx.example.net:25", "ehlo", "starttls verify none", "cert.expires",
                "expect cert.remaining > 21d", ":cert",
            ]
        ),
        (
            "Log in as a client does",
            [
                "secret pass = prompt \"Password: \"", "connect smtp mail.example.net:587", "ehlo",
                "starttls", "ehlo", "auth plain probe@example.net ${pass}",
            ]
        ),
        (
            "Send a message by hand",
            [
                "mail a@example.org; rcpt b@example.net; data",
                "body \"Subject: hello\\r\\n\\r\\nA line.\\r\\n\" => 250 as accepted",
                "accepted.text capture /queued as (\\S+)/",
            ]
        ),
        (
            "Ask two servers the same",
            [
                "connect smtp mx1.example.net:25 as one", "connect smtp mx2.example.net:25 as two",
                "one: ehlo; two: ehlo", ":use one",
            ]
        ),
        (
            "Type what goes over the wire",
            [":raw", "EHLO probe.example.org", "VRFY root", ".", ":trace hex"]
        ),
        ("Keep what was found out", [":save mx.parley", ":run mx.parley"]),
    ]

    func run(_ argument: String, in shell: Shell) async -> ShellResponse {
        shell.output.show { text in
            Array(
                Self.all.map { example in
                    [text.bold(example.title)] + example.inputs.map { "    \($0)" }
                }
                .joined(separator: [""])
            )
        }
        return .done
    }
}
