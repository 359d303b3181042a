import ArgumentParser

/// `--color`, for commands that show a conversation.
struct ColorOption: ParsableArguments {
    @Option(help: .init("When to colour: auto, always or never.", valueName: "when"))
    var color = "auto"
}
