extension Explanations {
    static let runReasons = [
        Explanation(
            "run.interrupted",
            "the run was interrupted",
            "Somebody pressed ^C, or the process got SIGTERM, while the test ran. Its verdict "
                + "says nothing about "
                + "the target; sessions were closed politely and `finally` ran.",
            causes: [
                "^C at the terminal, or ^C or ^D where a secret was asked for",
                "a service manager or CI job that ran out of time",
                "nobody reads the output any more: parley run … | head",
            ],
            remedies: ["run it again; --timeout ends a run by itself, with a verdict"],
            example: "interrupted while EHLO was under way"
        )
    ]
}
