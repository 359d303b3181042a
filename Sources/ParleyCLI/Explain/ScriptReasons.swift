extension Explanations {
    static let scriptReasons = [
        script(
            "syntax",
            "the script cannot be read",
            "A line is not what the grammar knows. Every error is told with its place and a way "
                + "out.",
            causes: [
                "a typo, a missing brace or quote",
                "text pasted from a web page with typographic quotes",
            ],
            remedies: [
                "parley lint FILE shows all errors at once",
                "parley explain CODE for the code in brackets",
            ],
            example: "error: ‘}’ closes no block [script.syntax.stray-brace]"
        ),
        script(
            "name",
            "a name is not known",
            "A name, parameter, profile, file or environment variable that the script counts on "
                + "is not there.",
            causes: [
                "a typo: the nearest name is suggested",
                "a parameter without a default that nobody set",
                "the environment variable of a secret is not exported",
            ],
            remedies: [
                "set parameters with --set name=value or PARLEY_NAME",
                "export the variable that the failure names",
            ],
            example: "secret pass: the environment has no PROBE_PASS"
        ),
        script(
            "type",
            "kinds do not fit",
            "A value has another kind than its place needs: a number where a duration is due, for "
                + "example.",
            causes: [
                "a number without its unit: 30 instead of 30s, 20 instead of 20MB",
                "an optional used as if it were there",
            ],
            remedies: ["add the unit", "give an optional a default: capture /…/ default \"?\""],
            example: "error: a duration is compared with a number [script.type.unit]"
        ),
        script(
            "session",
            "there is no session to speak on",
            "A verb or a judgement has no session, or one that cannot know yet what is asked.",
            causes: [
                "no connect before it, or the session was closed",
                "offers before ehlo, or not asked again after starttls",
                "a session of outside a parallel block",
            ],
            remedies: [
                "connect first; name sessions with as NAME and speak on them with NAME:",
                "send ehlo again after starttls",
            ],
            example: "expect offers SIZE: nothing is known yet, there was no EHLO since STARTTLS"
        ),
        script(
            "verb",
            "the verb cannot be said like that",
            "A verb is unknown to the protocol, or its arguments do not fit.",
            causes: [
                "a verb of another protocol",
                "an argument too many or too few, a path that is none",
            ],
            remedies: [
                "the failure shows how the verb is used", "to send what no verb says: send \"…\"",
            ],
            example: "error: smtp has no verb ‘select’ [script.verb.unknown]"
        ),
        script(
            "permission",
            "the script may not do that",
            "It reaches for a file outside its folder, or would show a secret.",
            causes: [
                "an absolute path, ../ or a link out of the folder",
                "a secret in a title, tag, path or --set",
                "a secret under four octets, whose echo could not be scrubbed; one that is typed "
                    + "at a prompt is taken, with a warning",
            ],
            remedies: [
                "put the files below the script's folder",
                "take the secret from env, file or prompt, and use it in verbs only",
            ],
            example: "read(\"../../etc/passwd\"): outside the script's folder"
        ),
        script(
            "value",
            "a value does not fit",
            "While the script ran, a value turned out to be what its place cannot take.",
            causes: [
                "a text that is no number, address or endpoint",
                "an index beyond a list's end, a division by zero",
                "a line end in a word that is to be sent",
            ],
            remedies: [
                "the failure shows the value below its place",
                "give an optional a default, or ask with `if` first",
            ],
            example: "int(\"twelve\"): this is no number"
        ),
        script(
            "pattern",
            "a pattern cannot be used",
            "A regular expression that is built while the script runs is malformed, or its match "
                + "went over "
                + "the limit that hostile text cannot exceed.",
            causes: ["an inserted value makes it malformed", "nested repetition such as (a+)+"],
            remedies: [
                "insert with ${…}, which quotes", "write the pattern without nested repetition",
            ],
            example: "matches: the pattern exceeds its match limit"
        ),
        script(
            "cases",
            "the cases cannot be loaded",
            "The rows in front of a test cannot be read as what they are said to be.",
            causes: [
                "a column that the file does not have", "rows of different length",
                "text that is no CSV or JSON",
            ],
            remedies: ["compare the first line of the file with the names in the script"],
            example: "cases: row 3 of domains.csv has no column ‘port’"
        ),
        script(
            "replay",
            "the recording has no such server",
            "A recording plays what was said when it was made, and never reaches for the network. "
                + "Its script now connects to something, or once more, than it did then.",
            causes: [
                "the recording or its script was edited",
                "a parameter has another value than in the recorded run",
                "only one of several tests or attempts was recorded",
            ],
            remedies: [
                "record again: parley record SCRIPT", "run the script itself, not the recording",
            ],
            example: "the recording has no smtp server mx2.example.net:25 in this test"
        ),
        script(
            "driver",
            "Parley lost its place",
            "A defect in Parley: the part that runs the script got an answer to something it had "
                + "not asked.",
            causes: ["a defect in Parley, and nothing in the script"],
            remedies: ["report it, with the script and the output of --trace"],
            example: "the machine was resumed with an answer to something else"
        ),
        Explanation(
            "script.skip",
            "the script skipped the test",
            "A `skip` statement was reached. It is no failure: the verdict is skip, unless "
                + "something failed "
                + "before, and the exit code does not change.",
            causes: ["the script's own condition: what it needs is not there"],
            remedies: ["read the words behind skip; they are the script's"],
            example: "skip: no IPv6 on this machine",
            reference: "grammar/spec/failing.md"
        ),
    ]

    private static func script(
        _ name: String,
        _ title: String,
        _ meaning: String,
        causes: [String],
        remedies: [String],
        example: String
    ) -> Explanation {
        Explanation(
            "script.\(name)",
            title,
            meaning + " The target is not accused; exit code 2.",
            causes: causes,
            remedies: remedies,
            example: example,
            reference: "grammar/spec/failing.md"
        )
    }
}
