import ArgumentParser

/// `--ca`, for commands that speak TLS.
struct AuthorityOption: ParsableArguments {
    @Option(help: .init("Trust the certificates of this file (PEM) only.", valueName: "file"))
    var ca: String?
}
