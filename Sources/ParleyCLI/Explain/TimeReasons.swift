extension Explanations {
    static let timeReasons = [
        time(
            "statement",
            "a statement took too long",
            "A statement that awaits no peer exceeded its own limit: a pause, a file, an "
                + "expression, what a login demands to be computed.",
            example: "pause: exceeds within 5s"
        ),
        time(
            "block",
            "a block took too long",
            "The limit of a surrounding block passed: eventually within, or a step's limit. For "
                + "eventually the last "
                + "complete round is shown.",
            example: "eventually: no round held within 2m, 41 rounds"
        ),
        time(
            "test",
            "the test took too long",
            "The limit of the test passed while it waited at the stage that is named.",
            example: "RCPT: the limit of the test (90 s) passed"
        ),
        time(
            "suite",
            "the suite took too long",
            "The limit of the suite passed; tests that were left did not run.",
            example: "RCPT: the limit of the suite (10 min) passed"
        ),
        time(
            "run",
            "the run took too long",
            "The limit of the whole run (--timeout) passed.",
            example: "RCPT: the limit of the run (--timeout 5m) passed"
        ),
        Explanation(
            "time.signal",
            "nobody gave a signal that was awaited",
            "A test or a scripted server said `await NAME`, and nobody said `signal NAME` in time. "
                + "A signal stays given for the rest of its test, so it does not matter who comes "
                + "first.",
            causes: [
                "both sides wait for each other: the report names all who wait, and for what",
                "the name is spelled in two ways, or the rule that gives the signal was never "
                    + "reached",
                "the limit, 30 s where no `within` says so, is too short",
            ],
            remedies: [
                "look at `NAME.log.verbs` for what the server has heard",
                "give the signal before what waits for it, or in a `step` of `parallel`",
            ],
            example: "await: no signal within 5s; nobody gave the signal ‘ready’"
        ),
    ]

    private static func time(_ name: String, _ title: String, _ meaning: String, example: String)
        -> Explanation
    {
        Explanation(
            "time.\(name)",
            title,
            meaning + " Limits nest: run, suite, test, block, statement; the earliest one counts.",
            causes: [
                "the peer is slower than the script reckons with; the stage says in what",
                "many short waits add up",
                "an inner limit is longer than the outer one, so that the outer one fires",
            ],
            remedies: [
                "--trace shows where the time goes",
                "raise this limit, or lower the inner ones so that the slow part is named",
            ],
            example: example
        )
    }
}
