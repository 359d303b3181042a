import ArgumentParser

/// What every one-liner takes, whatever it asks.
struct OneLinerOptions: ParsableArguments {
    @Option(
        help: .init("The name to verify and to ask for, if not the host.", valueName: "name")
    )
    var name: String?

    @Option(help: .init("The limit of the whole: 30s, 2m.", valueName: "duration"))
    var timeout: String?

    @Option(help: .init("How the report is written: text or jsonl.", valueName: "format"))
    var format = "text"

    @OptionGroup var display: ColorOption

    @Flag(help: "Send nothing; print the script that does the same.")
    var asScript = false

    /// `--name` as a domain.
    func checkedName() throws -> String? {
        try name.map { try OneLinerOption.domain($0, "--name") }
    }

    /// Prints the script if that is asked for; else runs it and ends the process.
    func run(
        _ script: OneLinerScript,
        _ make: (_ format: String, _ color: String) -> OneLinerRun
    ) throws -> Int32 {
        guard !asScript else {
            StandardStream.output.write(script.text)
            return ExitStatus.success
        }
        try make(format, display.color).execute()
    }
}
