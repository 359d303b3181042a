import ArgumentParser
import ParleyEngine

/// `parley tls`: which versions, ciphers and groups a server speaks.
struct TLSCommand: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "tls",
        abstract: "List the TLS versions, ciphers and groups of a server.",
        discussion: """
            Asks with one ClientHello after the other what the server chooses, until it refuses: \
            one connection at a time, with a pause between, each left as soon as the choice is \
            known. The suites are those that the server chose, in that order.

              parley tls mx.example.net
              parley tls mail.example.net:465
              parley tls mail.example.net:587 --format jsonl
              parley tls mx.example.net --as-script >offers.parley

            Exit codes: 0 it was found out, 1 the server failed, 2 the options are wrong and \
            nothing was sent, 3 could not ask from here, 130 interrupted.
            """
    )

    @Argument(help: .init("HOST, HOST:PORT or [IPv6]:PORT.", valueName: "host"))
    var host: String

    @Option(help: .init("TLS by STARTTLS of this protocol: smtp.", valueName: "protocol"))
    var starttls: String?

    @Flag(help: "TLS from the start; so it is on port 465 anyway.")
    var smtps = false

    @Flag(help: "Show every line of every connection.")
    var trace = false

    @OptionGroup var shared: OneLinerOptions

    mutating func execute() throws -> Int32 {
        let plan = try plan()
        let script = plan.script
        let conclusion = TLSConclusion(target: plan.target)
        return try shared.run(script) { format, color in
            OneLinerRun(
                name: "<parley tls>",
                script: script,
                showsDialogue: trace,
                options: RunOptions(),
                format: format,
                color: color,
                conclusion: { conclusion.text($0, $1) }
            )
        }
    }

    private func plan() throws -> TLSPlan {
        guard starttls == nil || !smtps else {
            throw ToolFailure("--starttls and --smtps exclude each other")
        }
        if let starttls, starttls != "smtp" {
            throw ToolFailure.unknown(starttls, "protocol of --starttls", among: ["smtp"])
        }
        let isImplicit = smtps || starttls == nil && host.hasSuffix(":465")
        return TLSPlan(
            target: try OneLinerOption.endpoint(host, defaultPort: isImplicit ? 465 : 25),
            protocolName: isImplicit ? "smtps" : "smtp",
            name: try shared.checkedName(),
            timeout: try OneLinerOption.duration(shared.timeout)
        )
    }
}
